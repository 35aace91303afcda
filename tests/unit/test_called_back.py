"""What the head writes about a call is read strictly: what was done, a day that can be, nobody's number."""

from datetime import date

import pytest

from station_desk.cases.called_back import (
    MOST_DONE,
    DayNotFit,
    NotSaidWhatWasDone,
    SaidTooLong,
    SaysWhoItWas,
    read_day,
    read_done,
)
from station_desk.core.errors import RuleError

RATED_AT = "2026-11-20T12:00:00+08:00"
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", NotSaidWhatWasDone),
        (" \n\t\u3000", NotSaidWhatWasDone),
        ("好" * (MOST_DONE + 1), SaidTooLong),
        ("已\u202e回访", SaidTooLong),
        ("已\x00回访", SaidTooLong),
        ("已拨打 138 0013 8000", SaysWhoItWas),
        ("13800138000", SaysWhoItWas),
        ("身份证 11010519491231002X", SaysWhoItWas),
        ("电话 010-5555-0123", SaysWhoItWas),
    ],
)
def test_what_says_nothing_too_much_or_who_it_was_is_refused(typed: str, why: type[RuleError]) -> None:
    with pytest.raises(why):
        read_done(typed)


@pytest.mark.parametrize(
    "typed", ["已致歉", "2026-11-23 14:30 上门说明", "补发 3 份材料，共 120 元", "a" * MOST_DONE]
)
def test_what_was_done_is_kept_as_it_was_written(typed: str) -> None:
    assert read_done(f"  {typed}\n") == typed


@pytest.mark.parametrize(
    "typed", ["明天", "2026-11-24", "2026-11-19", "2026-13-01", "20.11.2026", "9" * 5000, "0000-00-00"]
)
def test_a_day_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(DayNotFit):
        read_day(typed, RATED_AT, TODAY)


def test_the_day_of_the_call() -> None:
    assert read_day("", RATED_AT, TODAY) == "2026-11-23"
    assert read_day(" 2026-11-20 ", RATED_AT, TODAY) == "2026-11-20"
    # A PC whose clock is behind the day of the rating can still answer.
    assert read_day("", RATED_AT, date(2026, 11, 1)) == "2026-11-01"
