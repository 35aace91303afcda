"""A thermal printer gets what the slip says: as text where it has the letters, else drawn in our type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from station_desk.core import paths
from station_desk.printing.characters import printable
from station_desk.printing.escpos import commands
from station_desk.printing.escpos.encode import slip_bytes
from station_desk.printing.escpos.letters import has_letters, lines_of, places
from station_desk.printing.printers.setting import Letters
from station_desk.printing.slip import LETTER, ROLLS, Bars, Fact, Line, Part, Qr, Roll, Space, Words
from tests.paper.thermal import (
    Barcode,
    Cut,
    Drawing,
    NotOurs,
    QrCode,
    Question,
    Seen,
    Text,
    read_slip,
    texts_of,
)

RARE, OTHER_RARE = "𬀩", "𬭚"
"""Characters of the standard table, used in names, that lie beyond two bytes of GB 18030."""

WIDE = ROLLS["80mm"]
each_roll = pytest.mark.parametrize("roll", ROLLS.values(), ids=ROLLS)


def seen(*parts: Part, roll: Roll = WIDE, letters: Letters = "gb18030") -> list[Seen]:
    made = read_slip(slip_bytes(parts, roll, letters))
    assert isinstance(made.pop(), Cut)
    return made


def test_a_text_is_read_back_in_its_place_and_weight() -> None:
    assert seen(Words("社区公共服务站 No. 2", 2, bold=True, align="right")) == [
        Text("社区公共服务站 No. 2", "right", 2, 2, bold=True)
    ]


def test_what_follows_a_large_line_is_small_again() -> None:
    assert seen(Words("大", 3, bold=True), Words("小", align="left")) == [
        Text("大", "centre", 3, 3, bold=True),
        Text("小", "left", 1, 1, bold=False),
    ]


def test_the_widths_are_those_of_the_two_rolls() -> None:
    assert [(roll.dots, roll.columns) for roll in ROLLS.values()] == [(576, 48), (384, 32)]


@each_roll
def test_no_line_is_longer_than_the_roll_is_wide(roll: Roll) -> None:
    long = "最低生活保障申请与复核 minimum-living-allowance-of-the-urban-and-rural-residents " * 5
    for size in (1, 2, 3):
        *lines, rule = seen(Words(long, size), Line(), roll=roll)
        assert all(isinstance(line, Text) and line.places <= roll.columns for line in lines)
        assert "".join(texts_of(lines)).replace(" ", "") == long.replace(" ", "")
        assert rule == Text("-" * roll.columns, "left", 1, 1, bold=False)


@each_roll
@pytest.mark.parametrize("number", ["A012", "A1000", "社会救助"])
def test_a_number_is_as_large_as_the_roll_allows_and_on_one_line(roll: Roll, number: str) -> None:
    size = min(8, roll.columns // places(number))
    assert seen(Words(number, 8, bold=True, fit=True), roll=roll) == [
        Text(number, "centre", size, size, bold=True)
    ]


@each_roll
def test_a_fact_has_its_value_at_the_right_edge(roll: Roll) -> None:
    assert texts_of(seen(Fact("前面等候", "3 人"), roll=roll)) == [
        "前面等候" + " " * (roll.columns - 12) + "3 人"
    ]


def test_a_fact_that_is_too_long_for_one_line_takes_two() -> None:
    label, *value = seen(Fact("办理窗口", "社会救助与劳动保障综合窗口一至四号"), roll=ROLLS["58mm"])
    assert label == Text("办理窗口", "left", 1, 1, bold=False)
    assert "".join(texts_of(value)) == "社会救助与劳动保障综合窗口一至四号"
    assert all(isinstance(line, Text) and line.align == "right" for line in value)


def test_no_line_begins_with_a_closing_mark() -> None:
    assert lines_of("一二三四，五六（七）八", 8) == ["一二三", "四，五六", "（七）八"]
    assert lines_of("", 8) == []


def test_the_codes_are_said_as_data() -> None:
    url, number = "https://district.example/?item=SA-001&站=1", "T261120-{A012"
    assert seen(Qr(url), Bars(number), Space(2)) == [QrCode(url, 6, "M"), Barcode(number, 2, 72)]


@pytest.mark.parametrize("wrong", ["", "受理", "a\n", "x" * 260])
def test_bars_that_no_printer_can_draw_are_a_mistake_of_ours(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"Code128|too long"):
        slip_bytes([Bars(wrong)], WIDE, "gb18030")


@each_roll
def test_bars_that_do_not_fit_onto_the_roll_are_a_mistake_of_ours(roll: Roll) -> None:
    slip_bytes([Bars("T261120-A012")], roll, "gb18030")
    with pytest.raises(ValueError, match="too long"):
        slip_bytes([Bars("QSQ001-261120-02-0031-K" * 2)], roll, "gb18030")


@pytest.mark.parametrize("wrong", ["", "x" * 1300])
def test_a_qr_that_no_phone_reads_is_a_mistake_of_ours(wrong: str) -> None:
    with pytest.raises(ValueError, match="no QR"):
        slip_bytes([Qr(wrong)], WIDE, "gb18030")


LETTERS_OF_PRINTERS: tuple[tuple[str, Letters, bool], ...] = (
    ("救", "gb2312", True),
    ("龍", "gb2312", False),
    ("龍", "gb18030", True),
    (RARE, "gb18030", False),
    ("✓", "gb18030", False),
    ("🙂", "gb18030", False),
    ("\ue000", "gb18030", False),
    ("救", "none", False),
    ("A", "none", True),
)


@pytest.mark.parametrize(("char", "letters", "has"), LETTERS_OF_PRINTERS)
def test_a_character_is_sent_as_text_or_drawn(char: str, letters: Letters, *, has: bool) -> None:
    assert has_letters(char, letters) is has
    (only,) = seen(Words(char), letters=letters)
    assert isinstance(only, Text if has else Drawing)


@pytest.mark.parametrize("name", [f"王{RARE}", f"{RARE}", f"{OTHER_RARE}秀兰"])
def test_a_name_beyond_the_printers_letters_is_drawn_as_our_type_draws_it(name: str) -> None:
    (drawing,) = seen(Words(name))
    assert isinstance(drawing, Drawing)
    assert likeness(drawing.image, in_our_type(name)) > 0.7
    other = name.replace(RARE, "丨").replace(OTHER_RARE, "丨")
    assert likeness(drawing.image, in_our_type(other)) < 0.6


@each_roll
def test_a_drawn_text_wraps_and_stays_on_the_roll(roll: Roll) -> None:
    lines = seen(Words(RARE * 40), Words(RARE * 4, 8, fit=True), roll=roll)
    assert len(lines) > 2
    assert all(isinstance(line, Drawing) and line.image.width <= roll.dots for line in lines)


@given(st.text(max_size=60), st.sampled_from(list(ROLLS.values())))
def test_no_text_of_a_resident_becomes_a_command(text: str, roll: Roll) -> None:
    known = "".join(char for char in text if has_letters(printable(char), "gb18030"))
    for part in (Words(known), Fact(known, known)):
        lines = seen(part, roll=roll)
        assert all(isinstance(line, Text) for line in lines)


def test_a_control_sequence_in_a_text_is_no_command() -> None:
    attack = "王\x1b@\x1dV\x00\x1d(k\x03\x001Q0\x07\u202e\u200b兰\r\n"
    assert texts_of(seen(Words(attack, align="left"))) == ["王 @ V  (k  1Q0 兰"]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\x1b@\x1b",
        b"\x1b@\x07",
        b"\x1b@\x1dZ",
        b"\x1b@\xc0\xcf\n",
        b"\x1b@abc",
        b"\x1b@\x1d(k\xff\xff1",
    ],
)
def test_the_reader_of_these_tests_takes_nothing_for_granted(broken: bytes) -> None:
    with pytest.raises(NotOurs):
        read_slip(broken)


def test_the_question_after_a_slip_is_understood() -> None:
    assert read_slip(commands.START + commands.ASK) == [Question()]
    assert [commands.out_of_paper(answer) for answer in (0x00, 0x03, 0x0C, 0x0F)] == [
        False,
        False,
        True,
        True,
    ]


def in_our_type(text: str) -> Image.Image:
    """The text as another program draws it from the same file."""
    font = ImageFont.truetype(str(paths.RESOURCES / "fonts" / "NotoSansSC-Regular.ttf"), LETTER)
    sheet = Image.new("L", (LETTER * (len(text) + 1), LETTER * 2), 255)
    ImageDraw.Draw(sheet).text((4, 4), text, 0, font)
    return sheet.point(lambda dot: 255 if dot > 128 else 0).convert("1")


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink of two drawings covers each other, of all their ink."""
    first, second = (ink_of(image) for image in (one, other))
    second = second.resize(first.size)
    both = ImageChops.logical_and(first, second)
    either = ImageChops.logical_or(first, second)
    return count(both) / count(either)


def ink_of(image: Image.Image) -> Image.Image:
    ink = ImageOps.invert(image.convert("L"))
    return ink.crop(ink.getbbox()).point(lambda dot: 255 if dot > 128 else 0).convert("1")


def count(image: Image.Image) -> int:
    return sum(image.convert("L").histogram()[128:])
