"""The three kinds of trouble: a rule says no, the world fails, or we made a mistake (any other exception).

Each class names its `code`; the sentence for people is the text of that code in
`resources/i18n/*/errors.toml` and says what, where and what now. The values go into the sentence by name.
"""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple


class Term(NamedTuple):
    """A value of an error that is itself a text: said by its key in the language of the person."""

    key: str


class DeskError(Exception):
    """Something a person can read and act on; `values` fill the placeholders of the sentence of `code`."""

    code: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1

    def __init__(self, **values: object) -> None:
        super().__init__(f"{self.code} {values}")
        self.values = values


class RuleError(DeskError):
    """The clerk asked for what a rule forbids; the text says what to do instead."""

    exit_code = 3


class TroubleError(DeskError):
    """The world failed (disk, printer, network); nobody's code is to blame."""

    exit_code = 5


class OfflineError(TroubleError):
    """The district cannot be reached now: normal, work goes on."""

    exit_code = 4


class IntegrityError(TroubleError):
    """What is stored is not what was written."""

    exit_code = 6


class AuthError(TroubleError):
    """This counter is not known to the district any more, or nobody proved who acts at it."""

    exit_code = 7


def error_classes(root: type[DeskError] = DeskError) -> Iterator[type[DeskError]]:
    """All error classes with a sentence of their own, for the test that each can be said."""
    for cls in root.__subclasses__():
        if "code" in vars(cls):
            yield cls
        yield from error_classes(cls)
