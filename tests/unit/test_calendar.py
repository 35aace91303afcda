"""The working calendar answers as the State Council's notices do."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import holidays
import pytest

from station_desk.catalogue.calendar import WorkingCalendar, read_calendar
from station_desk.catalogue.fault import BrokenForm
from station_desk.core.paths import FORMS

chinese_calendar = import_module("chinese_calendar")  # it carries no types
OFFICIAL = {2023: 249, 2024: 251, 2025: 248, 2026: 248}


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return read_calendar(FORMS)


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", OFFICIAL)
def test_each_day_is_as_two_independent_calendars_have_it(calendar: WorkingCalendar, year: int) -> None:
    china = holidays.country_holidays("CN", years=year)
    for day in days_of(year):
        assert calendar.is_working(day) == chinese_calendar.is_workday(day), day
        assert calendar.is_working(day) == china.is_working_day(day), day


@pytest.mark.parametrize(("year", "number"), OFFICIAL.items())
def test_each_official_year_has_its_number_of_working_days(
    calendar: WorkingCalendar, year: int, number: int
) -> None:
    assert sum(map(calendar.is_working, days_of(year))) == number
    assert not any(map(calendar.is_provisional, days_of(year)))


@pytest.mark.parametrize("year", [2022, 2027, 2028, 2100])
def test_a_year_without_a_notice_is_provisional(calendar: WorkingCalendar, year: int) -> None:
    assert all(map(calendar.is_provisional, days_of(year)))


def test_a_provisional_year_still_leaves_out_the_statutory_holidays(calendar: WorkingCalendar) -> None:
    assert not calendar.is_working(date(2027, 10, 1))
    assert calendar.is_working(date(2027, 10, 8))


def test_an_unknown_year_works_from_monday_to_friday(calendar: WorkingCalendar) -> None:
    assert all(calendar.is_working(day) == (day.weekday() < 5) for day in days_of(2031))


def test_a_local_rest_day_closes_a_weekday_and_a_make_up_day() -> None:
    friday, make_up_saturday = date(2026, 11, 20), date(2026, 10, 10)
    everywhere = read_calendar(FORMS)
    here = read_calendar(FORMS, [friday, make_up_saturday])
    assert everywhere.is_working(friday)
    assert everywhere.is_working(make_up_saturday)
    assert not here.is_working(friday)
    assert not here.is_working(make_up_saturday)
    assert here.is_working(date(2026, 11, 23))


def test_a_broken_year_is_named_with_its_line(tmp_path: Path) -> None:
    year = tmp_path / "calendar" / "2030.toml"
    year.parent.mkdir()
    year.write_text('year = 2030\nstatus = "sure"\nsource = "x"\nrest_weekdays = []\nwork_weekends = []\n')
    with pytest.raises(BrokenForm) as broken:
        read_calendar(tmp_path)
    finding = broken.value.finding
    assert (finding.file, finding.line, finding.code) == ("calendar/2030.toml", 2, "not_one_of")
