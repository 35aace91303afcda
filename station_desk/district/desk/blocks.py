"""What a page of the district desk is made of: figures, tables, charts, forms, words, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Mark = Literal["", "ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a `mark` colours it and never stands without words."""

    text: str
    href: str = ""
    mark: Mark = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number and what it counts."""

    label: str
    value: str
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Figures:
    figures: Sequence[Figure]
    kind: str = "figures"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with a head; without rows, `empty` says what that means. The first cell of a row names it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    empty: str
    files: Sequence[tuple[str, str]] = ()
    """Where the same rows lie as files: (address, name)."""

    remark: str = ""
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing that is told in words too; the numbers lie in a table that opens below it."""

    title: str
    svg: Markup
    told: str
    numbers: Table
    kind: str = "chart"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: text, password, area (several lines), day, file, or a list of `choices`."""

    name: str
    label: str
    value: str = ""
    how: Literal["text", "password", "area", "code", "date", "file"] = "text"
    choices: Sequence[Choice] = ()
    hint: str = ""
    most: int = 200
    complete: str = "off"
    fixed: bool = False
    """Shown, and not to be changed."""


@dataclass(frozen=True, slots=True)
class Form:
    """Sent by GET it only asks for another look; by POST it does the named `act`."""

    title: str
    button: str
    fields: Sequence[Field]
    action: str = ""
    act: str = ""
    hidden: Sequence[tuple[str, str]] = ()
    danger: bool = False
    data: Sequence[tuple[str, str]] = ()
    """For the script, which alone shows such a form; `failed` is what it says when nothing came of it."""

    kind: str = "form"

    @property
    def has_file(self) -> bool:
        """Whether it is sent in parts, as files are."""
        return any(one.how == "file" for one in self.fields)


@dataclass(frozen=True, slots=True)
class Words:
    """Some lines; `mark` says how the matter stands, `big` is shown large and to be copied."""

    lines: Sequence[str]
    mark: Mark = ""
    title: str = ""
    big: str = ""
    links: Sequence[tuple[str, str]] = ()
    picture: Markup | None = None
    until_script: bool = False
    """Gone as soon as the script shows what stands in its place."""

    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values of one thing."""

    title: str
    facts: Sequence[tuple[str, str]]
    kind: str = "facts"


Block = Figures | Table | Chart | Form | Words | Facts


def wants_script(blocks: Sequence[Block]) -> bool:
    """Whether a form stands there that only a script can fill in."""
    return any(isinstance(block, Form) and block.data for block in blocks)
