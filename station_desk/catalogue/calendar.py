"""Which days are working days: the yearly notice of the State Council, as data in `forms/calendar/`.

The notice moves rest days and working days between weekdays and weekends; the limits of every case are
counted by it (working days leave out the statutory holidays: Administrative Licensing Law art. 82).
"""

from calendar import isleap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from station_desk.catalogue.sheet import read_content, sheet_names

YEARS = "calendar/*.toml"
SATURDAY = 5
DAY = timedelta(days=1)

YearStatus = Literal["official", "provisional"]


class CalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One year of `forms/calendar/`: only the days that differ from "Monday to Friday are working days".

    `number` and `notice` are the number and the day of the State Council's notice where known; a year is
    provisional until its notice is entered. `working_days`, where given, is the number that the year must
    come to.
    """

    year: int
    status: YearStatus
    source: str
    rest_weekdays: tuple[date, ...]
    work_weekends: tuple[date, ...]
    number: str = ""
    notice: date | None = None
    working_days: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Answers for any day whether the station works.

    A year that nobody has entered goes by Monday to Friday, provisionally. `years` has one entry a year.
    """

    years: tuple[CalendarYear, ...]
    official_years: frozenset[int]
    rest_weekdays: frozenset[date]
    work_weekends: frozenset[date]
    local_rest: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether a day (a plain date, not a datetime) is a working day."""
        return day not in self.local_rest and self._works_by_notice(day)

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for this day may still change, because its year has no notice yet."""
        return day.year not in self.official_years

    def closes_here_only(self, day: date) -> bool:
        """Whether it is the station's own rest day, and a working day everywhere else."""
        return day in self.local_rest and self._works_by_notice(day)

    def holiday_year(self, day: date) -> int | None:
        """The year whose notice gives this rest day, as a holiday or as the weekend that a holiday adjoins.

        None for an ordinary weekend and for a working day. A holiday over New Year's Eve is given by the
        notice of the new year.
        """
        ahead = [near.year for near in self._rest_from(day, DAY) if near in self.rest_weekdays]
        behind = (near.year for near in self._rest_from(day, -DAY) if near in self.rest_weekdays)
        return ahead[-1] if ahead else next(behind, None)

    def year(self, number: int) -> CalendarYear | None:
        """What was entered for a year; None when nothing was."""
        return next((year for year in self.years if year.year == number), None)

    def with_rest_days(self, local: Iterable[date]) -> "WorkingCalendar":
        """The same calendar with the station's own rest days (a snow day, a local festival)."""
        return replace(self, local_rest=self.local_rest | frozenset(local))

    def with_years(self, entered: Iterable[CalendarYear]) -> "WorkingCalendar":
        """The same calendar with years that were entered here, where they overrule (see `overrules`)."""
        new = tuple(year for year in entered if year not in self.years)
        if not new:
            return self
        return working_calendar([*self.years, *new]).with_rest_days(self.local_rest)

    def _works_by_notice(self, day: date) -> bool:
        if day.weekday() < SATURDAY:
            return day not in self.rest_weekdays
        return day in self.work_weekends

    def _rest_from(self, day: date, step: timedelta) -> Iterator[date]:
        while not self._works_by_notice(day):
            yield day
            day += step


def read_calendar(folder: Path, local_rest_days: Iterable[date] = ()) -> WorkingCalendar:
    """The calendar of all years in `folder`/calendar, where `folder` is `forms/`. Raises BrokenForm."""
    return working_calendar(read_years(folder)).with_rest_days(local_rest_days)


def read_years(folder: Path) -> tuple[CalendarYear, ...]:
    """What is entered in `folder`/calendar, where `folder` is `forms/`. Raises BrokenForm."""
    return tuple(read_content(folder, name, CalendarYear) for name in sheet_names(folder, YEARS))


def working_calendar(years: Iterable[CalendarYear]) -> WorkingCalendar:
    """The calendar that these years make; of two entries for a year the later one holds, if it overrules."""
    known: dict[int, CalendarYear] = {}
    for year in years:
        if overrules(year, known.get(year.year)):
            known[year.year] = year
    return WorkingCalendar(
        years=tuple(known[number] for number in sorted(known)),
        official_years=frozenset(year.year for year in known.values() if year.status == "official"),
        rest_weekdays=frozenset(day for year in known.values() for day in year.rest_weekdays),
        work_weekends=frozenset(day for year in known.values() for day in year.work_weekends),
    )


def overrules(new: CalendarYear, known: CalendarYear | None) -> bool:
    """Whether an entry takes the place of the one that is known: never a provisional one of an official."""
    return known is None or new.status == "official" or known.status == "provisional"


def working_days_of(calendar: WorkingCalendar, year: int) -> int:
    """How many working days a year has, 1 to 9998."""
    days = (date(year, 1, 1) + DAY * n for n in range(366 if isleap(year) else 365))
    return sum(map(calendar.is_working, days))
