"""What stands on each sheet of a workbook: headings with their choices, and the cells below them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from station_desk.catalogue.flow import END
from station_desk.catalogue.item import Catalogue, Category, Language
from station_desk.catalogue.notice import ALWAYS_SHOWABLE
from station_desk.catalogue.workbook.cells import Names, referred, shown
from station_desk.catalogue.workbook.filling import filling, owner_filling
from station_desk.catalogue.workbook.plan import Column, Table, roots
from station_desk.catalogue.workbook.rows import Entry, Row, entries, names, rows
from station_desk.catalogue.workbook.wording import REQUIRED_SIGN, Wording

MOST_OF_A_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: its title, its key in the file, how it is filled in, what may be chosen.

    `column` is None where a row says to which entry it belongs. `open`: more than the choices may be written.
    """

    title: str
    key: str
    filled: str
    column: Column | None = None
    choices: Sequence[str] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with the cells below its headings; `colour` is that of its item type."""

    title: str
    table: Table
    headings: Sequence[Heading]
    lines: Sequence[Sequence[str | int | None]]
    colour: str = ""


def sheets(catalogue: Catalogue, wording: Wording) -> Iterator[Sheet]:
    """The sheets in their order: one for each item type, then those of what items have and share."""
    told = _Told(catalogue, wording)
    content = entries(catalogue)
    for root in roots():
        of = content[root.table.name]
        for table in root.table.below():
            if table.name != "item":
                yield told.sheet(wording.sheet(table.name), table, of)
                continue
            for category in catalogue.categories.values():
                own = [entry for entry in of if entry["category"] == category.code]
                yield told.sheet(category_sheet(category, wording), table, own, category.colour)


def category_sheet(category: Category, wording: Wording) -> str:
    """The name of the sheet of an item type: SA 社会救助."""
    short = category.short.in_language(language(wording))
    return f"{category.prefix} {short}".translate(_NOT_IN_A_NAME)[:MOST_OF_A_NAME].rstrip(" '")


def language(wording: Wording) -> Language:
    """The language of the published words that go with the language of our texts."""
    languages: dict[str, Language] = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}
    return languages[wording.language]


def known_names(catalogue: Catalogue, wording: Wording) -> Names:
    """What the entries are called that columns and rows refer to."""
    always = {key: wording.texts(f"workbook.value.shown.{key}") for key in ALWAYS_SHOWABLE}
    return names(catalogue, language(wording), always)


class _Told:
    """Says entries in one language."""

    def __init__(self, catalogue: Catalogue, wording: Wording) -> None:
        self._wording = wording
        self._names = known_names(catalogue, wording)
        self._end = wording.texts("workbook.value.shown.end")

    def sheet(self, title: str, table: Table, of: Sequence[Entry], colour: str = "") -> Sheet:
        headings = [*map(self._owner, table.owners()), *(self._heading(table, c) for c in table.columns)]
        return Sheet(title, table, headings, [self._line(table, row) for row in rows(table, of)], colour)

    def _owner(self, owner: Table) -> Heading:
        say = self._wording.texts
        choices = self._references(owner.name)
        title = say(f"workbook.owner.{owner.name}") + REQUIRED_SIGN
        return Heading(title, "", owner_filling(owner, self._wording), None, choices, open=True)

    def _heading(self, table: Table, column: Column) -> Heading:
        title = self._wording.header(table, column) + (REQUIRED_SIGN if column.required else "")
        filled = filling(table, column, self._wording)
        choices: Sequence[str] = [self._wording.value(table, column, code) for code in column.codes]
        if column.type is bool:
            choices = [self._wording.yes_no(True), self._wording.yes_no(False)]
        if column.refers:
            choices = self._references(column.refers)
        return Heading(
            title, column.key, filled, column, () if column.listed else choices, bool(column.refers)
        )

    def _references(self, kind: str) -> Sequence[str]:
        """What may be chosen; steps cannot be listed, they differ from item to item."""
        return (
            [referred(code, kind, self._names) for code in self._names.get(kind, ())]
            if kind != "step"
            else ()
        )

    def _line(self, table: Table, row: Row) -> list[str | int | None]:
        item = row.owners[0] if row.owners else ""
        owners = [
            referred(code, owner.name.rpartition(".")[2], self._names, item)
            for owner, code in zip(table.owners(), row.owners, strict=True)
        ]
        return [
            *owners,
            *(self._cell(value, table, c, item) for value, c in zip(row.values, table.columns, strict=True)),
        ]

    def _cell(self, value: object, table: Table, column: Column, item: str) -> str | int | None:
        if value is None:
            return None
        if column.refers == "step" and value == END:
            return f"{END} {self._end}"
        return shown(value, table, column, self._wording, self._names, item)
