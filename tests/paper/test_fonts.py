"""Every name comes out right on paper, and what cannot be drawn is marked there."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from station_desk.core.texts import Say
from station_desk.printing import fonts
from station_desk.printing.characters import missing
from station_desk.printing.receipt import Receipt, receipt_pdf
from station_desk.printing.wrapping import Lettering
from tests.paper.test_characters import drawn_by

Read = Callable[[bytes], list[str]]
RARE = "王𬭚䶮㛃𠮷𪚥"
NOWHERE = "\U0002ebf5"


def test_a_rare_name_is_drawn_and_read_back_as_it_is_written(
    receipt: Receipt, chinese: Say, text_of: Read
) -> None:
    paper = replace(receipt, matter=replace(receipt.matter, applicant=RARE, item=f"{RARE}的申请"))
    (page,) = text_of(receipt_pdf(paper, chinese))
    assert page.count(RARE) == 2
    assert missing(RARE) == []


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_character_above_the_basic_plane_is_read_back(
    receipt: Receipt, chinese: Say, text_of: Read, weight: fonts.Weight
) -> None:
    letters = "".join(chr(code) for code in sorted(drawn_by(fonts.CHAINS[weight][1])) if code > 0xFFFF)
    assert len(letters) > 200
    item, applicant = (letters, "王") if weight == "bold" else ("申请", letters)
    paper = replace(receipt, matter=replace(receipt.matter, item=item, applicant=applicant))
    read = "".join("".join(text_of(receipt_pdf(paper, chinese))).split())
    assert letters in read


def test_a_character_of_no_font_is_drawn_as_a_geta_mark_with_its_code_point(
    receipt: Receipt, chinese: Say, text_of: Read
) -> None:
    paper = replace(receipt, matter=replace(receipt.matter, applicant=f"王{NOWHERE}兰😀"))
    (page,) = text_of(receipt_pdf(paper, chinese))
    assert "王〓U+2EBF5兰〓U+1F600" in page


def test_a_character_of_no_font_is_as_wide_as_what_stands_for_it() -> None:
    for weight in ("regular", "bold"):
        code = fonts.width("U+2EBF5", weight, 10) * fonts.CODE_SCALE
        assert fonts.width(NOWHERE, weight, 10) == pytest.approx(10 + code)
    assert Lettering(10, spacing=2).width(NOWHERE + "王") == pytest.approx(20 + code_width() + 8 * 2)


def code_width() -> float:
    """The small code point at 10 points."""
    return fonts.width("U+2EBF5", "regular", 10) * fonts.CODE_SCALE


def test_controls_and_marks_without_a_shape_are_not_drawn(
    receipt: Receipt, chinese: Say, text_of: Read
) -> None:
    name = "王\u200b葛\U000e0100\t兰\ufeff"
    paper = replace(receipt, matter=replace(receipt.matter, applicant=name))
    (page,) = text_of(receipt_pdf(paper, chinese))
    assert "王葛 兰" in page


def test_both_weights_draw_the_same_characters() -> None:
    for regular, bold in zip(fonts.CHAINS["regular"], fonts.CHAINS["bold"], strict=True):
        assert drawn_by(regular) == drawn_by(bold)


def test_the_common_font_draws_all_of_gb_2312() -> None:
    common = drawn_by(fonts.CHAINS["regular"][0])
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    letters = "".join(code.decode("gb2312", "ignore") for code in rows)
    assert len(letters) == 6763
    assert [letter for letter in letters if ord(letter) not in common] == []


def test_a_letter_has_the_same_width_in_the_common_and_in_the_full_font() -> None:
    common, full = (fonts.font(name).letters for name in fonts.CHAINS["regular"])
    drawn = drawn_by(fonts.CHAINS["regular"][0])
    assert len(drawn) > 7000
    assert [c for c in drawn if common.letter(c).width != full.letter(c).width] == []


def test_a_bold_line_makes_a_rare_character_bolder_too() -> None:
    (bold,) = fonts.pieces("𠮷", "bold")
    (regular,) = fonts.pieces("𠮷", "regular")
    assert (bold.made_bold, regular.made_bold) == (True, False)
    assert not any(piece.made_bold for piece in fonts.pieces("王𬭚", "bold"))


def test_words_are_as_wide_as_their_letters() -> None:
    body = Lettering(10)
    assert body.width("受理") == pytest.approx(20)
    assert body.width("a1") == pytest.approx(body.width("a") + body.width("1"))
    assert replace(body, spacing=3).width("受理") == pytest.approx(23)
