"""The receipt keeps its promises to the resident who takes it home."""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from station_desk.core.texts import Say
from station_desk.printing.letterhead import Edition, Matter, Promise, Station
from station_desk.printing.proof import codes_on, page_pictures
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage, circled, receipt_pdf

Read = Callable[[bytes], list[str]]


def test_the_phone_and_the_scanner_read_what_we_printed(receipt: Receipt, say: Say) -> None:
    assert codes_on(receipt_pdf(receipt, say), dpi=203) == [
        (1, "Code 128", "QSQ001261120020031K"),
        (1, "QR Code", receipt.tracking_url),
        (1, "QR Code", receipt.proof),
    ]


@pytest.mark.long
def test_many_receipts_of_any_token_are_read_at_the_dots_of_a_counter_printer(
    receipt: Receipt, chinese: Say
) -> None:
    dice = random.Random(20261120)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for _ in range(40):
        url = "https://banshi.qingshi.gov.cn/t/" + "".join(dice.choices(letters, k=22))
        number = f"QSQ001-26{dice.randint(101, 1231):04}-0{dice.randint(1, 9)}-{dice.randint(0, 9999):04}-X"
        paper = replace(receipt, tracking_url=url, matter=replace(receipt.matter, number=number))
        assert [text for _, _, text in codes_on(receipt_pdf(paper, chinese))] == [
            number.replace("-", ""),
            url,
            receipt.proof,
        ]


def test_all_that_the_receipt_says_can_be_found(receipt: Receipt, say: Say, text_of: Read) -> None:
    page = _one_line(text_of(receipt_pdf(receipt, say)))
    said = [
        receipt.station.name,
        receipt.station.address,
        receipt.station.phone,
        "QSQ001-261120-02-0031-K",
        "最低生活保障申请",
        "承诺件",
        "王*兰",
        "1101**********002X",
        "2026-11-20 10:42",
        "陈立新",
        "2026-12-16",
        "18",
        receipt.collect,
        receipt.fee,
        "家庭经济状况核对授权书",
        "原件核验、复印件",
        "① 受理 ✓",
        "② 入户调查",
        "010-5555 0199",
        "2026.11 / 3f9a1c0",
        say("paper.receipt.title"),
    ]
    assert [words for words in said if _one_line([words]) not in page] == []


def test_the_spaced_title_is_found_as_one_word(receipt: Receipt, say: Say, text_of: Read) -> None:
    assert say("paper.receipt.title") in text_of(receipt_pdf(receipt, say))[0].splitlines()


def test_the_host_stands_below_the_qr_with_what_it_never_asks(
    receipt: Receipt, say: Say, text_of: Read
) -> None:
    page = _one_line(text_of(receipt_pdf(receipt, say)))
    below = page.split("banshi.qingshi.gov.cn")[1]
    assert below.startswith(_one_line([say("paper.receipt.never_asks")]))


def test_a_restricted_item_has_no_tracking_qr_and_sends_to_the_counter(
    receipt: Receipt, say: Say, text_of: Read
) -> None:
    pdf = receipt_pdf(replace(receipt, tracking_url=None), say)
    page = _one_line(text_of(pdf))
    assert [(name, text) for _, name, text in codes_on(pdf)] == [
        ("Code 128", "QSQ001261120020031K"),
        ("QR Code", receipt.proof),
    ]
    assert _one_line([say("paper.receipt.ask_at_counter")]) in page
    assert _one_line([say("paper.receipt.never_asks")]) not in page


def test_the_paper_says_what_the_small_code_is_for_and_only_where_it_is(
    receipt: Receipt, say: Say, text_of: Read
) -> None:
    words = _one_line([say("proof.paper")])
    assert words in _one_line(text_of(receipt_pdf(receipt, say)))
    assert words not in _one_line(text_of(receipt_pdf(replace(receipt, proof=""), say)))


def test_a_receipt_that_would_need_a_second_sheet_for_its_last_lines_is_set_tighter(
    receipt: Receipt, chinese: Say, text_of: Read
) -> None:
    materials = tuple(ReceivedMaterial(f"第{n}号材料", "原件", 1) for n in range(1, 20))
    pages = [len(text_of(receipt_pdf(replace(receipt, materials=materials[:n]), chinese))) for n in range(20)]
    assert pages == sorted(pages)
    assert pages.count(1) >= 7
    # Of a long list the table is cut between rows, and the code stands whole beside the last steps.
    for count in (7, 8, 9, 15, 19):
        pdf = receipt_pdf(replace(receipt, materials=materials[:count]), chinese)
        assert [text for _, _, text in codes_on(pdf)][-1] == receipt.proof
        _assert_margins_are_white(pdf)


def test_a_date_of_an_unofficial_calendar_is_marked(receipt: Receipt, say: Say, text_of: Read) -> None:
    mark = _one_line([say("paper.promise.provisional")])
    promise = Promise(date(2027, 1, 12), 40, "wd", provisional=True)
    marked = replace(receipt, matter=replace(receipt.matter, promise=promise))
    assert mark in _one_line(text_of(receipt_pdf(marked, say)))
    assert mark not in _one_line(text_of(receipt_pdf(receipt, say)))


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (Promise(date(2026, 12, 20), 30, "cd", provisional=False), "2026-12-20（30 个自然日，自次日起算"),
        (
            Promise(datetime.fromisoformat("2026-11-21T10:42"), 24, "h", provisional=False),
            "2026-11-21 10:42（24 小时，自受理时起算",
        ),
        (Promise(date(2026, 11, 20), 0, "wd", provisional=False), "2026-11-20（当场办结）"),
    ],
)
def test_the_promise_says_how_it_was_counted(
    receipt: Receipt, chinese: Say, text_of: Read, promise: Promise, words: str
) -> None:
    paper = replace(receipt, matter=replace(receipt.matter, promise=promise))
    assert _one_line([words]) in _one_line(text_of(receipt_pdf(paper, chinese)))


def test_only_a_reprint_says_that_it_is_one(receipt: Receipt, say: Say, text_of: Read) -> None:
    mark = _one_line([say("paper.foot.reprint", number=3)])
    assert mark in _one_line(text_of(receipt_pdf(replace(receipt, copy_no=3), say)))
    assert mark[:2] not in _one_line(text_of(receipt_pdf(receipt, say)))[-20:]


def test_the_same_receipt_gives_the_same_bytes(receipt: Receipt, chinese: Say) -> None:
    first = receipt_pdf(receipt, chinese)
    other = receipt_pdf(replace(receipt, fee="另一种说法"), chinese)
    assert receipt_pdf(receipt, chinese) == first
    assert other != first


def test_sixty_materials_go_on_over_the_pages_in_order_and_each_page_names_its_case(
    receipt: Receipt, say: Say, text_of: Read
) -> None:
    materials = tuple(ReceivedMaterial(f"第{n:02}号材料", "原件", 1) for n in range(1, 61))
    pages = text_of(receipt_pdf(replace(receipt, materials=materials), say))
    assert len(pages) > 1
    assert re.findall(r"第(\d\d)号材料", "".join(pages)) == [f"{n:02}" for n in range(1, 61)]
    for number, page in enumerate(pages, 1):
        assert receipt.matter.number in page
        assert say("paper.material.name") in page
        assert say("paper.foot.page", number=number, count=len(pages)) in page


def test_a_step_is_never_parted_from_its_number(receipt: Receipt, chinese: Say, text_of: Read) -> None:
    stages = tuple(Stage(f"街道审核确认第{n}步", done=False) for n in range(1, 53))
    lines = "".join(text_of(receipt_pdf(replace(receipt, stages=stages), chinese))).splitlines()
    for number, stage in enumerate(stages, 1):
        assert any(f"{circled(number)} {stage.name}" in line for line in lines), stage


@pytest.mark.parametrize("number", [1, 20, 21, 35, 36, 50])
def test_the_circles_count_as_unicode_names_them(number: int) -> None:
    assert unicodedata.numeric(circled(number)) == number


LONG_CHINESE = "景德镇瓷器修复，" * 1250
LONG_LATIN = "A word and another one " * 435
LONG_WORD = "Zj" * 5000
LONG = {"long": LONG_CHINESE, "latin": LONG_LATIN, "word": LONG_WORD, "fifty": "王" * 50}
LETTER_OF = {LONG_CHINESE: "瓷", LONG_WORD: "Z"}
FIELDS = (
    "station",
    "address",
    "item",
    "applicant",
    "collect",
    "fee",
    "material",
    "form",
    "stage",
    "complaint",
)


@pytest.mark.long
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "text", [LONG_CHINESE, LONG_LATIN, LONG_WORD, "王" * 50], ids=["long", "latin", "word", "fifty"]
)
def test_nothing_is_drawn_outside_the_margins(receipt: Receipt, chinese: Say, field: str, text: str) -> None:
    _assert_margins_are_white(receipt_pdf(_with(receipt, field, text), chinese))


@pytest.mark.parametrize("lines", range(16, 24))
def test_the_title_turns_the_page_when_the_head_has_filled_it(
    receipt: Receipt, chinese: Say, overlaps: Callable[[bytes], list[str]], lines: int
) -> None:
    pdf = receipt_pdf(_with(receipt, "station", "青" * 43 * lines), chinese)
    assert overlaps(pdf) == []
    _assert_margins_are_white(pdf)


@pytest.mark.long
@pytest.mark.parametrize("field", [field for field in FIELDS if field not in {"station", "complaint"}])
@pytest.mark.parametrize("text", LETTER_OF, ids=["long", "word"])
def test_no_letter_of_a_long_text_is_lost(
    receipt: Receipt, chinese: Say, text_of: Read, field: str, text: str
) -> None:
    letter = LETTER_OF[text]
    pages = text_of(receipt_pdf(_with(receipt, field, text), chinese))
    assert "".join(pages).count(letter) == text.count(letter)


@pytest.mark.long
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", [LONG_CHINESE, "欧阳" * 25], ids=["long", "fifty"])
def test_nothing_is_drawn_over_anything_else(
    receipt: Receipt, say: Say, overlaps: Callable[[bytes], list[str]], field: str, text: str
) -> None:
    assert overlaps(receipt_pdf(_with(receipt, field, text), say)) == []


def test_sixty_long_materials_and_steps_stay_inside_the_margins(receipt: Receipt, say: Say) -> None:
    materials = tuple(
        ReceivedMaterial(f"{n} 家庭经济状况核对授权书" * 3, "原件核验、复印件" * 4, n) for n in range(60)
    )
    stages = tuple(Stage(f"第{n}步入户调查", done=n < 3) for n in range(30))
    _assert_margins_are_white(receipt_pdf(replace(receipt, materials=materials, stages=stages), say))


def test_a_receipt_with_every_optional_part_empty_is_still_one_page(say: Say, text_of: Read) -> None:
    accepted = datetime.fromisoformat("2026-11-20T09:05")
    bare = Receipt(
        station=Station("青石桥社区公共服务站", "", ""),
        matter=Matter("QSQ001-261120-02-0031-K", "咨询", "", "", "", accepted, "", "", None),
        collect="",
        fee="",
        materials=(),
        stages=(),
        tracking_url=None,
        complaint_phone="",
        copies=1,
        edition=Edition("2026.11", "3f9a1c0d"),
        copy_no=1,
    )
    pdf = receipt_pdf(bare, say)
    pages = text_of(pdf)
    assert len(pages) == 1
    for label in ("applicant", "promise", "collect", "fee", "stages"):
        assert say(f"paper.label.{label}") + "\r\n" not in pages[0]
    _assert_margins_are_white(pdf)


def test_a_host_of_any_length_stays_in_its_column_and_can_be_scanned(receipt: Receipt, chinese: Say) -> None:
    for length in (1, 20, 40, 63):
        url = f"https://{'a' * length}.banshi.gov.cn/t/q9Zk3vT1mUo_xW7bRf2s8A"
        pdf = receipt_pdf(replace(receipt, tracking_url=url), chinese)
        _assert_margins_are_white(pdf)
        assert codes_on(pdf)[1] == (1, "QR Code", url)


def _with(receipt: Receipt, field: str, text: str) -> Receipt:
    match field:
        case "station":
            return replace(receipt, station=replace(receipt.station, name=text))
        case "address":
            return replace(receipt, station=replace(receipt.station, address=text))
        case "item":
            return replace(receipt, matter=replace(receipt.matter, item=text))
        case "applicant":
            return replace(receipt, matter=replace(receipt.matter, applicant=text))
        case "collect":
            return replace(receipt, collect=text)
        case "fee":
            return replace(receipt, fee=text)
        case "material":
            return replace(receipt, materials=(ReceivedMaterial(text, "原件", 1),))
        case "form":
            return replace(receipt, materials=(ReceivedMaterial("户口簿", text, 1),))
        case "stage":
            return replace(receipt, stages=(Stage(text, done=True), *receipt.stages))
        case _:
            return replace(receipt, complaint_phone=text)


def _assert_margins_are_white(pdf: bytes) -> None:
    """10 mm at the sides, 9 mm above and 8 mm below of A5 landscape carry no ink at all."""
    dots = 96 / 25.4
    for number, picture in enumerate(page_pictures(pdf, dpi=96), 1):
        inked = picture.point(lambda level: 255 - level).getbbox()
        assert inked is not None
        left, top, right, bottom = inked
        assert left >= int(10 * dots) - 1, (number, inked)
        assert top >= int(9 * dots) - 1, (number, inked)
        assert right <= picture.width - int(10 * dots) + 1, (number, inked)
        assert bottom <= picture.height - int(8 * dots) + 1, (number, inked)


def _one_line(pages: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(pages))
