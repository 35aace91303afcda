"""What the paper tests share: a receipt as a station prints it, and ways to read a PDF back."""

import ctypes
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from typing import Any

import pytest

from station_desk.cases.number import CaseNumber
from station_desk.core import paths
from station_desk.core.clock import moment
from station_desk.core.texts import LANGUAGES, Say, Texts
from station_desk.printing.letterhead import Edition, Matter, Promise, Station
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage
from station_desk.protocol.receipt_code import signed_code

pypdfium2: Any = import_module("pypdfium2")
pypdfium2_raw: Any = import_module("pypdfium2.raw")

NUMBER = "QSQ001-261120-02-0031-K"
PROOF = signed_code(
    "7b" * 32, CaseNumber("QSQ001", date(2026, 11, 20), "02", 31), moment("2026-11-20T10:42+08:00")
)


@pytest.fixture(params=LANGUAGES)
def say(request: pytest.FixtureRequest) -> Say:
    """The texts of each language of the house in turn."""
    return Texts(paths.RESOURCES / "i18n", request.param)


@pytest.fixture
def chinese() -> Say:
    """The texts in simplified Chinese."""
    return Texts(paths.RESOURCES / "i18n", "zh-Hans")


@pytest.fixture
def station() -> Station:
    return Station(name="青石桥社区公共服务站", address="青石桥路 18 号", phone="010-5555 0123")


@pytest.fixture
def matter() -> Matter:
    return Matter(
        number=NUMBER,
        item="最低生活保障申请",
        kind="承诺件",
        applicant="王*兰",
        identity="1101**********002X",
        accepted_at=datetime.fromisoformat("2026-11-20T10:42"),
        counter="2",
        clerk="陈立新",
        promise=Promise(due=date(2026, 12, 16), limit=18, unit="wd", provisional=False),
    )


@pytest.fixture
def edition() -> Edition:
    return Edition(name="2026.11", digest="3f9a1c0d77aa51e2")


@pytest.fixture
def receipt(station: Station, matter: Matter, edition: Edition) -> Receipt:
    return Receipt(
        station=station,
        matter=matter,
        collect="到窗口领取，凭本回执和身份证",
        fee="不收费",
        materials=(
            ReceivedMaterial("居民身份证", "原件核验", 0),
            ReceivedMaterial("户口簿", "原件核验、复印件", 1),
            ReceivedMaterial("家庭经济状况核对授权书", "原件", 2),
        ),
        stages=(Stage("受理", done=True), Stage("入户调查", done=False), Stage("办结", done=False)),
        tracking_url="https://banshi.qingshi.gov.cn/t/q9Zk3vT1mUo_xW7bRf2s8A",
        complaint_phone="010-5555 0199",
        copies=2,
        edition=edition,
        copy_no=1,
        proof=PROOF,
    )


Box = tuple[float, float, float, float]
"""Left, bottom, right, top in millimetres."""

INK_TOUCHES = 0.3
"""Millimetres by which the boxes of neighbouring letters may reach into each other."""


@pytest.fixture
def overlaps() -> Callable[[bytes], list[str]]:
    """Names all words of a PDF that touch other words or the quiet zone of a code."""

    def find(pdf: bytes) -> list[str]:
        with pypdfium2.PdfDocument(pdf) as document:
            return [hit for page in document for hit in _overlaps(_words_and_codes(page))]

    return find


@pytest.fixture
def text_of() -> Callable[[bytes], list[str]]:
    """Reads the text of each page as a search or a screen reader would."""

    def read(pdf: bytes) -> list[str]:
        with pypdfium2.PdfDocument(pdf) as document:
            return [page.get_textpage().get_text_range() for page in document]

    return read


def _words_and_codes(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    found = []
    textpage = page.get_textpage()
    for thing in page.get_objects(textpage=textpage):
        left, bottom, right, top = (edge * 25.4 / 72 for edge in thing.get_bounds())
        if _is_only_drawn(thing):
            continue
        if isinstance(thing, pypdfium2.PdfTextObj):
            found.append((thing.extract(), (left, bottom, right, top)))
        elif right - left > 20 and 20 > top - bottom > 5:
            found.append(("barcode", (left - 2.5, bottom, right + 2.5, top)))
        elif top - bottom >= 20 and right - left >= 20:
            found.append(("QR", (left - 2.5, bottom - 2.5, right + 2.5, top + 2.5)))
    return found


def _is_only_drawn(thing: Any) -> bool:
    """A line without a ground, like the ring for the seal: words may stand within it, a code has none."""
    filled, drawn = ctypes.c_int(), ctypes.c_int()
    asked = pypdfium2_raw.FPDFPath_GetDrawMode(thing.raw, ctypes.byref(filled), ctypes.byref(drawn))
    return bool(asked and drawn.value and not filled.value)


def _overlaps(things: list[tuple[str, Box]]) -> list[str]:
    return [
        f"{one} / {other}"
        for place, (one, box) in enumerate(things)
        for other, second in things[:place]
        if _touch(box, second)
    ]


def _touch(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    upright = min(one[3], other[3]) - max(one[1], other[1])
    return across > INK_TOUCHES and upright > INK_TOUCHES
