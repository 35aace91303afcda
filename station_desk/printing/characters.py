"""Which characters our papers can draw, and what stands on paper for one that they cannot.

The form asks this while a name is typed, so that the clerk knows before anything is printed. So nothing heavy
is loaded here: of the fonts only the list of their characters is read.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from station_desk.core import paths
from station_desk.printing.font_tables import NO_LETTER, CharacterMap, table_places

UNDRAWABLE = "〓"
"""Drawn in place of a character that no font has, as in Chinese typesetting (GB 2312, row 1, cell 94)."""

TEXT_FONT = "NotoSansSC-Regular"
"""The fullest of the fonts that every paper uses; the bold one has the same characters."""

RARE = (
    range(0x20000, 0x2A6D7),
    range(0x2A700, 0x2B735),
    range(0x2B740, 0x2B81E),
    range(0x2B820, 0x2CEA2),
    range(0x2CEB0, 0x2EBE1),
)
"""The Han characters of GB 18030-2022 level 3 above U+FFFF: CJK extensions B to F. Those that the text font
lacks are in the HanRare fonts, one for each 4,096 code points."""

CODES_A_PART = 0x1000
KEPT_SPACES = " \u00a0\u3000"
BEGINNING = 1024
"""Bytes in which the directory of a font file ends."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font draws, and its code point as people write it: 〓 and this stand for it."""

    char: str
    code: str


Said = object
"""A text, or anything that holds texts: a list of them, a table, a paper as a dataclass."""


def missing(*said: Said) -> list[Missing]:
    """Each character of the texts that would not be drawn, once, in order: for the screen to name them."""
    chars = dict.fromkeys(char for text in texts_of(said) if not text.isascii() for char in text)
    return [Missing(char, code_point(char)) for char in chars if not is_drawn(char)]


def texts_of(said: Said) -> Iterator[str]:
    """All texts that a paper, or a list of anything, says."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        yield from texts_of(said.values())
    elif isinstance(said, Iterable) and not isinstance(said, bytes):
        for part in said:
            yield from texts_of(part)
    elif is_dataclass(said):
        for field in fields(said):
            yield from texts_of(getattr(said, field.name))


def is_drawn(char: str) -> bool:
    """Whether some font draws the character; those that have no shape need none."""
    drawn = printable(char)
    return not drawn or in_text_font(drawn) or rare_part(drawn) is not None


def in_text_font(char: str) -> bool:
    """Whether the full text font has the character."""
    return _map_of(TEXT_FONT).number(ord(char)) != NO_LETTER


def code_point(char: str) -> str:
    """The code point as people write it, to look it up: U+2EBF0."""
    return f"U+{ord(char):04X}"


def rare_part(char: str) -> str | None:
    """The name of the HanRare font that has the character if the text font lacks it; None outside of them."""
    code = ord(char)
    if any(code in block for block in RARE):
        return f"HanRare-{code // CODES_A_PART:X}"
    return None


def printable(char: str) -> str:
    """Controls and odd spaces become a space; what only steers the layout (joiners, selectors), nothing."""
    match unicodedata.category(char):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Zs" if char not in KEPT_SPACES:
            return " "
        case "Cf":
            return ""
        case "Mn" if "VARIATION SELECTOR" in unicodedata.name(char, ""):
            return ""
        case _:
            return char


@cache
def _map_of(font: str) -> CharacterMap:
    """The characters of a font file; of the file only their table is read."""
    with (paths.RESOURCES / "fonts" / f"{font}.ttf").open("rb") as file:
        start, length = table_places(file.read(BEGINNING))[b"cmap"]
        file.seek(start)
        return CharacterMap(file.read(length))
