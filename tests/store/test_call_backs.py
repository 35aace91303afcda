"""The head's list of call-backs at a counter: urgent first, answered once, and nothing for the clerk."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from station_desk.cases.staff import NOBODY, Acting
from station_desk.core.errors import DeskError
from station_desk.counter.call_backs import (
    AnswerCallBack,
    AnsweredBefore,
    NoSuchCallBack,
    answer_call_back,
    call_backs,
    grade_words,
    urgency_words,
    waiting_call_backs,
    waiting_words,
)
from station_desk.counter.desk import Desk, NotAllowed
from station_desk.protocol.messages import VERSION, CallBack, CallBacks
from station_desk.store.call_backs import TOLD, DeskCallBacks
from station_desk.store.verify import verify_deep
from tests.store.conftest import TestClock

Fresh = Callable[[], str]
RATED_AT = "2026-11-19T12:00:00+08:00"
DONE = "已上门说明，居民表示满意"


def case(number: str, mend_by: str = "2026-12-11", grade: str = "poor") -> CallBack:
    return CallBack(number, grade, ("slow", "fee"), RATED_AT, mend_by)


def tell(desk: Desk, *listed: CallBack, count: int = 0) -> None:
    """What the district tells with the next sync."""
    DeskCallBacks(desk.store).keep(CallBacks(VERSION, f"{len(listed)}", count or len(listed), listed))


def test_urgent_first_and_what_is_overdue_is_said(desk: Desk, clock: TestClock) -> None:
    assert call_backs(desk) == ()
    assert waiting_words(waiting_call_backs(desk), desk.texts) == ""
    tell(desk, case("A", "2026-11-19"), case("B", "2026-11-22"), case("C"), case("D", grade="worst"), count=9)
    rows = call_backs(desk)
    assert [(row.number, row.urgency) for row in rows] == [
        ("A", "overdue"), ("B", "soon"), ("C", "ok"), ("D", "ok"),
    ]  # fmt: skip
    waits = waiting_call_backs(desk)
    assert (waits.open, waits.overdue, waits.first) == (9, 1, "2026-11-19")
    assert "超期" in waiting_words(waits, desk.texts)
    assert "超期" in urgency_words(rows[0], desk.texts)
    assert grade_words(rows[3], desk.texts).startswith("worst"), "a newer district has other grades"


def test_an_answer_is_kept_once_and_never_for_what_was_not_asked(desk: Desk, fresh: Fresh) -> None:
    tell(desk, case("A"), case("B"))
    for number in ("", "C", "A B", "../../etc", "x" * 5000):
        with pytest.raises(NoSuchCallBack):
            answer_call_back(desk, AnswerCallBack(number, DONE), fresh())
    wish = AnswerCallBack(" A ", DONE)
    first = answer_call_back(desk, wish, "one").answer
    assert answer_call_back(desk, wish, "one").answer == first
    with pytest.raises(AnsweredBefore):
        answer_call_back(desk, AnswerCallBack("A", "再次"), fresh())
    assert [(row.number, row.urgency) for row in call_backs(desk)] == [("B", "ok"), ("A", "sending")]
    assert waiting_call_backs(desk).open == 1
    tell(desk, case("B"))
    assert [(row.number, row.urgency, row.done) for row in call_backs(desk)][1:] == [("A", "answered", DONE)]
    with pytest.raises(AnsweredBefore):
        answer_call_back(desk, AnswerCallBack("A", "再次"), fresh())
    # A district that lost the first rating has another one of the same case: that one is open.
    tell(desk, CallBack("A", "very_poor", (), "2026-11-20T09:00:00+08:00", "2026-12-11"))
    answer_call_back(desk, AnswerCallBack("A", "再次回访"), fresh())
    assert [row.done for row in call_backs(desk)] == ["再次回访"]
    assert verify_deep(desk.store, lambda _done, _total: None) == []


def test_the_clerk_sees_neither_the_list_nor_the_answer(desk: Desk, fresh: Fresh) -> None:
    tell(desk, case("A"))
    answer_call_back(desk, AnswerCallBack("A", DONE), fresh())
    for acting in (Acting("陈立新", "clerk"), Acting("审计", "auditor"), NOBODY):
        clerk = replace(desk, acting=acting)
        with pytest.raises(DeskError):
            call_backs(clerk)
        with pytest.raises(DeskError):
            answer_call_back(clerk, AnswerCallBack("A", DONE), fresh())
        assert waiting_call_backs(clerk).open == 0
    with pytest.raises(NotAllowed):
        call_backs(replace(desk, acting=Acting("陈立新", "clerk")))
    assert desk.store.log_of("A") == [], "the history of the case tells nothing of it"


@pytest.mark.parametrize("broken", ["", "{", '{"version":"x"}', "[]", "null"])
def test_a_list_that_cannot_be_read_is_asked_for_again(desk: Desk, broken: str) -> None:
    desk.store.set_about({TOLD: broken})
    assert call_backs(desk) == ()
    assert DeskCallBacks(desk.store).mark() == ""
