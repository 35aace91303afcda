"""Deadlines by the official calendar: the published vectors, and a day-by-day counter written on its own."""

from datetime import date, datetime

import pytest

from station_desk.cases.deadlines import Due, Stop, due, working_days_between
from station_desk.catalogue.calendar import WorkingCalendar, read_calendar
from station_desk.core import paths
from station_desk.core.clock import CHINA
from tests.bench.clocks import differences, mistakes


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return read_calendar(paths.FORMS)


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00:00").replace(tzinfo=CHINA)


VECTORS = [
    ("2026-02-13", 1, "2026-02-14"), ("2026-02-13", 5, "2026-02-27"), ("2026-02-13", 10, "2026-03-05"),
    ("2026-02-14", 1, "2026-02-24"), ("2026-09-18", 3, "2026-09-22"), ("2026-09-30", 1, "2026-10-08"),
    ("2026-09-30", 5, "2026-10-13"), ("2026-01-01", 1, "2026-01-04"), ("2026-04-30", 2, "2026-05-07"),
    ("2026-05-08", 1, "2026-05-09"), ("2025-01-27", 3, "2025-02-07"), ("2025-09-30", 3, "2025-10-11"),
    ("2024-10-11", 1, "2024-10-12"), ("2024-02-09", 2, "2024-02-19"), ("2026-11-20", 20, "2026-12-18"),
]  # fmt: skip
VECTORS_WITH_STOP = [
    ("2026-03-02", 5, "2026-03-04", "2026-03-10", "2026-03-13"),
    ("2026-09-28", 10, "2026-09-30", "2026-10-12", "2026-10-22"),
    ("2026-06-17", 3, "2026-06-18", "2026-06-22", "2026-06-24"),
]


@pytest.mark.parametrize(("accepted", "limit", "expected"), VECTORS)
def test_working_days_from_acceptance(
    calendar: WorkingCalendar, accepted: str, limit: int, expected: str
) -> None:
    assert due(calendar, at(accepted), limit, "wd") == Due(date.fromisoformat(expected))


@pytest.mark.parametrize(("accepted", "limit", "start", "end", "expected"), VECTORS_WITH_STOP)
def test_days_of_a_stop_do_not_count(
    calendar: WorkingCalendar, accepted: str, limit: int, start: str, end: str, expected: str
) -> None:
    assert due(calendar, at(accepted), limit, "wd", [Stop(at(start), at(end))]).day.isoformat() == expected


def test_calendar_days_that_end_on_a_rest_day_move_on(calendar: WorkingCalendar) -> None:
    assert due(calendar, at("2026-09-28"), 5, "cd").day == date(2026, 10, 8)
    assert due(calendar, at("2026-11-16"), 2, "cd").day == date(2026, 11, 18)


def test_hours_run_through_the_night_and_leave_a_stop_out(calendar: WorkingCalendar) -> None:
    assert due(calendar, at("2026-11-20", 23), 2, "h").moment == at("2026-11-21", 1)
    stopped = [Stop(at("2026-11-20", 11), at("2026-11-20", 15))]
    assert due(calendar, at("2026-11-20"), 2, "h", stopped).moment == at("2026-11-20", 16)


def test_at_once_is_the_same_day_and_certain(calendar: WorkingCalendar) -> None:
    assert due(calendar, at("2026-12-31"), 0, "wd") == Due(date(2026, 12, 31))


def test_a_due_day_that_needs_an_unpublished_year_is_provisional(calendar: WorkingCalendar) -> None:
    assert due(calendar, at("2026-11-20"), 40, "wd").provisional
    assert not due(calendar, at("2026-11-20"), 20, "wd").provisional
    assert due(calendar, at("2031-05-06"), 3, "wd") == Due(date(2031, 5, 9), provisional=True)


def test_a_clock_that_stands_has_no_due_day(calendar: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="stands"):
        due(calendar, at("2026-11-20"), 5, "wd", [Stop(at("2026-11-21"))])


@pytest.mark.parametrize(
    "stops",
    [
        [("11", "15"), ("12", "16")],
        [("12", "16"), ("11", "15")],
        [("08", "16")],
        [("11", "16"), ("13", "14")],
    ],
    ids=["overlapping", "in any order", "begun before the clock", "one within the other"],
)
def test_each_hour_of_a_stop_is_left_out_once(
    calendar: WorkingCalendar, stops: list[tuple[str, str]]
) -> None:
    told = [Stop(at("2026-11-20", int(first)), at("2026-11-20", int(last))) for first, last in stops]
    start = at("2026-11-20", 10)
    held = 6 if stops[0][0] == "08" else 5
    assert due(calendar, start, 24, "h", told).moment == at("2026-11-21", 10 + held)


def test_a_stop_at_the_very_end_of_the_hours_holds_nothing_up(calendar: WorkingCalendar) -> None:
    told = [Stop(at("2026-11-20", 12), at("2026-11-20", 15))]
    assert due(calendar, at("2026-11-20"), 2, "h", told).moment == at("2026-11-20", 12)


def test_hours_over_new_year_are_provisional_while_the_new_year_is(calendar: WorkingCalendar) -> None:
    assert due(calendar, at("2026-12-31", 23), 2, "h").provisional
    assert not due(calendar, at("2026-12-31", 21), 2, "h").provisional


def test_20000_random_clocks_agree_with_a_paper_calendar() -> None:
    assert list(differences(due, seed=2026, count=20_000)) == []


@pytest.mark.parametrize("name", mistakes())
def test_the_paper_calendar_finds_each_known_mistake(name: str) -> None:
    assert list(differences(mistakes()[name], seed=2026, count=1_000))


def test_days_left_count_working_days_both_ways(calendar: WorkingCalendar) -> None:
    assert working_days_between(calendar, date(2026, 9, 30), date(2026, 10, 13)) == 5
    assert working_days_between(calendar, date(2026, 10, 13), date(2026, 9, 30)) == -5
    assert working_days_between(calendar, date(2026, 10, 1), date(2026, 10, 7)) == 0
