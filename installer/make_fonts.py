"""Makes the cut fonts of the papers from whole ones: run by hand when the whole ones change.

    apt-get install fonts-hanazono
    .venv/bin/python installer/make_fonts.py [HanaMinB.ttf]

NotoSansSC-Common-* hold the common characters of the full Noto Sans SC, so that most papers load 2 MB a
weight instead of 10 MB. HanRare-* hold the Han characters of GB 18030-2022 level 3 that Noto lacks, from
HanaMinB: one file for each 4,096 code points, so that a rare name loads 2 MB and not 30, and packed, so that
a checkout stays small. Outlines stay as they are (those of HanaMinB are brought from 1,024 to 1,000 units of
the em); hinting and layout tables go, because PDF readers and printers here use neither. The names inside the
files change, because reportlab takes two fonts of one name for the same font, and because the licence of
HanaMinB keeps its own name for the whole font.

Running it again on the same fonts with the locked fonttools gives the same bytes.
"""

import lzma
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path
from typing import Any

# fonttools tells no types: taken by name, so that the type check stays strict everywhere else.
subset: Any = import_module("fontTools.subset")
truetype: Any = import_module("fontTools.ttLib")
scaling: Any = import_module("fontTools.ttLib.scaleUpem")

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
HANAZONO = Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf")
WEIGHTS = ("Regular", "Bold")
PAPER_MARKS = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
    "✓〓←↑→↓–—‘’“”•…‰′″※€№℃■□▲△▼▽◆◇○◎●★☆"
)
LEVEL_3_ABOVE_THE_BASIC_PLANE = (
    range(0x20000, 0x2A6D7),  # Extension B
    range(0x2A700, 0x2B735),  # C
    range(0x2B740, 0x2B81E),  # D
    range(0x2B820, 0x2CEA2),  # E
    range(0x2CEB0, 0x2EBE1),  # F
)
OPTIONS = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
OPTIONS.drop_tables += ["BASE", "FFTM", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "vhea", "vmtx"]
EM = 1000
"""Units of the em, as in Noto. reportlab 5.1.0 writes wrong widths into the cut of a font that has another em
and one width for all its letters, as HanaMinB has."""

FAMILY, UNIQUE, FULL, POSTSCRIPT = 1, 3, 4, 6
WINDOWS = (3, 1, 0x409)
MADE_FROM = "Cut by Station Desk from HanaMinB 2017-09-04, made from GlyphWiki (glyphwiki.org)."


def main(arguments: list[str]) -> None:
    """Write all cut fonts; the argument says where HanaMinB lies."""
    for weight in WEIGHTS:
        make_common(FONTS / f"NotoSansSC-{weight}.ttf", FONTS / f"NotoSansSC-Common-{weight}.ttf")
    make_rare(Path(arguments[0]) if arguments else HANAZONO, FONTS / "NotoSansSC-Regular.ttf")


def make_common(full: Path, common: Path) -> None:
    """Cut one Noto down to the common characters."""
    font = _cut(full, map(ord, "".join(common_characters())))
    for record in font["name"].names:
        if record.nameID in (POSTSCRIPT, UNIQUE):
            record.string = record.toUnicode().replace("NotoSansSC", "NotoSansSCCommon")
    subset.save_font(font, str(common), OPTIONS)
    font.close()
    print(f"{common.name}: {len(font.getBestCmap())} characters, {common.stat().st_size / 1e6:.2f} MB")


def make_rare(hanazono: Path, noto: Path) -> None:
    """Cut HanaMinB into files of what is rarer than Noto."""
    with truetype.TTFont(noto, lazy=True) as font:
        drawn = set(font.getBestCmap())
    lacking = [code for code in chain(*LEVEL_3_ABOVE_THE_BASIC_PLANE) if code not in drawn]
    for part, codes in groupby(lacking, key=lambda code: code >> 12):
        name = f"HanRare-{part:X}"
        font = _cut(hanazono, codes)
        scaling.scale_upem(font, EM)
        _name(font, name)
        plain = BytesIO()
        subset.save_font(font, plain, OPTIONS)
        font.close()
        packed = FONTS / f"{name}.ttf.xz"
        packed.write_bytes(lzma.compress(plain.getvalue(), preset=9 | lzma.PRESET_EXTREME))
        print(f"{packed.name}: {len(font.getBestCmap())} characters, {packed.stat().st_size / 1e6:.2f} MB")


def common_characters() -> Iterator[str]:
    """GB 2312-80, printable ASCII and Latin-1, and the marks our papers draw."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield bytes((row, cell)).decode("gb2312", "ignore")
    yield from map(chr, range(0x20, 0x7F))
    yield from map(chr, range(0xA0, 0x100))
    yield from PAPER_MARKS


def _cut(whole: Path, codes: Iterable[int]) -> Any:
    """A font with these characters only, without hinting and layout."""
    font = subset.load_font(str(whole), OPTIONS)
    cutter = subset.Subsetter(OPTIONS)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    return font


def _name(font: Any, name: str) -> None:
    """Names of our own; what is said about the makers stays."""
    table = font["name"]
    table.names = [record for record in table.names if record.nameID == 0]
    for number, words in (
        (FAMILY, "HanRare"),
        (2, "Regular"),
        (UNIQUE, name),
        (FULL, name),
        (POSTSCRIPT, name),
    ):
        table.setName(words, number, *WINDOWS)
    table.setName(MADE_FROM, 10, *WINDOWS)


if __name__ == "__main__":
    main(sys.argv[1:])
