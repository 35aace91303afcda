"""How long somebody will wait: an estimate that can be explained at the door.

For each person before: how long a visit for what is asked took today (the median; before there are a few,
what the station publishes), shared among the counters at work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from station_desk.cases.queue_order import in_order
from station_desk.cases.ticket import Period, Ticket, is_open, services_of
from station_desk.catalogue.item import USUAL_MINUTES, QueueRules
from station_desk.core.clock import moment

FEWEST = 3
"""So many visits for an item type must be done before the day's own time replaces the published one."""

STEP_MINUTES = 5
"""Rounded up to this: nobody may come back too late because of an exactness that is not there."""

AT_THE_COUNTER = ("called", "serving")


@dataclass(frozen=True, slots=True)
class Wait:
    """How many are before this ticket, and about how many minutes that takes; None while nobody knows."""

    before: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the day goes: minutes of a service by item type, and the counters at work."""

    minutes: Mapping[str, float]
    counters: int

    def of(self, ticket: Ticket) -> float:
        """How many minutes all that is still asked for will keep a counter."""
        return sum(
            self.minutes.get(one.category, USUAL_MINUTES) * (one.quantity - len(one.cases))
            for one in services_of(ticket)
            if is_open(one)
        )


def pace_of(visits: Iterable[Ticket], counters: int, published: Mapping[str, int]) -> Pace:
    """The pace by the visits that are done; by the published minutes of an item type while they are few."""
    seconds: dict[str, list[float]] = {}
    for ticket in visits:
        for category in dict.fromkeys(period.category or ticket.category for period in ticket.periods):
            took = _at_the_counter(ticket, category).total_seconds()
            times = sum(one.quantity for one in services_of(ticket) if one.category == category)
            if took:
                seconds.setdefault(category, []).append(took / max(times, 1))
    known = {category: median(took) / 60 for category, took in seconds.items() if len(took) >= FEWEST}
    return Pace({**published, **known}, max(counters, 1))


def waits(waiting: Iterable[Ticket], recent: Sequence[int], pace: Pace, rules: QueueRules) -> dict[str, Wait]:
    """What can be said of each who waits, by the name of the ticket, in the order of calling."""
    found: dict[str, Wait] = {}
    minutes = 0.0
    for before, ticket in enumerate(in_order(waiting, recent, rules)):
        about = minutes / pace.counters
        found[ticket.id] = Wait(before, ceil(about / STEP_MINUTES) * STEP_MINUTES)
        minutes += pace.of(ticket)
    return found


def at_the_counter(ticket: Ticket) -> timedelta:
    """How long a visit kept a counter busy, from the call to its end; held or missed, it kept none."""
    return length(period for period in ticket.periods if period.state in AT_THE_COUNTER)


def length(periods: Iterable[Period]) -> timedelta:
    """How long periods that ended lasted together."""
    lasted = (moment(period.ended) - moment(period.began) for period in periods if period.ended)
    return sum(lasted, timedelta())


def _at_the_counter(ticket: Ticket, category: str) -> timedelta:
    return length(
        period
        for period in ticket.periods
        if period.state in AT_THE_COUNTER and (period.category or ticket.category) == category
    )
