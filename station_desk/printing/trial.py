"""The trial print: shows whether a printer prints, at the right size, with codes that can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from station_desk.core.texts import Say
from station_desk.printing.escpos.encode import slip_bytes
from station_desk.printing.printers.setting import Letters
from station_desk.printing.slip import Bars, Fact, Line, Part, Qr, Roll, Space, Words

SCANNED = "STATION-DESK-TRIAL"
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

    return slip_pdf(list(_slip(trial, say)), roll, About(say("printer.trial.title"), trial.station, "zh"))


def trial_pdf(trial: Trial, say: Say) -> bytes:
    """The trial print of a printer of pages: A5, with a rule of 100 mm to hold a ruler against."""
    from station_desk.printing import codes
    from station_desk.printing.letterhead import BODY, STATION, TITLE
    from station_desk.printing.page import A5_LANDSCAPE, FIRM, Pages, plain
    from station_desk.printing.pdf import About, pdf_of
    from station_desk.printing.wrapping import units

    title = say("printer.trial.title")
    pages = Pages(A5_LANDSCAPE, 0, 0)
    symbol, module = codes.qr(SCANNED), codes.QR_MODULES[0]
    pages.code(symbol, pages.right - symbol.columns * module, pages.y, module, symbol.rows * module)
    pages.keep_free(pages.right - symbol.columns * module - 4, pages.y, pages.y + symbol.rows * module + 4)
    for words, lettering, leading in ((trial.station, STATION, 7), (title, TITLE, 11)):
        pages.flow(pages.left, units(plain(words, lettering)), leading)
    for label, value in _facts(trial, say):
        pages.flow(pages.left, units(plain(f"{label}　{value}", BODY)), 6)
    pages.go_below()
    pages.code(codes.code128(SCANNED), pages.left, pages.y, codes.BAR_MODULE, 10)
    pages.y += 18
    pages.across(pages.left, pages.y, 100, FIRM, 0)
    for tenth in range(11):
        pages.down(pages.left + tenth * 10, pages.y - 2, 4, FIRM, 0)
    pages.y += 4
    pages.flow(pages.left, units(plain(say("printer.trial.ruler"), BODY)), 6)
    return pdf_of(pages.marks, A5_LANDSCAPE, About(title, trial.station, "zh"))


def _slip(trial: Trial, say: Say) -> Iterator[Part]:
    yield Words(trial.station, bold=True)
    yield Words(say("printer.trial.title"), size=2, bold=True, fit=True)
    yield Line()
    for label, value in _facts(trial, say):
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
