"""The queue ticket says the same on a thermal printer and as PDF, on both widths, and never a name."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest

from station_desk.catalogue.item import LANGUAGES
from station_desk.printing.pictures import page_sizes
from station_desk.printing.proof import codes_on
from station_desk.printing.slip import ROLLS, Roll
from station_desk.printing.ticket import QueueTicket, TicketWords, ticket_bytes, ticket_pdf
from tests.paper.every_paper import ticket_words
from tests.paper.thermal import Cut, Drawing, QrCode, Text, read_slip, texts_of

pypdfium2: Any = import_module("pypdfium2")

URL = "https://banshi.qingshi.gov.cn/guide/SA-001"
POINTS_A_MM = 72 / 25.4
Read = Callable[[bytes], list[str]]
each_roll = pytest.mark.parametrize("roll", ROLLS.values(), ids=ROLLS)


@pytest.fixture(params=LANGUAGES)
def say(request: pytest.FixtureRequest) -> TicketWords:
    """The words of the ticket in each language in turn."""
    return ticket_words(request.param)


@pytest.fixture
def chinese() -> TicketWords:
    return ticket_words("zh-Hans")


@pytest.fixture
def ticket() -> QueueTicket:
    return QueueTicket(
        station="青石桥社区公共服务站", number="A012", item_class="社会救助（民政）", counter="2",
        before=3, minutes=25, printed_at=datetime.fromisoformat("2026-11-20T09:41"),
        priority="高龄优先", guide_url=URL,
    )  # fmt: skip


@each_roll
def test_the_thermal_ticket_says_each_field(ticket: QueueTicket, roll: Roll, chinese: TicketWords) -> None:
    seen = read_slip(ticket_bytes(ticket, roll, "gb18030", chinese))
    lines = [" ".join(text.split()) for text in texts_of(seen)]
    assert lines[:1] == ["青石桥社区公共服务站"]
    for expected in (
        "A012", "社会救助（民政）", "【高龄优先】", "前面等候 3 人", "预计等候 约 25 分钟",
        "办理窗口 2 号窗口", "打印时间 2026-11-20 09:41", "扫码看办事指南", "banshi.qingshi.gov.cn",
    ):  # fmt: skip
        assert expected in lines
    assert [part for part in seen if isinstance(part, QrCode)] == [QrCode(URL, 6, "M")]
    assert seen[-1] == Cut()


@each_roll
def test_the_number_is_by_far_the_largest(ticket: QueueTicket, roll: Roll, chinese: TicketWords) -> None:
    texts = [
        part for part in read_slip(ticket_bytes(ticket, roll, "gb18030", chinese)) if isinstance(part, Text)
    ]
    sizes = {text.text: text.width for text in texts}
    assert sizes.pop("A012") == 8
    assert max(sizes.values()) <= 2


@each_roll
def test_the_pdf_says_the_same_on_one_page_of_the_rolls_width(
    ticket: QueueTicket, roll: Roll, say: TicketWords, text_of: Read
) -> None:
    (page,) = text_of(pdf := ticket_pdf(ticket, roll, say))
    thermal = texts_of(read_slip(ticket_bytes(ticket, roll, "gb18030", say)))
    assert plain("".join(thermal)).replace("-" * roll.columns, "") == plain(page)
    assert codes_on(pdf) == [(1, "QR Code", URL)]
    ((width, height),) = page_sizes(pdf)
    assert round(width / POINTS_A_MM) == roll.millimetres
    assert 100 < height / POINTS_A_MM < 180


@each_roll
@pytest.mark.parametrize("length", [10, 60, 100])
def test_nothing_sticks_out_or_overlaps(
    ticket: QueueTicket, roll: Roll, say: TicketWords, overlaps: Read, length: int
) -> None:
    long = replace(ticket, station="青石桥" * (length // 3), counter="综合窗口" * (length // 4))
    long = replace(
        long, item_class="Floating population, and residence (民政)" * (length // 30 + 1), number="A1000"
    )
    pdf = ticket_pdf(long, roll, say)
    assert overlaps(pdf) == []
    assert outside(pdf, roll) == []
    texts = [part for part in read_slip(ticket_bytes(long, roll, "gb18030", say)) if isinstance(part, Text)]
    assert all(text.places <= roll.columns for text in texts)


def test_what_is_not_known_is_not_guessed(ticket: QueueTicket, chinese: TicketWords) -> None:
    plain_one = replace(ticket, minutes=None, priority="", guide_url=None, item_class="")
    lines = said_of(plain_one, chinese)
    assert "预计等候 叫号后可估" in lines
    assert "专项事项" in lines
    assert not any("优先" in line or "扫码" in line or "分钟" in line for line in lines)
    assert "预计等候 下一位" in said_of(replace(plain_one, before=0, minutes=0), chinese)


def test_the_same_ticket_gives_the_same_bytes(ticket: QueueTicket, chinese: TicketWords) -> None:
    for roll in ROLLS.values():
        assert ticket_pdf(ticket, roll, chinese) == ticket_pdf(ticket, roll, chinese)
        assert ticket_bytes(ticket, roll, "none", chinese) == ticket_bytes(ticket, roll, "none", chinese)


def test_a_printer_without_chinese_letters_gets_pictures(ticket: QueueTicket, chinese: TicketWords) -> None:
    seen = read_slip(ticket_bytes(ticket, ROLLS["58mm"], "none", chinese))
    assert sum(isinstance(part, Drawing) for part in seen) > 8
    assert all(text.isascii() for text in texts_of(seen))
    assert all(part.image.width <= 384 for part in seen if isinstance(part, Drawing))


def test_there_is_no_place_for_a_name_on_a_ticket() -> None:
    assert {field.name for field in fields(QueueTicket)} == {
        "station", "number", "item_class", "counter", "before", "minutes", "printed_at", "priority",
        "guide_url",
    }  # fmt: skip


def said_of(ticket: QueueTicket, say: TicketWords) -> list[str]:
    texts = texts_of(read_slip(ticket_bytes(ticket, ROLLS["80mm"], "gb18030", say)))
    return [" ".join(text.split()) for text in texts]


def plain(text: str) -> str:
    return "".join(text.split())


def outside(pdf: bytes, roll: Roll) -> list[str]:
    """The words that reach into the white at the edges."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        side = (roll.millimetres - roll.dots / 8) / 2 * POINTS_A_MM
        width, height = page.get_size()
        found = []
        for thing in page.get_objects(textpage=page.get_textpage()):
            left, bottom, right, top = thing.get_bounds()
            if left < side - 1 or right > width - side + 1 or bottom < 0 or top > height:
                found.append(f"{left:.0f}-{right:.0f}, {bottom:.0f}-{top:.0f}")
        return found
