"""A slip as the bytes for a thermal printer: every text that it has letters for as text, the rest drawn."""

from collections.abc import Iterable, Sequence
from functools import partial

from station_desk.printing.escpos import commands as c
from station_desk.printing.escpos.letters import encoded, has_letters, lines_of, places, tidy
from station_desk.printing.printers.setting import Letters
from station_desk.printing.slip import (
    DOTS_A_MM,
    Bars,
    Fact,
    Line,
    Part,
    Qr,
    Roll,
    Space,
    Words,
)

LEADING = 34
"""From line to line of size 1, in dots: Chinese letters need white between their lines."""

MOST_FEED = 255
QR_MODULE, BAR_MODULE, BAR_HEIGHT = 6, 2, 72
"""In dots: 0.75 mm, the least for a cheap phone being 0.625; 0.25 mm; 9 mm."""

EDGE = 2
"""Dots of white around a drawn line."""

RULE = "-"


def slip_bytes(parts: Sequence[Part], roll: Roll, letters: Letters) -> bytes:
    """The whole slip, from the printer's start to the cut. The same slip gives the same bytes."""
    return b"".join((c.START, c.line_height(LEADING), *_all(parts, roll, letters), c.CUT))


def _all(parts: Iterable[Part], roll: Roll, letters: Letters) -> Iterable[bytes]:
    for part in parts:
        match part:
            case Words():
                yield from _words(part, roll, letters)
            case Fact():
                yield from _fact(part, roll, letters)
            case Qr(text):
                yield c.align("centre") + c.qr(text.encode(), QR_MODULE) + b"\n"
            case Bars(text):
                if c.width_of_code128(text, BAR_MODULE) > roll.dots:
                    raise ValueError(f"{text!r} is too long for the bars of a roll of {roll.dots} dots")
                yield c.align("centre") + c.code128(text, BAR_MODULE, BAR_HEIGHT) + b"\n"
            case Line():
                yield c.align("left") + c.style(1, bold=False) + RULE.encode() * roll.columns + b"\n"
            case Space(height):
                yield c.feed(min(height * DOTS_A_MM, MOST_FEED))


def _words(words: Words, roll: Roll, letters: Letters) -> Iterable[bytes]:
    text = tidy(words.text)
    if not has_letters(text, letters):
        yield from _drawn(text, words, roll)
        return
    size = words.size
    while words.fit and size > 1 and places(text) * size > roll.columns:
        size -= 1
    yield (
        c.align(words.align) + c.style(size, bold=words.bold) + c.line_height(min(LEADING * size, MOST_FEED))
    )
    for line in lines_of(text, roll.columns // size):
        yield encoded(line) + b"\n"
    yield c.style(1, bold=False) + c.line_height(LEADING)


def _drawn(text: str, words: Words, roll: Roll) -> Iterable[bytes]:
    # The type is loaded for those few slips only that need it.
    from station_desk.printing.escpos.drawn import drawn_line, drawn_width

    size = words.size
    while words.fit and size > 1 and drawn_width(text, size, bold=words.bold) > roll.dots:
        size -= 1
    yield c.align(words.align)
    for line in lines_of(text, roll.dots - EDGE, partial(drawn_width, size=size, bold=words.bold)):
        yield c.picture(drawn_line(line, size, bold=words.bold))


def _fact(fact: Fact, roll: Roll, letters: Letters) -> Iterable[bytes]:
    """Label and value on one line where they fit, else the value below its label."""
    label, value = tidy(fact.label), tidy(fact.value)
    white = roll.columns - places(label) - places(value)
    if white > 0 and has_letters(label + value, letters):
        line = encoded(label) + b" " * white + encoded(value)
        yield c.align("left") + c.style(1, bold=False) + line + b"\n"
        return
    yield from _words(Words(label, align="left"), roll, letters)
    yield from _words(Words(value, align="right"), roll, letters)
