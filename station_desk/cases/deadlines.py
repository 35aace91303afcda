"""By which day a case must be done: working days of the official calendar, calendar days, hours, clock stops.

The day of the act does not count (Civil Code art. 201); working days leave out the statutory holidays
(Administrative Licensing Law art. 82); a period of calendar days that ends on a rest day moves to the next
working day (Civil Code art. 203). A clock that stops counts the day of the stop; the days after it up to and
including the day of resumption do not count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.catalogue.item import Unit

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """A time that does not count, from `start` until `end`; None while it lasts."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, and the moment for limits in hours; provisional when a calendar year was not official."""

    day: date
    moment: datetime | None = None
    provisional: bool = False


def due(
    calendar: WorkingCalendar, start: datetime, limit: int, unit: Unit, stops: Sequence[Stop] = ()
) -> Due:
    """When `limit` units from `start` end, the `stops` left out. A limit of 0 days ends on the same day.

    Raises ValueError for a stop that still lasts: while the clock stands there is no due day.
    """
    if any(stop.end is None for stop in stops):
        raise ValueError("a clock that stands has no due day")
    if unit == "h":
        return _due_in_hours(calendar, start, limit, stops)
    last = start.date()
    counted = 0
    provisional = calendar.is_provisional(last) and limit > 0
    for day in _days_after(start.date()):
        if counted == limit:
            break
        last = day
        provisional = provisional or calendar.is_provisional(day)
        counted += _counts(calendar, day, unit, stops)
    if unit == "cd" and limit:
        last = next_working_day(calendar, last)
    return Due(last, provisional=provisional or calendar.is_provisional(last))


def working_days_between(calendar: WorkingCalendar, after: date, until: date) -> int:
    """How many working days lie after `after` up to and including `until`; negative when `until` is past."""
    if until < after:
        return -working_days_between(calendar, until, after)
    return sum(calendar.is_working(after + DAY * n) for n in range(1, (until - after).days + 1))


def next_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The day itself when it is a working day, else the first working day after it."""
    while not calendar.is_working(day):
        day += DAY
    return day


def _counts(calendar: WorkingCalendar, day: date, unit: Unit, stops: Sequence[Stop]) -> bool:
    if any(stop.start.date() < day and stop.end is not None and day <= stop.end.date() for stop in stops):
        return False
    return unit == "cd" or calendar.is_working(day)


def _due_in_hours(calendar: WorkingCalendar, start: datetime, limit: int, stops: Sequence[Stop]) -> Due:
    end = start + timedelta(hours=limit)
    for stop in stops:
        if stop.end is not None and stop.start <= end:
            end += stop.end - stop.start
    return Due(end.date(), end, calendar.is_provisional(end.date()))


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += DAY
        yield day
