"""A paper looked at before it is printed: what is printed then is that very file, or nothing."""

from dataclasses import dataclass, replace
from typing import Protocol

from station_desk.core.errors import RuleError
from station_desk.core.texts import Say
from station_desk.counter.access import note_paper
from station_desk.counter.answers import Printed
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper, would_print
from station_desk.counter.printers import kind_words, setting_of
from station_desk.printing.pictures import page_sizes
from station_desk.printing.printers.printer import Printer, Waiting, nobody_waits
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.printing.undrawn import undrawn_on
from station_desk.store.desk_store import Done


class PaperChanged(RuleError):
    code = "printer.paper_changed"


class Shown(Protocol):
    """What somebody looks at before it is printed, and the printer that would get it.

    `sizes` are width and height of its pages in points, `undrawn` the code points that no font draws.
    """

    @property
    def pdf(self) -> bytes: ...

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]: ...

    @property
    def setting(self) -> PrinterSetting: ...

    @property
    def undrawn(self) -> tuple[str, ...]: ...

    def title(self, say: Say, /) -> str:
        """What it is called."""

    def told(self, say: Say, /) -> str:
        """Which print of it this is."""

    def print(self, desk: Desk, command: str, /) -> Done[Printed]:
        """Prints what was shown, or raises."""


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper of a case as it would be printed now."""

    wish: PrintPaper
    number: str
    copy: int
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    setting: PrinterSetting
    undrawn: tuple[str, ...] = ()

    def title(self, say: Say, /) -> str:
        """Its kind and its case."""
        kind = kind_words(self.wish.paper, say)
        return say("printer.preview.title", kind=kind[:1].upper() + kind[1:], number=self.number)

    def told(self, say: Say, /) -> str:
        """Whether it is a reprint."""
        key = "printer.preview.first" if self.copy == 1 else "printer.preview.copy"
        return say(key, copy=self.copy)

    def print(self, desk: Desk, command: str, /) -> Done[Printed]:
        """Like `print_shown`."""
        return print_shown(desk, self, command)


@dataclass(frozen=True, slots=True)
class OnlyAsShown:
    """A printer that takes one paper only: the one that somebody looked at."""

    printer: Printer
    shown: ShownPaper
    words: str

    def send(self, paper: bytes, name: str, /) -> None:
        """Prints it. Raises PaperChanged for any other."""
        if paper != self.shown.pdf:
            raise PaperChanged(name=f"{self.words} {self.shown.number}")
        self.printer.send(paper, name)


def show_paper(desk: Desk, wish: PrintPaper) -> ShownPaper:
    """The paper as the copy that would be printed; only the look is recorded. Raises like `print_paper`."""
    desk.require("print")
    printed, pdf = would_print(desk, wish)
    note_paper(desk, printed.number, wish.paper)
    setting = setting_of(desk.store.about(), wish.paper) or PrinterSetting()
    sizes = tuple(page_sizes(pdf))
    return ShownPaper(wish, printed.number, printed.copy, pdf, sizes, setting, undrawn_on(pdf))


def print_shown(desk: Desk, shown: ShownPaper, command: str) -> Done[Printed]:
    """Prints what was shown. Raises PaperChanged when the case says something else now, printer trouble."""
    words = kind_words(shown.wish.paper, desk.texts)

    def printer_for(kind: str, waiting: Waiting = nobody_waits, /) -> Printer:
        return OnlyAsShown(desk.printer_for(kind, waiting), shown, words)

    return print_paper(replace(desk, printer_for=printer_for), shown.wish, command)
