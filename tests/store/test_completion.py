"""What a one-time notice asked for comes in one after the other, and the rest stays asked for, everywhere."""

from collections.abc import Callable

import msgspec
import pytest

from station_desk.cases.permits import AlreadyAccepted
from station_desk.cases.trace import Trace, fold
from station_desk.counter.application import Application
from station_desk.counter.completion import (
    DefectNotTold,
    NothingCame,
    PaperNotAsked,
    TakeMissing,
    still_asked,
    take_missing,
)
from station_desk.counter.desk import Desk
from station_desk.counter.intake import TakeOn, take_on
from station_desk.counter.one_time_notice import NoticeNow, notice_now
from station_desk.store.verify import verify_deep

Fresh = Callable[[], str]
DEFECTS = ("缴费档次：必须填写", "未到场")


@pytest.fixture
def noticed(desk: Desk, pension: Application, fresh: Fresh) -> str:
    """A case that waits for two papers and two other things."""
    lacking = msgspec.structs.replace(
        pension, materials={"id_card": "brought"}, answers={"payment_mode": "自行缴费"}
    )
    wish = NoticeNow(lacking, ("hukou", "app_form"), DEFECTS, "2026-12-04")
    return notice_now(desk, wish, fresh()).answer.number


def page_of(desk: Desk, number: str) -> Trace:
    trace: Trace | None = None
    for event, _ in desk.store.log_of(number):
        trace = fold(trace, event)
    assert trace
    return trace


def test_one_after_the_other_comes_in_until_nothing_is_left(desk: Desk, noticed: str, fresh: Fresh) -> None:
    asked = still_asked(desk, desk.store.case(noticed))
    assert [paper.key for paper in asked.papers] == ["hukou", "app_form"]
    assert (asked.defects, [fault.field for fault in asked.wrong]) == (DEFECTS, ["payment_grade"])
    assert take_missing(desk, TakeMissing(noticed, ("app_form",)), fresh()).answer.state == "noticed"
    asked = still_asked(desk, desk.store.case(noticed))
    assert [paper.key for paper in asked.papers] == ["hukou"]
    assert [words.hans for words in page_of(desk, noticed).bring] == ["居民户口簿"]
    some = TakeMissing(noticed, answers={"payment_grade": "500"}, mended=(1,))
    assert take_missing(desk, some, fresh()).answer.state == "noticed"
    case = desk.store.case(noticed)
    assert (case.defects, dict(case.answers)["payment_grade"]) == (("未到场",), "500")
    assert still_asked(desk, case).wrong == ()
    assert (
        take_missing(desk, TakeMissing(noticed, ("hukou",), mended=(1,)), fresh()).answer.state == "received"
    )
    assert page_of(desk, noticed).state == "received"
    assert take_on(desk, TakeOn(noticed), fresh()).answer.state == "processing"
    with pytest.raises(AlreadyAccepted):
        take_missing(desk, TakeMissing(noticed, ("hukou",)), fresh())
    assert verify_deep(desk.store, lambda _done, _total: None) == []


def test_all_comes_at_once(desk: Desk, noticed: str, fresh: Fresh) -> None:
    whole = TakeMissing(noticed, answers={"payment_grade": "500"}, everything=True)
    assert take_missing(desk, whole, fresh()).answer.state == "received"
    case = desk.store.case(noticed)
    assert (case.bring, case.defects) == ((), ())
    assert take_on(desk, TakeOn(noticed), fresh()).answer.state == "processing"


def test_what_was_not_asked_for_is_not_taken(desk: Desk, noticed: str, fresh: Fresh) -> None:
    with pytest.raises(NothingCame):
        take_missing(desk, TakeMissing(noticed), fresh())
    with pytest.raises(PaperNotAsked):
        take_missing(desk, TakeMissing(noticed, ("id_card",)), fresh())
    with pytest.raises(DefectNotTold):
        take_missing(desk, TakeMissing(noticed, mended=(3,)), fresh())
    assert desk.store.case(noticed).state == "noticed"
