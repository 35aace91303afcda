"""A day is closed by two different people, in the log; days that were not are told."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
import zxingcpp

from station_desk.cases.staff import Acting
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.care import print_closing
from station_desk.counter.checks import check_against_paper
from station_desk.counter.closing_day import (
    CloseDay,
    ConfirmYourself,
    DayToCome,
    NamesNeeded,
    NotOfStation,
    SamePerson,
    close_day_now,
    closing_of,
    unclosed_days,
)
from station_desk.counter.day_close import close_of
from station_desk.counter.day_papers import closing_pdf
from station_desk.counter.desk import Desk
from station_desk.counter.report_words import gap_words
from station_desk.counter.staff.accounts import AddMember, add_member
from station_desk.store.verify import verify_deep
from tests.store.conftest import TestClock
from tests.store.staffed import CLERK, HANDS, HEAD, acting_as, staffed

pypdfium2: Any = import_module("pypdfium2")
Fresh = Callable[[], str]


def test_two_people_close_a_day_and_the_log_says_so(
    desk: Desk, fresh: Fresh, pension: Application, clock: TestClock
) -> None:
    accept(desk, pension, fresh())
    today = clock().date()
    clock.wait(days=1)
    assert unclosed_days(desk) == [today]
    told = close_day_now(desk, CloseDay(today.isoformat(), "王站长"), fresh()).answer
    assert (told.closed_by, told.confirmed_by, told.gaps) == ("陈立新", "王站长", 1)
    assert unclosed_days(desk) == []
    assert closing_of(desk, today) == told
    assert check_against_paper(desk, told.code) == []
    assert verify_deep(desk.store, lambda _done, _total: None) == []


def test_one_person_alone_closes_nothing(desk: Desk, fresh: Fresh, clock: TestClock) -> None:
    today = clock().date().isoformat()
    for typed in (" 陈立新 ", "陈 立新", "陈\u200b立新", "陈·立新"):
        with pytest.raises(SamePerson):
            close_day_now(desk, CloseDay(today, typed), fresh())
    with pytest.raises(NamesNeeded):
        close_day_now(desk, CloseDay(today), fresh())
    with pytest.raises(DayToCome):
        close_day_now(desk, CloseDay("2026-11-21", "王站长"), fresh())
    add_member(desk, AddMember("王站长", "head"), "river-lamp-oak", fresh(), HANDS)
    head = replace(desk, acting=Acting("王站长", "head"))
    assert close_day_now(head, CloseDay(today), fresh()).answer.confirmed_by == "王站长"


def test_with_accounts_nobody_confirms_in_the_name_of_another(
    desk: Desk, fresh: Fresh, clock: TestClock
) -> None:
    today = clock().date().isoformat()
    staffed(desk, HEAD, CLERK)
    head = acting_as(desk, HEAD)
    for wish, refused in (
        (CloseDay(today, closed_by=HEAD), SamePerson),
        (CloseDay(today, CLERK, closed_by=HEAD), ConfirmYourself),
        (CloseDay(today, closed_by="王站长"), NotOfStation),
    ):
        with pytest.raises(refused):
            close_day_now(head, wish, fresh())
    assert closing_of(desk, clock().date()) is None
    told = close_day_now(head, CloseDay(today, closed_by=CLERK), fresh()).answer
    assert (told.closed_by, told.confirmed_by) == (CLERK, HEAD)
    assert desk.store.read("SELECT actor FROM events WHERE kind = 'day.closed'") == [(HEAD,)]


def test_a_repeated_command_closes_once_and_a_day_may_be_closed_again(
    desk: Desk, fresh: Fresh, pension: Application, clock: TestClock
) -> None:
    wish = CloseDay(clock().date().isoformat(), "王站长")
    first = close_day_now(desk, wish, "close").answer
    assert close_day_now(desk, wish, "close").answer == first
    accept(desk, pension, fresh())
    second = close_day_now(desk, wish, fresh()).answer
    assert second.code != first.code
    assert closing_of(desk, clock().date()) == second


def test_the_sheet_carries_the_end_of_the_log_and_who_answers(
    desk: Desk, fresh: Fresh, pension: Application, clock: TestClock
) -> None:
    accept(desk, pension, fresh())
    today = clock().date()
    told = close_day_now(desk, CloseDay(today.isoformat(), "王站长"), fresh()).answer
    close = close_of(desk, today)
    assert "陈立新" in gap_words(close.gaps[0], desk.texts)
    page = pypdfium2.PdfDocument(closing_pdf(desk, close))[0]
    words = page.get_textpage().get_text_range()
    assert "结账：陈立新，复核：王站长" in words
    assert "（经办：陈立新）" in words
    found = [one.text for one in zxingcpp.read_barcodes(page.render(scale=4).to_pil())]
    assert told.code in found
    assert "已打印" in print_closing(desk, today.isoformat())
