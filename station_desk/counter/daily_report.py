"""The caseload of a day (每日办件) by item type: who came and waited, what was accepted, ended, is late."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from station_desk.cases.ticket import Ticket
from station_desk.cases.ticket_times import wait_until_called
from station_desk.core.clock import stamp
from station_desk.counter.desk import Desk
from station_desk.store.rows import ticket_of

RECEIVED = (
    "SELECT category, count(*), sum(accepted_at <> '' AND state <> 'voided'), sum(state = 'voided')"
    " FROM cases WHERE number > ? AND number < ? GROUP BY category"
)
ENDED = (
    "SELECT category, sum(state IN ('finished', 'delivered')), sum(state IN ('declined', 'withdrawn'))"
    " FROM cases WHERE finished_at <> '' AND finished_at >= ? AND finished_at < ? GROUP BY category"
)
OPEN = (
    "SELECT category, count(*),"
    " sum(promised <> '' AND promised < CASE length(promised) WHEN 10 THEN ? ELSE ? END) FROM cases"
    " WHERE state IN ('received', 'noticed', 'processing', 'supplement', 'suspended') GROUP BY category"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one item type came to; `wait` is the median in seconds until the first call, None without one."""

    category: str
    tickets: int
    served: int
    missed: int
    wait: int | None
    received: int
    accepted: int
    voided: int
    finished: int
    turned_away: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DailyReport:
    """A day, item type by item type in the order of the queue, and all together.

    Open and overdue are as they stand at the moment of asking, the rest as of the day.
    """

    day: str
    asked_at: str
    rows: tuple[Figures, ...]
    total: Figures


def daily_report(desk: Desk, day: date) -> DailyReport:
    """The caseload of a day of this counter."""
    now, ours = desk.clock(), f"{desk.station.code}-{day:%y%m%d}-{desk.station.counter}"
    span = (day.isoformat(), (day + timedelta(days=1)).isoformat())
    rows = desk.store.read("SELECT body FROM tickets WHERE day = ?", (day.isoformat(),))
    tickets = [ticket_of(body) for (body,) in rows]
    received = _by_category(desk.store.read(RECEIVED, (ours, f"{ours}~")))
    ended = _by_category(desk.store.read(ENDED, span))
    open_ = _by_category(desk.store.read(OPEN, (now.date().isoformat(), stamp(now))))
    known = [*desk.catalogue.categories, *sorted({*received, *ended, *open_} - {*desk.catalogue.categories})]
    figures = [
        _figures(
            code,
            [t for t in tickets if t.category == code],
            received.get(code),
            ended.get(code),
            open_.get(code),
        )
        for code in known
    ]
    return DailyReport(day.isoformat(), stamp(now), tuple(figures), _total(figures, tickets))


def _by_category(rows: Iterable[tuple[object, ...]]) -> dict[str, tuple[int, ...]]:
    return {str(category): tuple(int(str(n)) for n in counts) for category, *counts in rows}


def _figures(
    code: str,
    tickets: Sequence[Ticket],
    received: tuple[int, ...] | None,
    ended: tuple[int, ...] | None,
    open_: tuple[int, ...] | None,
) -> Figures:
    states = Counter(ticket.state for ticket in tickets)
    arrived, accepted, voided = received or (0, 0, 0)
    finished, turned_away = ended or (0, 0)
    under_way, overdue = open_ or (0, 0)
    return Figures(
        code, len(tickets), states["done"], states["missed"], median_wait(tickets), arrived, accepted, voided,
        finished, turned_away, under_way, overdue,
    )  # fmt: skip


def _total(figures: Sequence[Figures], tickets: Sequence[Ticket]) -> Figures:
    def added(name: str) -> int:
        return sum(getattr(one, name) for one in figures)

    return Figures(
        "", added("tickets"), added("served"), added("missed"), median_wait(tickets), added("received"),
        added("accepted"), added("voided"), added("finished"), added("turned_away"), added("open"),
        added("overdue"),
    )  # fmt: skip


def median_wait(tickets: Iterable[Ticket]) -> int | None:
    """The median of the seconds from taking a ticket to its first call; None when none was called yet."""
    waits = [wait for ticket in tickets if (wait := wait_until_called(ticket)) is not None]
    return round(median(waits)) if waits else None


def minutes(seconds: int | None) -> str:
    """Seconds as whole minutes for people; a dash without any."""
    return "—" if seconds is None else str(round(timedelta(seconds=seconds) / timedelta(minutes=1)))
