"""Which characters a thermal printer has letters for, how wide they are, and how a text is cut into lines."""

import unicodedata
from collections.abc import Callable

from station_desk.printing.characters import printable
from station_desk.printing.line_breaks import SPACES, may_part
from station_desk.printing.printers.setting import Letters

PLACES_OF_CHINESE = 2
TWO_BYTES = 2


def tidy(text: str) -> str:
    """A text without what would be a command to the printer, or steers a layout that it does not have."""
    return "".join(map(printable, text)).strip()


def has_letters(text: str, letters: Letters) -> bool:
    """Whether the printer can write the whole text by itself."""
    return all(" " <= char <= "~" or _is_chinese(char, letters) for char in text)


def encoded(text: str) -> bytes:
    """The text as the printer reads it: ASCII, and two bytes for each Chinese character."""
    return text.encode("gb18030")


def places(text: str) -> int:
    """How many places of Latin letters a text takes on its line."""
    return sum(1 if char.isascii() else PLACES_OF_CHINESE for char in text)


def lines_of(text: str, room: int, width: Callable[[str], int] = places) -> list[str]:
    """The text cut into lines of so many places; a word longer than a line is cut where the line is full."""
    lines = [""]
    for unit in _units(text):
        if width((lines[-1] + unit).rstrip()) <= room:
            lines[-1] += unit
            continue
        if lines[-1]:
            lines.append("")
        for char in unit:
            if lines[-1] and width(lines[-1] + char) > room:
                lines.append("")
            lines[-1] += char
    return [line.rstrip("".join(SPACES)) for line in lines if line.strip()]


def _units(text: str) -> list[str]:
    units: list[str] = []
    for place, char in enumerate(text):
        if place and not may_part(text[place - 1], char):
            units[-1] += char
        else:
            units.append(char)
    return units


def _is_chinese(char: str, letters: Letters) -> bool:
    if letters == "none" or unicodedata.category(char) == "Co":
        return False
    try:
        # The characters of four bytes came to GB 18030 later, and no printer has them.
        return len(char.encode(letters)) == TWO_BYTES
    except UnicodeEncodeError:
        return False
