"""What the day came to: the desk's tickets beside what really happened, each of them and to the second."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from station_desk.cases.ticket import Ticket
from station_desk.cases.ticket_times import Times
from station_desk.core.clock import moment
from station_desk.counter.desk import Desk
from station_desk.counter.ticket_report import recounted, ticket_times, tickets_of_day
from station_desk.main.demo.day.simulation import Truth

ENDS = ("done", "missed")
"""Where a ticket may stand when the last visitor has gone."""


@dataclass(frozen=True, slots=True)
class DayReckoning:
    """The desk's times beside the true ones. `lost` tickets are at no end or unknown to either side."""

    times: Times
    truth: Times
    lost: tuple[str, ...]
    differing: tuple[str, ...]
    recount_agrees: bool

    @property
    def agrees(self) -> bool:
        """Whether nothing is lost and every time is true."""
        same = self.times == self.truth and self.recount_agrees
        return same and not self.lost and not self.differing


def day_reckoning(desk: Desk, day: date, truth: Truth) -> DayReckoning:
    """What the desk says of a day, held against the truth."""
    tickets = {ticket.id: ticket for ticket in tickets_of_day(desk, day)}
    lost = {name for name, ticket in tickets.items() if ticket.state not in ENDS} | (
        tickets.keys() ^ truth.keys()
    )
    differing = [name for name in tickets.keys() & truth.keys() if _told(tickets[name]) != truth[name]]
    times = ticket_times(desk, day)[""]
    return DayReckoning(
        times, true_times(truth), tuple(sorted(lost)), tuple(sorted(differing)),
        recounted(desk, day) == times,
    )  # fmt: skip


def true_times(truth: Truth) -> Times:
    """The times as they really were, reckoned from what happened alone."""
    spent: Counter[str] = Counter()
    waits = []
    for went in truth.values():
        for (state, began), (_, ended) in pairwise(went):
            spent[state] += _seconds(began, ended)
        called = next((at for state, at in went if state == "called"), None)
        if called is not None:
            waits.append(_seconds(went[0][1], called))
    states = Counter(went[-1][0] for went in truth.values())
    return Times(
        len(truth), dict(sorted(states.items())), dict(sorted(spent.items())), len(waits), _median(waits),
        max(waits, default=None), sum(waits),
    )  # fmt: skip


def _median(waits: Sequence[int]) -> int | None:
    return round(median(waits)) if waits else None


def _told(ticket: Ticket) -> list[tuple[str, str]]:
    return [(period.state, period.began) for period in ticket.periods]


def _seconds(began: str, ended: str) -> int:
    return round((moment(ended) - moment(began)).total_seconds())
