"""The working calendar answers as the State Council's notices do."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import holidays
import pytest

from station_desk.catalogue.calendar import (
    CalendarYear,
    WorkingCalendar,
    YearStatus,
    read_calendar,
    working_days_of,
)
from station_desk.catalogue.fault import BrokenForm
from station_desk.core.paths import FORMS

chinese_calendar = import_module("chinese_calendar")  # it carries no types
OFFICIAL = {
    2015: 249, 2016: 250, 2017: 249, 2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249,
    2024: 251, 2025: 248, 2026: 248,
}  # fmt: skip


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
    assert sum(map(calendar.is_working, days_of(year))) == number == working_days_of(calendar, year)
    assert not any(map(calendar.is_provisional, days_of(year)))


@pytest.mark.parametrize("year", OFFICIAL)
def test_each_official_year_names_its_notice(calendar: WorkingCalendar, year: int) -> None:
    entry = calendar.year(year)
    assert entry is not None
    assert f"〔{year - 1}〕" in entry.number
    assert entry.notice is not None
    assert entry.notice.year == year - 1


@pytest.mark.parametrize("year", [2014, 2027, 2028, 2100])
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


def test_only_a_day_that_works_elsewhere_is_closed_here_only() -> None:
    here = read_calendar(FORMS, [date(2026, 11, 20), date(2026, 10, 1), date(2026, 11, 22)])
    closed = [date(2026, 11, 20), date(2026, 10, 1), date(2026, 11, 22), date(2026, 11, 23)]
    assert [here.closes_here_only(day) for day in closed] == [True, False, False, False]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 10, 1), 2026), (date(2026, 10, 3), 2026), (date(2026, 4, 4), 2026),
        (date(2026, 4, 6), 2026),
        (date(2018, 12, 30), 2019), (date(2018, 12, 31), 2019), (date(2022, 12, 31), 2023),
        (date(2026, 10, 10), None), (date(2026, 10, 11), None), (date(2026, 11, 22), None),
        (date(2026, 11, 23), None), (date(2031, 10, 4), None),
    ],
)  # fmt: skip
def test_a_holiday_belongs_to_a_notice_with_the_weekend_it_adjoins(
    calendar: WorkingCalendar, day: date, year: int | None
) -> None:
    assert calendar.holiday_year(day) == year


def entry(year: int, status: YearStatus, *rest: date) -> CalendarYear:
    return CalendarYear(year, status, "a made-up notice", rest, ())


def test_the_later_entry_of_a_year_holds() -> None:
    snow = date(2026, 11, 20)
    corrected = entry(2026, "official", snow)
    known = read_calendar(FORMS).with_years([corrected])
    assert known.year(2026) == corrected
    assert not known.is_working(snow)
    assert known.is_working(date(2026, 10, 1))
    assert not known.is_working(date(2025, 10, 1))


def test_a_provisional_entry_never_takes_the_place_of_an_official_one() -> None:
    known = read_calendar(FORMS)
    assert known.with_years([entry(2026, "provisional")]).years == known.years
    assert known.with_years([entry(2027, "provisional")]).year(2027) == entry(2027, "provisional")
    assert 2027 in known.with_years([entry(2027, "official")]).official_years


def test_entering_what_is_known_makes_no_new_calendar_and_keeps_the_own_rest_days() -> None:
    friday = date(2026, 11, 20)
    known = read_calendar(FORMS, [friday])
    assert known.with_years(known.years) is known
    assert not known.with_years([entry(2029, "official")]).is_working(friday)


def test_a_broken_year_is_named_with_its_line(tmp_path: Path) -> None:
    year = tmp_path / "calendar" / "2030.toml"
    year.parent.mkdir()
    year.write_text('year = 2030\nstatus = "sure"\nsource = "x"\nrest_weekdays = []\nwork_weekends = []\n')
    with pytest.raises(BrokenForm) as broken:
        read_calendar(tmp_path)
    finding = broken.value.finding
    assert (finding.file, finding.line, finding.code) == ("calendar/2030.toml", 2, "not_one_of")
