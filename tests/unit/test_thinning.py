"""The rule by which backups go with age: pure, and right however the clock runs."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from station_desk.core.clock import CHINA
from station_desk.store.backups.thinning import ALWAYS, to_drop

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)


def lived(days: int, every: timedelta) -> list[datetime]:
    """What is kept after so many days of a backup each so often, thinned each time."""
    kept: list[datetime] = []
    now = NOON - timedelta(days=days)
    while now <= NOON:
        kept.append(now)
        gone = set(to_drop(kept, now))
        kept = [time for time in kept if time not in gone]
        now += every
    return kept


@pytest.mark.long
def test_a_hundred_days_leave_hours_days_and_weeks() -> None:
    kept = lived(100, timedelta(minutes=10))
    ages = [NOON - time for time in kept]
    last_hour = [age for age in ages if age <= timedelta(hours=1)]
    last_day = [age for age in ages if timedelta(hours=1) < age <= timedelta(hours=24)]
    fortnight = [age for age in ages if timedelta(hours=24) < age <= timedelta(days=14)]
    weeks = [age for age in ages if timedelta(days=14) < age <= timedelta(weeks=8)]
    assert len(last_hour) == 7
    assert 22 <= len(last_day) <= 24
    assert 12 <= len(fortnight) <= 14
    assert 5 <= len(weeks) <= 7
    assert not [age for age in ages if age > timedelta(weeks=8)]
    assert max(later - earlier for earlier, later in pairwise(sorted(kept))) <= timedelta(days=14)


def test_the_newest_stay_however_old_they_are() -> None:
    old = [NOON - timedelta(days=400 + day) for day in range(5)]
    assert to_drop(old, NOON) == sorted(old)[:-ALWAYS]
    assert to_drop(old[:1], NOON) == []
    assert to_drop([], NOON) == []


def test_a_clock_that_was_set_back_drops_nothing() -> None:
    ahead = [NOON + timedelta(minutes=minute) for minute in range(0, 600, 10)]
    assert to_drop(ahead, NOON) == []


def test_what_is_kept_once_is_kept_when_asked_again() -> None:
    times = [NOON - timedelta(minutes=7 * count) for count in range(4000)]
    gone = set(to_drop(times, NOON))
    left = [time for time in times if time not in gone]
    assert to_drop(left, NOON) == []
