"""What we read and cut out of a font is what another program finds there."""

import random
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest

from station_desk.printing import fonts
from station_desk.printing.cutting import cut
from station_desk.printing.font_tables import NO_LETTER, CharacterMap

truetype: Any = import_module("fontTools.ttLib")

NAMES = ("NotoSansSC-Common-Regular", "NotoSansSC-Bold", "HanRare-2B")
"""One whose table of characters ends at U+FFFF, one that goes beyond, one of one width for all."""


@cache
def whole(name: str) -> Any:
    """The font as fonttools reads it."""
    return truetype.TTFont(BytesIO(fonts.font_file(name)))


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_found_at_its_letter_and_no_other_is(name: str) -> None:
    font = whole(name)
    ours = CharacterMap(fonts.font(name).letters.table(b"cmap"))
    found = {code: number for code in range(0x32400) if (number := ours.number(code)) != NO_LETTER}
    assert found == {code: font.getGlyphID(glyph) for code, glyph in font.getBestCmap().items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_cut_draws_the_same_letters_at_the_same_widths(name: str) -> None:
    font = whole(name)
    codes = random.Random(name).sample(sorted(font.getBestCmap()), 255)
    made = truetype.TTFont(BytesIO(cut(fonts.font(name).letters, codes)))
    assert set(made.keys()) - {"GlyphOrder"} == {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    coded = made["cmap"].tables[0].cmap
    for code, character in enumerate(codes, 1):
        before, after = font.getBestCmap()[character], coded[code]
        assert made["hmtx"][after] == font["hmtx"][before]
        assert made["glyf"][after] == font["glyf"][before], hex(character)
        width = font["hmtx"][before][0] * 1000 / font["head"].unitsPerEm
        assert fonts.font(name).letters.letter(character).width == width


def test_the_sums_of_a_cut_are_right() -> None:
    data = cut(fonts.font(NAMES[0]).letters, [ord("王"), ord("a"), ord(" ")])
    made = truetype.TTFont(BytesIO(data), checkChecksums=2)
    assert made["maxp"].numGlyphs == 4
    assert made.reader.tables.keys() == {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}


@pytest.mark.parametrize(
    "name", [*fonts.CHAINS["regular"], *fonts.CHAINS["bold"], "HanRare-20", "HanRare-2E"]
)
def test_no_font_makes_letters_of_other_letters_which_a_cut_would_lack(name: str) -> None:
    font, places = fonts.font(name).letters.table(b"glyf"), whole(name)["loca"]
    begins = (start for start, end in pairwise(places) if end > start)
    assert [start for start in begins if font[start] > 0x7F] == []
