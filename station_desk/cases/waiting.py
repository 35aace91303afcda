"""How long somebody will wait who takes a number now: an estimate that can be explained at the door.

People before this one, times the median of how long a visit took today, shared among the counters at work.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from station_desk.cases.ticket import Ticket, queue_rank
from station_desk.core.clock import moment

FEWEST = 3
"""So many visits must be done today before anything is said: one odd visit is no forecast."""

STEP_MINUTES = 5
"""Rounded up to this: nobody may come back too late because of an exactness that is not there."""

AT_THE_COUNTER = ("called", "serving")


@dataclass(frozen=True, slots=True)
class Wait:
    """How many are before this ticket, and about how many minutes that takes; None while nobody knows."""

    before: int
    minutes: int | None


def wait_of(ticket: Ticket, today: Sequence[Ticket]) -> Wait:
    """What can be said of a ticket that waits, by all tickets of its day."""
    rank = queue_rank(ticket)
    before = sum(other.state == "waiting" and queue_rank(other) < rank for other in today)
    done = (at_the_counter(other) for other in today if other.state == "done")
    visits = [visit.total_seconds() for visit in done if visit]
    if before == 0:
        return Wait(0, 0)
    if len(visits) < FEWEST:
        return Wait(before, None)
    counters = len({other.counter for other in today if other.counter})
    minutes = before * median(visits) / 60 / max(counters, 1)
    return Wait(before, ceil(minutes / STEP_MINUTES) * STEP_MINUTES)


def at_the_counter(ticket: Ticket) -> timedelta:
    """How long a visit kept a counter busy, from the call to its end; held or missed, it kept none."""
    return sum(_lengths(ticket), timedelta())


def _lengths(ticket: Ticket) -> Iterable[timedelta]:
    return (
        moment(period.ended) - moment(period.began)
        for period in ticket.periods
        if period.state in AT_THE_COUNTER and period.ended
    )
