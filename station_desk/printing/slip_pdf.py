"""A slip as PDF, as long as what stands on it: for printers with a driver, for a file, for looking at it."""

from collections.abc import Sequence

from station_desk.printing import codes
from station_desk.printing.page import FIRM, MM, Format, Pages, plain, width_of
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.slip import (
    DOTS_A_MM,
    LETTER,
    Bars,
    Fact,
    Line,
    Part,
    Qr,
    Roll,
    Space,
    Words,
)
from station_desk.printing.wrapping import Lettering, wrap, wrap_evenly

BODY = Lettering(LETTER / DOTS_A_MM * MM)
LOOSE, TIGHT, LARGE = 1.45, 1.15, 3
"""From line to line in ems; figures of three times the usual size and more need less white around them."""

LEADING = LETTER / DOTS_A_MM * LOOSE
TOP, BOTTOM = 3.0, 4.0
ENDLESS = 10_000.0
BAR_HEIGHT = 9.0
LARGEST_QR = 40.0
RULE_STRIP = 3.0


def slip_pdf(parts: Sequence[Part], roll: Roll, about: About) -> bytes:
    """One page of the roll's width; the same slip gives the same bytes."""
    side = (roll.millimetres - roll.dots / DOTS_A_MM) / 2
    pages = Pages(Format(roll.millimetres, ENDLESS, side, TOP, BOTTOM), 0, 0)
    for part in parts:
        _set(pages, part)
    length = pages.y + BOTTOM
    return pdf_of(pages.marks, Format(roll.millimetres, length, side, TOP, BOTTOM), about)


def _set(pages: Pages, part: Part) -> None:
    match part:
        case Words():
            _words(pages, part)
        case Fact():
            _fact(pages, part)
        case Qr(text):
            symbol = codes.qr(text)
            module = codes.qr_module(symbol, LARGEST_QR)
            _code(pages, symbol, module, symbol.rows * module)
        case Bars(text):
            _code(pages, codes.code128(text), codes.BAR_MODULE, BAR_HEIGHT)
        case Line():
            pages.across(pages.left, pages.y + RULE_STRIP / 2, pages.right - pages.left, FIRM / 2, 0)
            pages.y += RULE_STRIP
        case Space(height):
            pages.y += height


def _words(pages: Pages, words: Words) -> None:
    room = pages.right - pages.left
    lettering = _lettering(words.size, bold=words.bold)
    if words.fit:
        lettering = _fitting(words.text, lettering, room)
    leading = lettering.size / MM * (LOOSE if lettering.size < LARGE * BODY.size else TIGHT)
    for line in (wrap_evenly if words.align == "centre" else wrap)(plain(words.text, lettering), room * MM):
        match words.align:
            case "left":
                pages.put(pages.left, pages.y, line, leading)
            case "centre":
                pages.put_centred((pages.left + pages.right) / 2, pages.y, line, leading)
            case "right":
                pages.put_right(pages.right, pages.y, line, leading)
        pages.y += leading


def _fact(pages: Pages, fact: Fact) -> None:
    label, value = plain(fact.label, BODY), plain(fact.value, BODY)
    if width_of((*label, *value)) + 2 > pages.right - pages.left:
        _words(pages, Words(fact.label, align="left"))
        _words(pages, Words(fact.value, align="right"))
        return
    pages.put(pages.left, pages.y, label, LEADING)
    pages.put_right(pages.right, pages.y, value, LEADING)
    pages.y += LEADING


def _code(pages: Pages, symbol: codes.Symbol, module: float, height: float) -> None:
    quiet = symbol.quiet * module if symbol.rows > 1 else 1.0
    left = (pages.left + pages.right - symbol.columns * module) / 2
    pages.code(symbol, left, pages.y + quiet, module, height)
    pages.y += height + 2 * quiet


def _lettering(size: float, *, bold: bool) -> Lettering:
    return Lettering(BODY.size * size, "bold" if bold else "regular")


def _fitting(text: str, wanted: Lettering, room: float) -> Lettering:
    width = wanted.width(text) / MM
    if width <= room:
        return wanted
    # A hair smaller than fits, so that no rounding breaks the line after all.
    return Lettering(max(wanted.size * room / width * 0.999, BODY.size), wanted.weight)
