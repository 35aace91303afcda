"""Which backups stay: all of the last hour, then one an hour, one a day, one a week. Pure rules."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """Within `age` one backup stays for each `every`; where `every` is zero, all do."""

    age: timedelta
    every: timedelta


SPANS = (
    Span(timedelta(hours=1), timedelta()),
    Span(timedelta(hours=24), timedelta(hours=1)),
    Span(timedelta(days=14), timedelta(days=1)),
    Span(timedelta(weeks=8), timedelta(weeks=1)),
)
ALWAYS = 2
"""So many of the newest stay, however old they are: a PC that was off for a year loses none by starting."""

_START = datetime(2024, 1, 1)  # noqa: DTZ001 - a Monday, against which wall clock times are counted


def to_drop(made: Iterable[datetime], now: datetime) -> list[datetime]:
    """The times of those backups that may go, the oldest first.

    Of each hour, day or week the oldest stays, so that what was kept yesterday is kept today. A backup from
    the future (the clock was set back) stays until its time has come.
    """
    times = sorted(set(made))
    newest = times[-ALWAYS:]
    kept: set[tuple[Span, int]] = set()
    dropped = []
    for time in times:
        span = next((span for span in SPANS if now - time <= span.age), None)
        if span and span.every:
            place = (span, (time.replace(tzinfo=None) - _START) // span.every)
            doubled = place in kept
            kept.add(place)
        else:
            doubled = span is None
        if doubled and time not in newest:
            dropped.append(time)
    return dropped
