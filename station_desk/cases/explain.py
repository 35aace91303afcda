"""Why a case is due on that day: which days counted, which did not, and why each did not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from typing import Literal, TypeVar

from station_desk.cases.deadlines import (
    Due,
    Stop,
    counted_days,
    due,
    open_years,
    standing_days,
    stands_on,
    waits,
)
from station_desk.catalogue.calendar import DAY, SATURDAY, WorkingCalendar
from station_desk.catalogue.item import Unit

Reason = Literal["weekend", "holiday", "local", "stop", "moved"]
"""A weekend; a rest by the year's notice, with the weekend it adjoins; the station's own rest day; a clock
that stood; days after a period of calendar days that ended on a rest day (Civil Code art. 203).
"""
Why = tuple[Reason, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Skipped:
    """Days in a row that did not count, for one reason. `year` names the notice of a holiday, else 0."""

    reason: Reason
    year: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Held:
    """A stop that held up a limit in hours, and by how much of its time."""

    start: datetime
    length: timedelta


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a due day came about.

    For days, `counted` and `skipped` together hold each day after the start up to and including the due day
    once; `make_up` are the counted working days that are Saturdays or Sundays. For hours both are empty and
    `held` says what the stops cost. `provisional_years` have no notice yet.
    """

    start: datetime
    limit: int
    unit: Unit
    due: Due
    counted: tuple[Days, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    make_up: tuple[date, ...] = ()
    held: tuple[Held, ...] = ()
    provisional_years: tuple[int, ...] = ()


def explain(
    calendar: WorkingCalendar, start: datetime, limit: int, unit: Unit, stops: Sequence[Stop] = ()
) -> Explanation:
    """Why `due` of the same answers as it does. Raises ValueError for a stop that still lasts."""
    when = due(calendar, start, limit, unit, stops)
    provisional = open_years(calendar, start.date(), when.day)
    if unit == "h":
        lengths = zip(sorted(stops, key=lambda stop: stop.start), waits(start, limit, stops), strict=True)
        held = tuple(Held(max(stop.start, start), length) for stop, length in lengths if length)
        return Explanation(start, limit, unit, when, held=held, provisional_years=provisional)
    counted = tuple(islice(counted_days(calendar, start.date(), unit, stops), limit))
    why = _reasons(calendar, counted[-1] if counted else when.day, stops)
    known = frozenset(counted)
    left_out = [day for day in _days(start.date() + DAY, when.day) if day not in known]
    return Explanation(
        start, limit, unit, when,
        counted=tuple(Days(first, last) for _, first, last in _in_a_row(counted, lambda _: ())),
        skipped=tuple(Skipped(*said, first, last) for said, first, last in _in_a_row(left_out, why)),
        make_up=tuple(day for day in counted if unit == "wd" and day.weekday() >= SATURDAY),
        provisional_years=provisional,
    )  # fmt: skip


def _reasons(calendar: WorkingCalendar, end: date, stops: Sequence[Stop]) -> Callable[[date], Why]:
    """Says of a day that was left out why, where the last counted day is `end`."""
    standing = standing_days(stops)

    def why(day: date) -> Why:
        if day > end:
            return "moved", 0
        if stands_on(standing, day):
            return "stop", 0
        if calendar.closes_here_only(day):
            return "local", 0
        year = calendar.holiday_year(day)
        return ("holiday", year) if year else ("weekend", 0)

    return why


def _in_a_row(days: Iterable[date], said: Callable[[date], T]) -> Iterator[tuple[T, date, date]]:
    """Days of which the same is said, as runs: what is said, the first day, the last."""
    # In a row the number of the day and its place grow together, so that their difference stays.
    placed = ((day.toordinal() - place, said(day), day) for place, day in enumerate(days))
    for (_, what), run in groupby(placed, key=lambda one: one[:2]):
        row = [day for *_, day in run]
        yield what, row[0], row[-1]


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * n for n in range((last - first).days + 1))
