"""How long people waited and were served, to the second, reckoned from the periods of their tickets."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from station_desk.cases.ticket import Period, Ticket
from station_desk.core.clock import moment


@dataclass(frozen=True, slots=True)
class Times:
    """What some tickets came to: how many stand in each state, and the seconds spent in each that ended.

    The waits are from taking a number to the first call, of those who were called; None without any.
    """

    tickets: int
    states: Mapping[str, int]
    seconds: Mapping[str, int]
    called: int
    wait_median: int | None
    wait_longest: int | None
    wait_total: int


def times_of(tickets: Iterable[Ticket]) -> Times:
    """The times of some tickets."""
    listed = list(tickets)
    spent: Counter[str] = Counter()
    for ticket in listed:
        for period in ticket.periods[:-1]:
            spent[period.state] += seconds(period)
    waits = [wait for ticket in listed if (wait := wait_until_called(ticket)) is not None]
    return Times(
        len(listed), dict(sorted(Counter(ticket.state for ticket in listed).items())),
        dict(sorted(spent.items())), len(waits), round(median(waits)) if waits else None,
        max(waits, default=None), sum(waits),
    )  # fmt: skip


def wait_until_called(ticket: Ticket) -> int | None:
    """The seconds from taking a ticket to its first call; None when it was not called yet."""
    called = next((period for period in ticket.periods if period.state == "called"), None)
    return round((moment(called.began) - moment(ticket.taken_at)).total_seconds()) if called else None


def seconds(period: Period) -> int:
    """How long a period lasted; 0 while it lasts."""
    return round((moment(period.ended) - moment(period.began)).total_seconds()) if period.ended else 0
