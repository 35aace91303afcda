"""Rules for the working calendar: only days that differ, each in its year, each once."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from station_desk.catalogue.calendar import SATURDAY, CalendarYear, working_calendar, working_days_of
from station_desk.catalogue.fault import Fault, FaultCode, Place

ALWAYS_HOLIDAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Month and day of the holidays of every year (State Council, Regulation on Public Holidays, art. 2)."""

LIKELY_YEARS = range(2000, 2100)
"""Years whose holidays follow the regulation in its present shape; others are slips of the pen."""

OFFICIAL_NEEDS = ("number", "notice", "working_days")
"""What an official year must say when a station enters it: where it comes from, what it comes to."""


def calendar_faults(year: CalendarYear, file: str) -> Iterator[Fault]:
    """What is wrong in one file of `calendar/`, which is named after its year."""
    name = PurePosixPath(file)
    if name.stem != str(year.year):
        yield Fault(("year",), "year_not_file", {"found": year.year, "file": name.name})
    named = int(name.stem) if name.stem.isdecimal() else year.year
    yield from _day_faults("rest_weekdays", year.rest_weekdays, named)
    yield from _day_faults("work_weekends", year.work_weekends, named)
    if named in LIKELY_YEARS:
        yield from _holiday_faults(year, named)
        yield from _sum_faults(year, named)
    else:
        values = {"found": year.year, "first": LIKELY_YEARS[0], "last": LIKELY_YEARS[-1]}
        yield Fault(("year",), "year_unlikely", values)


def entered_faults(year: CalendarYear) -> Iterator[Fault]:
    """What is wrong in a year that a station enters from a file of any name."""
    yield from calendar_faults(year, f"{year.year}.toml")
    if year.status == "official":
        for key in OFFICIAL_NEEDS:
            if not getattr(year, key):
                yield Fault(("status",), "missing_key", {"key": key, "where": ""})


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


def _holiday_faults(year: CalendarYear, named: int) -> Iterator[Fault]:
    calendar = working_calendar([year])
    for month, day in ALWAYS_HOLIDAYS:
        holiday = date(named, month, day)
        if calendar.is_working(holiday):
            key = "rest_weekdays" if holiday.weekday() < SATURDAY else "work_weekends"
            rests_on: tuple[Place, ...] = (("rest_weekdays",), ("work_weekends",), ("year",))
            yield Fault((key,), "holiday_works", {"day": holiday.isoformat()}, rests_on)


def _sum_faults(year: CalendarYear, named: int) -> Iterator[Fault]:
    if year.working_days is None:
        return
    counted = working_days_of(working_calendar([year]), named)
    if counted != year.working_days:
        values = {"stated": year.working_days, "counted": counted}
        yield Fault(("working_days",), "working_days_differ", values, rests_on=((),))
