"""Which days are working days: the yearly notice of the State Council, as data in `forms/calendar/`.

The notice moves rest days and working days between weekdays and weekends; the limits of every case are
counted by it (working days leave out the statutory holidays: Administrative Licensing Law art. 82).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from station_desk.catalogue.sheet import read_content, sheet_names

YEARS = "calendar/*.toml"
SATURDAY = 5


class CalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One year of `forms/calendar/`: only the days that differ from "Monday to Friday are working days".

    `notice` is the day of the State Council's notice where known; a year is provisional until its notice is
    entered. `working_days`, where given, is the number that the year must come to.
    """

    year: int
    status: Literal["official", "provisional"]
    source: str
    rest_weekdays: tuple[date, ...]
    work_weekends: tuple[date, ...]
    notice: date | None = None
    working_days: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Answers for any day whether the station works.

    A year that has no file goes by Monday to Friday, provisionally.
    """

    official_years: frozenset[int]
    rest_weekdays: frozenset[date]
    work_weekends: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether a day (a plain date, not a datetime) is a working day."""
        if day.weekday() < SATURDAY:
            return day not in self.rest_weekdays
        return day in self.work_weekends

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for this day may still change, because its year has no notice yet."""
        return day.year not in self.official_years

    def with_rest_days(self, local: Iterable[date]) -> "WorkingCalendar":
        """The same calendar with the station's own rest days (a snow day, a local festival)."""
        days = frozenset(local)
        return replace(self, rest_weekdays=self.rest_weekdays | days, work_weekends=self.work_weekends - days)


def read_calendar(folder: Path, local_rest_days: Iterable[date] = ()) -> WorkingCalendar:
    """The calendar of all years in `folder`/calendar, where `folder` is `forms/`. Raises BrokenForm."""
    return working_calendar(read_years(folder)).with_rest_days(local_rest_days)


def read_years(folder: Path) -> tuple[CalendarYear, ...]:
    """The years in `folder`/calendar as they are published. Raises BrokenForm."""
    return tuple(read_content(folder, name, CalendarYear) for name in sheet_names(folder, YEARS))


def working_calendar(years: Iterable[CalendarYear]) -> WorkingCalendar:
    """The calendar that these years make."""
    known = tuple(years)
    return WorkingCalendar(
        official_years=frozenset(year.year for year in known if year.status == "official"),
        rest_weekdays=frozenset(day for year in known for day in year.rest_weekdays),
        work_weekends=frozenset(day for year in known for day in year.work_weekends),
    )
