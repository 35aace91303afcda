"""Rules for the working calendar: only days that differ, each in its year, each once."""

from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from station_desk.catalogue.calendar import SATURDAY, CalendarYear, working_calendar
from station_desk.catalogue.fault import Fault, FaultCode, Place


def calendar_faults(year: CalendarYear, file: str) -> Iterator[Fault]:
    """What is wrong in one file of `calendar/`, which is named after its year."""
    name = PurePosixPath(file)
    if name.stem != str(year.year):
        yield Fault(("year",), "year_not_file", {"found": year.year, "file": name.name})
    named = int(name.stem) if name.stem.isdecimal() else year.year
    yield from _day_faults("rest_weekdays", year.rest_weekdays, named)
    yield from _day_faults("work_weekends", year.work_weekends, named)
    yield from _sum_faults(year, named)


def _day_faults(key: str, days: tuple[date, ...], year: int) -> Iterator[Fault]:
    wrong_side: FaultCode = "rest_not_weekday" if key == "rest_weekdays" else "work_not_weekend"
    for index, day in enumerate(days):
        place: Place = (key, index)
        values = {"day": day.isoformat(), "year": year}
        if (day.weekday() < SATURDAY) == (key == "work_weekends"):
            yield Fault(place, wrong_side, values)
        if day.year != year:
            yield Fault(place, "day_other_year", values, rests_on=(place, ("year",)))
        if day in days[:index]:
            yield Fault(place, "day_twice", values)


def _sum_faults(year: CalendarYear, named: int) -> Iterator[Fault]:
    if year.working_days is None or not date.min.year < named < date.max.year:
        return
    calendar = working_calendar([year])
    days = (date(named, 1, 1) + timedelta(days=n) for n in range(366 if isleap(named) else 365))
    counted = sum(map(calendar.is_working, days))
    if counted != year.working_days:
        values = {"stated": year.working_days, "counted": counted}
        yield Fault(("working_days",), "working_days_differ", values, rests_on=((),))
