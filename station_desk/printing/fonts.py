"""The type of all papers: which font draws which character, how wide it is, and what no font can draw.

A resident's name must come out right on paper and be found again in the PDF, also when it is written with one
of the rare characters of GB 18030-2022. So each character is looked for along a chain of fonts, each of them
loaded from `resources/fonts/` only when the ones before it lack the character.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from station_desk.core import paths

Weight = Literal["regular", "bold"]

CHAINS: dict[Weight, tuple[str, ...]] = {
    "regular": ("NotoSansSC-Common-Regular", "NotoSansSC-Regular"),
    "bold": ("NotoSansSC-Common-Bold", "NotoSansSC-Bold"),
}
"""For each weight the font files (without .ttf) in the order in which they are asked for a character."""

UNDRAWABLE = "〓"
"""Drawn in place of a character that no font has, as in Chinese typesetting (GB 2312, row 1, cell 94)."""

CODES_A_BLOCK = 100
"""No more entries may stand in one bfchar block (Adobe Technical Note 5014, CMap files)."""


NO_GLYPH = 0
"""The glyph of a font that stands for none, the empty box (OpenType, .notdef)."""


class Glyph(NamedTuple):
    """How a character is drawn: by which font, as what (empty: not at all), and its width in 1/1000 em."""

    font: str
    drawn: str
    advance: float


def pieces(text: str, weight: Weight) -> list[tuple[str, str]]:
    """The text in runs of one font each: (font name, what to draw with it)."""
    glyphs = (glyph(char, weight) for char in text)
    runs = ((font, "".join(g.drawn for g in run)) for font, run in groupby(glyphs, key=lambda g: g.font))
    return [(font, drawn) for font, drawn in runs if drawn]


def width(text: str, weight: Weight, size: float) -> float:
    """The width of the text in points at a type size in points."""
    return sum(glyph(char, weight).advance for char in text) * size / 1000


def missing(text: str) -> list[str]:
    """The characters of the text that would be drawn as 〓, each once, for the screen to name them."""
    chars = dict.fromkeys(text)
    return [char for char in chars if char != UNDRAWABLE and glyph(char, "regular").drawn == UNDRAWABLE]


@cache
def glyph(char: str, weight: Weight) -> Glyph:
    """How a character is drawn in a weight."""
    drawn = _printable(char)
    for name in CHAINS[weight]:
        face = font(name).face
        if not drawn or face.charToGlyph.get(ord(drawn), NO_GLYPH) != NO_GLYPH:
            return Glyph(name, drawn, face.charWidths[ord(drawn)] if drawn else 0.0)
    return glyph(UNDRAWABLE, weight)


@cache
def font(name: str) -> ttfonts.TTFont:
    """The font of that name, read and made known to reportlab when first needed."""
    found = ttfonts.TTFont(name, str(paths.RESOURCES / "fonts" / f"{name}.ttf"), asciiReadable=False)
    pdfmetrics.registerFont(found)
    return found


def _printable(char: str) -> str:
    """Controls become a space; what only steers the layout (joiners, variation selectors) draws nothing."""
    match unicodedata.category(char):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf":
            return ""
        case "Mn" if "VARIATION SELECTOR" in unicodedata.name(char, ""):
            return ""
        case _:
            return char


def _to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """The table by which readers turn the codes of an embedded font into text (PDF 32000-1:2008, 9.10.3)."""
    rows = [f"<{place:02X}> <{_utf16(code)}>" for place, code in enumerate(subset) if code]
    blocks = [rows[start : start + CODES_A_BLOCK] for start in range(0, len(rows), CODES_A_BLOCK)]
    return "\n".join((*_map_head(fontname), *_lines(blocks), "endcmap", *_MAP_FOOT))


def _map_head(name: str) -> tuple[str, ...]:
    return (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    )


_MAP_FOOT = ("CMapName currentdict /CMap defineresource pop", "end", "end")


def _lines(blocks: Iterable[Sequence[str]]) -> Iterable[str]:
    for block in blocks:
        yield from (f"{len(block)} beginbfchar", *block, "endbfchar")


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


# reportlab 5.1.0 writes the bare code point, so that U+2C35B is read back as U+2C35 and a name with it is
# neither found nor copied nor spoken rightly; and it writes up to 256 entries into one block. This function
# of the module is the only door to the table.
ttfonts.makeToUnicodeCMap = _to_unicode_map
