"""Whatever is typed, nothing is drawn beyond the margins: every drawn box of every paper is measured."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.core.texts import Say
from station_desk.printing.blocks.sizes import sizes_of
from station_desk.printing.page import A5_LANDSCAPE, MM, Format
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage, receipt_pdf
from tests.paper.filled import published
from tests.paper.test_papers import IDS, SIZES, named_facts, printed

pytestmark = pytest.mark.long

pypdfium2: Any = import_module("pypdfium2")

HAIR = 0.25
"""Millimetres by which the outline of a letter may stand out of its own square."""

LENGTH = 10_000
CONTROLS = "".join(
    map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xE0001))
)
PIECES = (
    "王𠮷𪚥\U0002ebf5𬭚",
    "😀👨‍👩‍👧🏳️‍🌈",
    "مرحبا \u202eשלום\u202c ",
    "a̶̖͉b⃝ é̂ ",
    "阿卜杜拉·买买提",
    "\ud800\udfff\uffff\ue000",
    CONTROLS,
    "Wg" * 40,
    "（“《，。》”）",
    "\u3000\u00a0 \u2003",
)
EVERYTHING = ("".join(PIECES) * (LENGTH // 20))[:LENGTH]
NAME = "阿卜杜热依木·麦麦提明·"
FIFTY = {
    "dots": (NAME * 5)[:50],
    "right to left": ("عبد الرحيم " * 5)[:50],
    "controls": (CONTROLS * 2)[:50],
    "emoji": ("😀👨‍👩‍👧" * 10)[:50],
    "nowhere": "\U0002ebf5" * 50,
    "rare": "".join(map(chr, range(0x2B740, 0x2B740 + 50))),
    "wide": "𰻝" * 50,
    "marks": "·" * 50,
    "all": "王𠮷\U0002ebf5😀 مر\u202eש·\x07\ud800a̶" * 3 + "阿卜杜拉",
}
RECEIPT_FIELDS: dict[str, Callable[[Receipt, str], Receipt]] = {
    "station": lambda r, text: replace(r, station=replace(r.station, name=text)),
    "address": lambda r, text: replace(r, station=replace(r.station, address=text)),
    "item": lambda r, text: replace(r, matter=replace(r.matter, item=text)),
    "applicant": lambda r, text: replace(r, matter=replace(r.matter, applicant=text)),
    "clerk": lambda r, text: replace(r, matter=replace(r.matter, clerk=text)),
    "collect": lambda r, text: replace(r, collect=text),
    "material": lambda r, text: replace(r, materials=(ReceivedMaterial(text, text[:50], 1),)),
    "stage": lambda r, text: replace(r, stages=(Stage(text, done=True), *r.stages)),
    "complaint": lambda r, text: replace(r, complaint_phone=text),
}


@pytest.mark.parametrize("field", RECEIPT_FIELDS)
def test_ten_thousand_characters_of_every_kind_stay_inside_a_receipt(
    receipt: Receipt, chinese: Say, field: str
) -> None:
    assert outside(receipt_pdf(RECEIPT_FIELDS[field](receipt, EVERYTHING), chinese), A5_LANDSCAPE) == []


@pytest.mark.parametrize(("kind", "large"), SIZES, ids=IDS)
def test_characters_of_every_kind_stay_inside_each_paper(kind: str, large: bool) -> None:
    long = max(named_facts(published()[kind]) - {"number"}, key=len)
    facts = dict.fromkeys(PAPER_KINDS[kind].known - {"number"}, FIFTY["all"]) | {long: EVERYTHING}
    made = printed(kind, large=large, facts=facts)
    assert outside(made, sizes_of(published()[kind].format, large=large).sheet) == []


@pytest.mark.parametrize("name", FIFTY)
def test_a_name_of_fifty_characters_stays_inside_and_touches_nothing(
    receipt: Receipt, chinese: Say, overlaps: Callable[[bytes], list[str]], name: str
) -> None:
    for put in RECEIPT_FIELDS.values():
        receipt = put(receipt, FIFTY[name])
    made = receipt_pdf(receipt, chinese)
    assert outside(made, A5_LANDSCAPE) == []
    assert overlaps(made) == []


def test_a_box_beyond_the_margin_is_noticed(receipt: Receipt, chinese: Say) -> None:
    pdf = receipt_pdf(receipt, chinese)
    assert outside(pdf, replace(A5_LANDSCAPE, side=11)) != []
    assert outside(pdf, replace(A5_LANDSCAPE, bottom=10)) != []


def outside(pdf: bytes, sheet: Format) -> list[str]:
    """Each drawn box that reaches beyond the margins, as what it is and its edges in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            f"page {number}: {what} {tuple(round(edge, 2) for edge in box)}"
            for number, page in enumerate(document, 1)
            for what, box in drawn_boxes(page)
            if not is_inside(box, sheet)
        ]


def drawn_boxes(page: Any) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Left, bottom, right and top of every object and of every letter of the page, in millimetres."""
    textpage = page.get_textpage()
    for thing in page.get_objects(textpage=textpage):
        yield type(thing).__name__, tuple(edge / MM for edge in thing.get_bounds())
    for place in range(textpage.count_chars()):
        left, bottom, right, top = textpage.get_charbox(place)
        if right > left and top > bottom:
            yield "letter", (left / MM, bottom / MM, right / MM, top / MM)


def is_inside(box: tuple[float, ...], sheet: Format) -> bool:
    """Whether the box lies within the margins of the sheet."""
    left, bottom, right, top = box
    across = left >= sheet.side - HAIR and right <= sheet.width - sheet.side + HAIR
    return across and bottom >= sheet.bottom - HAIR and top <= sheet.height - sheet.top + HAIR
