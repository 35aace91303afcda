"""By which day a case must be done: working days of the official calendar, calendar days, hours, clock stops.

The day of the act does not count (Civil Code art. 201); working days leave out the statutory holidays
(Administrative Licensing Law art. 82); a period of calendar days that ends on a rest day moves to the next
working day (Civil Code art. 203). A clock that stops counts the day of the stop; the days after it up to and
including the day of resumption do not count. Hours run day and night, the stops left out to the second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from station_desk.catalogue.calendar import DAY, WorkingCalendar
from station_desk.catalogue.item import Unit


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
    """When `limit` units from `start` end, the `stops` left out. A limit of 0 ends where it starts.

    Stops may overlap and come in any order. Raises ValueError for a stop that still lasts: while the clock
    stands there is no due day.
    """
    if unit == "h":
        end = start + timedelta(hours=limit) + sum(waits(start, limit, stops), timedelta())
        return Due(end.date(), end, bool(open_years(calendar, start.date(), end.date())))
    last = (start.date(), *islice(counted_days(calendar, start.date(), unit, stops), limit))[-1]
    if unit == "cd" and limit:
        last = next_working_day(calendar, last)
    return Due(last, provisional=bool(open_years(calendar, start.date(), last)))


def counted_days(calendar: WorkingCalendar, after: date, unit: Unit, stops: Sequence[Stop]) -> Iterator[date]:
    """The days after a day that count, without end: of "wd" the working days, of "cd" all."""
    standing = standing_days(stops)
    day = after
    while True:
        day += DAY
        if (unit == "cd" or calendar.is_working(day)) and not stands_on(standing, day):
            yield day


def standing_days(stops: Sequence[Stop]) -> tuple[tuple[date, date], ...]:
    """Per stop the day of the stop, which still counts, and the last day that does not."""
    return tuple((stop.start.date(), _end(stop).date()) for stop in stops)


def stands_on(standing: Sequence[tuple[date, date]], day: date) -> bool:
    """Whether the clock stands on a day, so that it does not count."""
    return any(stopped < day <= resumed for stopped, resumed in standing)


def waits(start: datetime, limit: int, stops: Sequence[Stop]) -> tuple[timedelta, ...]:
    """How long each stop holds up a limit in hours; a stop after the end holds up nothing."""
    end = start + timedelta(hours=limit)
    reached = start
    held = []
    for stop in sorted(stops, key=lambda stop: stop.start):
        begin = max(stop.start, reached)
        held.append(max(_end(stop) - begin, timedelta()) if begin < end else timedelta())
        reached = max(reached, _end(stop))
        end += held[-1]
    return tuple(held)


def open_years(calendar: WorkingCalendar, first: date, last: date) -> tuple[int, ...]:
    """The years between two days that have no notice yet."""
    years = range(first.year, last.year + 1)
    return tuple(year for year in years if year not in calendar.official_years)


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


def _end(stop: Stop) -> datetime:
    if stop.end is None:
        raise ValueError("a clock that stands has no due day")
    return stop.end
