"""The trial print: shows whether a printer prints, at the right size, with codes that can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from station_desk.core.texts import Say
from station_desk.printing.escpos.encode import slip_bytes
from station_desk.printing.printers.setting import Letters
from station_desk.printing.slip import Bars, Fact, Line, Part, Qr, Roll, Space, Words

if TYPE_CHECKING:
    from station_desk.printing.page import Pages

SCANNED = "TRIAL-128"
INSET = 6.0
RARE = "𬀩𠮷䶮"
"""Rare characters of names: a thermal printer gets them as a picture."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial print says."""

    station: str
    printer: str
    printed_at: datetime


def trial_bytes(trial: Trial, roll: Roll, letters: Letters, say: Say) -> bytes:
    """The trial print of a thermal printer."""
    return slip_bytes(list(_slip(trial, say)), roll, letters)


def trial_slip_pdf(trial: Trial, roll: Roll, say: Say) -> bytes:
    """The trial print of a printer of slips that takes PDF."""
    from station_desk.printing.pdf import About
    from station_desk.printing.slip_pdf import slip_pdf

    return slip_pdf(
        list(_slip(trial, say)),
        roll,
        About(say("printer.trial.title"), trial.station, say("ticket.language")),
    )


def trial_pdf(trial: Trial, say: Say) -> bytes:
    """The trial print of a printer of pages: A5, with a rule of 100 mm to hold a ruler against."""
    from station_desk.printing import codes
    from station_desk.printing.letterhead import BODY, STATION, TITLE, set_facts
    from station_desk.printing.page import A5_LANDSCAPE, FIRM, Pages, plain
    from station_desk.printing.pdf import About, pdf_of
    from station_desk.printing.wrapping import units

    title = say("printer.trial.title")
    pages = Pages(A5_LANDSCAPE, 0, 0)
    _frame(pages)
    symbol, module = codes.qr(SCANNED), codes.QR_MODULES[0]
    left = pages.right - symbol.columns * module - INSET
    pages.code(symbol, left, pages.y + INSET, module, symbol.rows * module)
    pages.keep_free(left - INSET, pages.y, pages.y + INSET + symbol.rows * module)
    pages.left, pages.right, pages.y = pages.left + INSET, pages.right - INSET, pages.y + INSET
    for words, lettering, leading in ((trial.station, STATION, 8), (title, TITLE, 13)):
        pages.flow(pages.left, units(plain(words, lettering)), leading)
    set_facts(pages, [(label, plain(value, BODY)) for label, value in _facts(trial, say)])
    pages.go_below()
    pages.y += 6
    pages.code(codes.code128(SCANNED), pages.left, pages.y, codes.BAR_MODULE, 12)
    pages.y += 24
    pages.across(pages.left, pages.y, 100, FIRM, 0)
    for tenth in range(11):
        pages.down(pages.left + tenth * 10, pages.y - 2, 4, FIRM, 0)
    pages.y += 6
    pages.flow(pages.left, units(plain(say("printer.trial.ruler"), BODY)), 6)
    return pdf_of(pages.marks, A5_LANDSCAPE, About(title, trial.station, say("ticket.language")))


def _frame(pages: "Pages") -> None:
    """A box at the margins of our papers: a printer that cuts one of its sides off cuts them too."""
    top, bottom = pages.y, pages.bottom
    for y in (top, bottom):
        pages.across(pages.left, y, pages.right - pages.left, thickness=0.35, grey=0)
    for x in (pages.left, pages.right):
        pages.down(x, top, bottom - top, thickness=0.35, grey=0)


def _slip(trial: Trial, say: Say) -> Iterator[Part]:
    yield Words(trial.station, bold=True)
    yield Words(say("printer.trial.title"), size=2, bold=True, fit=True)
    yield Line()
    for label, value in _facts(trial, say)[:-1]:
        yield Fact(label, value)
    yield Words(RARE, size=2)
    yield Space(2)
    yield Qr(SCANNED)
    yield Bars(SCANNED)
    yield Line()
    yield Words(say("printer.trial.edges"))


def _facts(trial: Trial, say: Say) -> tuple[tuple[str, str], ...]:
    return (
        (say("printer.trial.printer"), trial.printer),
        (say("ticket.printed_at"), trial.printed_at.strftime("%Y-%m-%d %H:%M")),
        (say("printer.trial.rare"), RARE),
    )
