"""Makes the small "common" fonts of the papers from the full ones: run by hand when the full fonts change.

    python -m venv /tmp/fonts-venv && /tmp/fonts-venv/bin/pip install fonttools==4.68.0
    /tmp/fonts-venv/bin/python installer/subset_fonts.py

A paper that needs only common characters then loads 2 MB a weight instead of 10 MB. The outlines are
untouched; hinting and layout tables go, because PDF readers and printers here use neither. The PostScript
name changes, because reportlab takes two fonts of one name for the same font.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

# fonttools is no dependency of the project: taken by name where this is run by hand.
subset: Any = import_module("fontTools.subset")

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WEIGHTS = ("Regular", "Bold")
FAMILY, COMMON_FAMILY = "NotoSansSC", "NotoSansSCCommon"
PAPER_MARKS = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
    "✓〓←↑→↓–—‘’“”•…‰′″※€№℃■□▲△▼▽◆◇○◎●★☆"
)
POSTSCRIPT_NAME_ID, UNIQUE_NAME_ID = 6, 3


def main() -> None:
    """Write NotoSansSC-Common-<weight>.ttf beside each full font."""
    for weight in WEIGHTS:
        make_common(FONTS / f"NotoSansSC-{weight}.ttf", FONTS / f"NotoSansSC-Common-{weight}.ttf")


def make_common(full: Path, common: Path) -> None:
    """Cut one font down to the common characters."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "vhea", "vmtx"]
    font = subset.load_font(str(full), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(common_characters()))
    cutter.subset(font)
    _rename(font)
    subset.save_font(font, str(common), options)
    print(f"{common.name}: {len(font.getBestCmap())} characters, {common.stat().st_size / 1e6:.2f} MB")


def common_characters() -> Iterator[str]:
    """GB 2312-80, printable ASCII and Latin-1, and the marks our papers draw."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield bytes((row, cell)).decode("gb2312", "ignore")
    yield from map(chr, range(0x20, 0x7F))
    yield from map(chr, range(0xA0, 0x100))
    yield from PAPER_MARKS


def _rename(font: Any) -> None:
    for record in font["name"].names:
        if record.nameID in (POSTSCRIPT_NAME_ID, UNIQUE_NAME_ID):
            record.string = record.toUnicode().replace(FAMILY, COMMON_FAMILY)


if __name__ == "__main__":
    main()
