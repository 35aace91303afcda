"""The days of a year as its picture shows them: worked or not, and which the notice has moved."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from station_desk.catalogue.calendar import SATURDAY, CalendarYear, working_calendar

DayKind = Literal["work", "weekend", "rest", "moved_work"]
"""An ordinary working day, an ordinary weekend, a weekday off, a Saturday or Sunday that is worked."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `differs` when the other year that it is held against has it otherwise."""

    number: int
    weekday: int
    kind: DayKind
    differs: bool = False


def months_of(year: CalendarYear, other: CalendarYear | None = None) -> tuple[tuple[Day, ...], ...]:
    """The twelve months; `other` is what was known of the year before."""
    return tuple(tuple(_days(year, other, month)) for month in range(1, 13))


def counts_of(year: CalendarYear) -> dict[DayKind, int]:
    """How many days there are of each kind."""
    days = [day for month in months_of(year) for day in month]
    kinds: tuple[DayKind, ...] = ("work", "weekend", "rest", "moved_work")
    return {kind: sum(day.kind == kind for day in days) for kind in kinds}


def kind_of(year: CalendarYear, day: date) -> DayKind:
    """What a day of the year is."""
    works = working_calendar([year]).is_working(day)
    if day.weekday() < SATURDAY:
        return "work" if works else "rest"
    return "moved_work" if works else "weekend"


def _days(year: CalendarYear, other: CalendarYear | None, month: int) -> Iterator[Day]:
    calendar = working_calendar([year])
    before = working_calendar([other]) if other else None
    first, last = monthrange(year.year, month)
    for number in range(1, last + 1):
        day = date(year.year, month, number)
        differs = before is not None and before.is_working(day) != calendar.is_working(day)
        yield Day(number, (first + number - 1) % 7, kind_of(year, day), differs)
