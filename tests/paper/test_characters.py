"""Every character of GB 18030-2022 level 3 prints; what does not is said before anything is printed."""

import subprocess
import sys
from dataclasses import replace
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from installer.make_fonts import make_common
from station_desk.core import paths
from station_desk.printing import characters, fonts
from station_desk.printing.characters import Missing, is_drawn, missing
from station_desk.printing.receipt import Receipt, ReceivedMaterial

truetype: Any = import_module("fontTools.ttLib")

FOLDER = paths.RESOURCES / "fonts"
RARE_FILES = sorted(FOLDER.glob("HanRare-*.ttf.xz"))
RARE_NAMES = [file.name.removesuffix(".ttf.xz") for file in RARE_FILES]
STANDARD = Path(__file__).parent / "standard_characters.txt"
BASIC = (range(0x4E00, 0x9FF0), range(0x3400, 0x4DB6))
COMPATIBLE = (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29)
LEVEL_3 = {*chain(*BASIC, *characters.RARE), *COMPATIBLE}
NOWHERE = "\U0002ebf5"


@cache
def drawn_by(name: str) -> frozenset[int]:
    """The characters of a font, as fonttools reads it."""
    with truetype.TTFont(BytesIO(fonts.font_file(name)), lazy=True) as font:
        assert font["name"].getDebugName(6) == name.replace("SC-Common", "SCCommon")
        return frozenset(font.getBestCmap())


def standard_characters() -> str:
    """The General Standard Chinese Characters, in their order."""
    lines = STANDARD.read_text("utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))


def test_all_han_of_level_3_are_counted_and_drawn() -> None:
    assert len(LEVEL_3) == 87_887
    assert [hex(code) for code in sorted(LEVEL_3) if not is_drawn(chr(code))] == []


def test_the_standard_table_is_whole_and_drawn() -> None:
    table = standard_characters()
    assert (len(table), len(set(table)), sum(ord(char) > 0xFFFF for char in table)) == (8105, 8105, 196)
    assert missing(table) == []


@pytest.mark.long
@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_the_fonts_have_exactly_what_the_screen_is_told(weight: fonts.Weight) -> None:
    had = set().union(*(drawn_by(name) for name in (*fonts.CHAINS[weight], *RARE_NAMES)))
    told = {code for code in range(0x32400) if characters.in_text_font(chr(code))} | set(
        chain(*characters.RARE)
    )
    assert had == told


@pytest.mark.long
def test_each_rare_font_has_what_its_name_says_and_the_text_font_lacks() -> None:
    assert len(RARE_NAMES) == 15
    for name in RARE_NAMES:
        assert {f"HanRare-{code >> 12:X}" for code in drawn_by(name)} == {name}
        assert not any(characters.in_text_font(chr(code)) for code in drawn_by(name))


def test_the_common_fonts_are_what_the_installer_makes_of_the_full_ones(tmp_path: Path) -> None:
    make_common(FOLDER / "NotoSansSC-Bold.ttf", tmp_path / "common.ttf")
    assert (tmp_path / "common.ttf").read_bytes() == (FOLDER / "NotoSansSC-Common-Bold.ttf").read_bytes()


def test_each_missing_character_is_named_once_with_its_code_point() -> None:
    texts = [f"王{NOWHERE}兰", f"{NOWHERE}\uffff😀", "plain"]
    assert missing(texts, NOWHERE) == [
        Missing(NOWHERE, "U+2EBF5"),
        Missing("\uffff", "U+FFFF"),
        Missing("😀", "U+1F600"),
    ]


def test_any_paper_can_be_asked_whole(receipt: Receipt) -> None:
    assert missing(receipt) == []
    materials = (*receipt.materials, ReceivedMaterial(f"户口簿{NOWHERE}", "原件", 1))
    paper = replace(receipt, materials=materials, matter=replace(receipt.matter, applicant="王𪚥\ue000"))
    assert [lost.code for lost in missing(paper)] == ["U+E000", "U+2EBF5"]
    assert [lost.code for lost in missing({"applicant.name": NOWHERE, "count": 3, "photo": b"\xff"})] == [
        "U+2EBF5"
    ]


@pytest.mark.parametrize(
    "text", ["〓", "王\u200b葛\U000e0100\t兰\ufeff", "a\u2003b\u00a0c\u3000d", "", "\u202e兰\u202c"]
)
def test_what_is_drawn_or_has_no_shape_is_not_missing(text: str) -> None:
    assert missing(text) == []


def test_the_form_asks_without_loading_what_makes_papers() -> None:
    script = (
        "import sys; from station_desk.printing.characters import missing; missing('王𠮷😀')\n"
        "print(*{'reportlab', 'PIL', 'qrcode', 'station_desk.printing.fonts'} & set(sys.modules))"
    )
    assert _said(script) == []


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("受理回执 QSQ001 ✓ → ①", []),
        ("😀 مرحبا \ue000", []),
        ("王𬭚", ["NotoSansSC-Regular"]),
        ("王𠮷", ["HanRare-20"]),
        ("𫝀𬺰", ["HanRare-2B", "HanRare-2C"]),
    ],
)
def test_a_font_is_loaded_only_when_a_character_needs_it(text: str, more: list[str]) -> None:
    script = (
        "from station_desk.printing import fonts; read = fonts.font_file; names = []\n"
        "fonts.font_file = lambda name: (names.append(name), read(name))[1]\n"
        f"fonts.pieces({text!a}, 'regular'); fonts.pieces('案号', 'bold'); print(*names)"
    )
    assert _said(script) == sorted(["NotoSansSC-Common-Bold", "NotoSansSC-Common-Regular", *more])


def test_a_font_that_cannot_be_read_is_a_trouble_and_no_mistake_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "torn.ttf.xz").write_bytes(RARE_FILES[0].read_bytes()[:1000])
    (tmp_path / "fonts" / "empty.ttf").write_bytes(b"")
    monkeypatch.setattr(paths, "RESOURCES", tmp_path)
    for name in ("torn", "empty", "gone"):
        with pytest.raises(fonts.FontDamaged):
            fonts.font(name)


def test_the_fonts_stay_small_and_each_family_has_its_licence_beside_it() -> None:
    sizes = {file.name: file.stat().st_size for file in FOLDER.iterdir()}
    assert sum(sizes.values()) < 45_000_000
    assert max(sizes.values()) < 20_000_000
    families = {name.split("-")[0] for name in sizes if ".ttf" in name}
    licences = {
        name.removeprefix("LICENSE-").removesuffix(".txt") for name in sizes if name.startswith("LICENSE")
    }
    assert families == licences


def _said(script: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return sorted(done.stdout.split())
