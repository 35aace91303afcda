"""The type of all papers: which font draws which character, and how wide it is.

A resident's name must come out right on paper and be found again in the PDF, also when it is written with one
of the rare characters of GB 18030-2022. So each character is looked for along a chain of fonts, each of them
loaded from `resources/fonts/` only when the ones before it lack the character.
"""

import lzma
import struct
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Literal, NamedTuple

from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

from station_desk.core import paths
from station_desk.core.errors import TroubleError
from station_desk.printing.characters import UNDRAWABLE, code_point, in_text_font, printable, rare_part
from station_desk.printing.font_tables import Letters

Weight = Literal["regular", "bold"]

CHAINS: dict[Weight, tuple[str, str]] = {
    "regular": ("NotoSansSC-Common-Regular", "NotoSansSC-Regular"),
    "bold": ("NotoSansSC-Common-Bold", "NotoSansSC-Bold"),
}
"""For each weight the font files (without .ttf): the common characters, and the whole text font. What neither
has may be in a HanRare font, of one weight only."""

CODE_SCALE = 0.6
"""The size of the code point behind 〓, as a part of the type around it."""


class FontDamaged(TroubleError):
    """A font of the program cannot be read. Values: name, reason."""

    code = "paper.font_damaged"


class Font(NamedTuple):
    """A font as its letters, and as reportlab describes it."""

    letters: Letters
    about: TTFontFile


class Glyph(NamedTuple):
    """How a character is drawn: by which font, as what (empty: not at all), and its width in 1/1000 em.

    `code` is drawn small behind it, when `drawn` only stands for the character.
    """

    font: str
    drawn: str
    advance: float
    code: str = ""

    @property
    def letters(self) -> int:
        """How many letters are drawn."""
        return len(self.drawn) + len(self.code)


class Piece(NamedTuple):
    """What one font draws at a stretch; `code` is drawn small behind the 〓 that stands for a character.

    `made_bold`: the font has one weight only, so the letters are to be thickened.
    """

    font: str
    drawn: str
    made_bold: bool = False
    code: str = ""

    def sized(self, size: float) -> tuple[tuple[str, float], ...]:
        """The letters with their type size."""
        if self.code:
            return (self.drawn, size), (self.code, size * CODE_SCALE)
        return ((self.drawn, size),)


def pieces(text: str, weight: Weight) -> list[Piece]:
    """The text in runs of one font each."""
    found: list[Piece] = []
    glyphs = (glyph(char, weight) for char in text)
    for (name, code), run in groupby(glyphs, key=lambda drawn: (drawn.font, drawn.code)):
        if code:
            found += [Piece(name, lost.drawn, code=code) for lost in run]
        elif drawn := "".join(one.drawn for one in run):
            found.append(Piece(name, drawn, made_bold=weight == "bold" and name not in CHAINS["bold"]))
    return found


def width(text: str, weight: Weight, size: float) -> float:
    """The width of the text in points at a type size in points."""
    return sum(glyph(char, weight).advance for char in text) * size / 1000


def letters(text: str, weight: Weight) -> int:
    """How many letters are drawn for the text: each but the last has the letter spacing behind it."""
    return sum(glyph(char, weight).letters for char in text)


@cache
def glyph(char: str, weight: Weight) -> Glyph:
    """How a character is drawn in a weight."""
    drawn = printable(char)
    if not drawn:
        return Glyph(CHAINS[weight][0], "", 0.0)
    for name in _chain(drawn, weight):
        found = font(name).letters
        if found.has(ord(drawn)):
            return Glyph(name, drawn, found.letter(ord(drawn)).width)
    mark = glyph(UNDRAWABLE, weight)
    code = code_point(char)
    small = sum(glyph(letter, weight).advance for letter in code) * CODE_SCALE
    return Glyph(mark.font, mark.drawn, mark.advance + small, code)


@cache
def font(name: str) -> Font:
    """The font of that name, read when first needed."""
    data = font_file(name)
    try:
        return Font(Letters(data), TTFontFile(BytesIO(data), charInfo=False))
    except (TTFError, KeyError, struct.error) as error:
        raise FontDamaged(name=name, reason=str(error)) from error


def font_file(name: str) -> bytes:
    """The TrueType file of that name; the rare ones lie packed."""
    folder = paths.RESOURCES / "fonts"
    try:
        if (plain := folder / f"{name}.ttf").is_file():
            return plain.read_bytes()
        return lzma.decompress((folder / f"{name}.ttf.xz").read_bytes())
    except OSError as error:
        raise FontDamaged(name=name, reason=error.strerror or str(error)) from error
    except lzma.LZMAError as error:
        raise FontDamaged(name=name, reason=str(error)) from error


def _chain(drawn: str, weight: Weight) -> Iterator[str]:
    """The fonts that may have the character; which ones do is known without loading the large ones."""
    common, full = CHAINS[weight]
    yield common
    if in_text_font(drawn):
        yield full
    elif part := rare_part(drawn):
        yield part
