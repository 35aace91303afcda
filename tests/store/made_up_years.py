"""A calendar year made official by a notice of our own invention."""

from datetime import date

import msgspec

from station_desk.catalogue.calendar import CalendarYear, working_calendar, working_days_of
from station_desk.counter.desk import Desk

NUMBER = "测发〔2026〕1号"


def made_up(year: CalendarYear, *, rest: str, work: str) -> CalendarYear:
    """The year with a bridge day and its make-up day, as an official notice of our own invention has them."""
    official = msgspec.structs.replace(
        year, status="official", number=NUMBER, notice=date(2026, 11, 10), source="made up for this test",
        rest_weekdays=(*year.rest_weekdays, date.fromisoformat(rest)),
        work_weekends=(date.fromisoformat(work),),
    )  # fmt: skip
    return msgspec.structs.replace(
        official, working_days=working_days_of(working_calendar([official]), official.year)
    )


def year_2027(desk: Desk) -> CalendarYear:
    """2027 with Monday 4 January off and Saturday 9 January worked."""
    known = desk.calendar.year(2027)
    assert known is not None
    return made_up(known, rest="2027-01-04", work="2027-01-09")


def quiet(done: int, total: int) -> None:
    assert 0 <= done <= total
