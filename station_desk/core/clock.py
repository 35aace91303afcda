"""What time it is at the station. China keeps one zone, UTC+8, all year."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "UTC+08:00")

Clock = Callable[[], datetime]
"""Answers the present moment, aware of its zone. Handed in, so that no rule reads the wall by itself."""


def now() -> datetime:
    """The wall clock of this PC in China's zone, to the second."""
    return datetime.now(CHINA).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """A moment as the log writes it: ISO 8601 with the zone."""
    return moment.isoformat(timespec="seconds")


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromisoformat(text).astimezone(CHINA)


def day_of(text: str) -> date:
    """The station's day of a stamped moment."""
    return moment(text).date()
