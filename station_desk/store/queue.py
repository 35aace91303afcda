"""The queue of a day as it lies in the tables: who may be called, who was called, what was left over.

Each question is answered from an index, so that it takes the same time however many tickets there ever were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from station_desk.cases.ticket import Ticket
from station_desk.store import rows, tables
from station_desk.store.desk_store import DeskStore
from station_desk.store.unit import Unit

FIRST = "SELECT place, id, body FROM tickets WHERE day = ? AND rank = ? AND bound IN ('', ?)"
WAITS = FIRST + " AND state = 'waiting'"
PARKED_UNTIL_NOW = FIRST + " AND state = 'parked' AND until <> '' AND until <= ?"
"""Who is parked until a moment may be called from then on, as if he waited."""

CALL_COLUMNS = (
    "calls.place, calls.ticket, calls.number, calls.category, calls.counter, calls.at, calls.recall,"
    " tickets.state, calls.undone"
)
CALLS = (
    f"SELECT {CALL_COLUMNS} FROM calls JOIN tickets ON id = ticket"
    " WHERE calls.day = ? AND calls.place > ? ORDER BY calls.place"
)
PACE = 60
"""The last visits of the day from which the pace is taken."""


@dataclass(frozen=True, slots=True)
class Call:
    """A number that was called out. `place` only grows: whoever shows calls asks for those after the last.

    `recall` 0 is the first call of this turn, 1 the first repetition. `state` is where the ticket stands now:
    beside `called` nobody needs to look any more; `undone` says that the call was a mistake.
    """

    place: int
    ticket: str
    number: str
    category: str
    counter: str
    at: str
    recall: int
    state: str
    undone: int


def calls(store: DeskStore, day: str, after: int = 0) -> list[Call]:
    """The calls of a day (ISO), the oldest first; only those after a place when one is given."""
    found = store.read(CALLS, (day, after))
    return [Call(*row) for row in found]


def first_of_row(
    unit: Unit, day: str, rank: int, counter: str, among: Sequence[str], now: str
) -> Ticket | None:
    """Who is first in one row of the queue for a counter; of some item types only when `among` names them."""
    waits = _first(unit, WAITS, (day, rank, counter), among)
    back = _first(unit, PARKED_UNTIL_NOW, (day, rank, counter, now), among)
    found = min((row for row in (waits, back) if row), default=None)
    return rows.ticket_of(found[2]) if found else None


def recent_rows(unit: Unit, day: str, counter: str, among: Sequence[str], count: int) -> list[int]:
    """The rows of the last calls of a counter for which somebody without priority waited, newest first."""
    found = unit.connection.execute(
        "SELECT rank FROM calls WHERE day = ? AND counter = ? AND others AND NOT undone AND among = ?"
        " ORDER BY place DESC LIMIT ?",
        (day, counter, ",".join(among), count),
    ).fetchall()
    return [rank for (rank,) in found]


def places_behind(unit: Unit, ticket: Ticket, rank: int, count: int) -> list[str]:
    """The places of those who wait behind a ticket in its row, in order."""
    found = unit.connection.execute(
        "SELECT place FROM tickets WHERE day = ? AND state = 'waiting' AND rank = ? AND place > ? AND id <> ?"
        " ORDER BY place, id LIMIT ?",
        (ticket.day, rank, ticket.place, ticket.id, count),
    ).fetchall()
    return [place for (place,) in found]


def waiting_tickets(unit: Unit, day: str, now: str) -> list[Ticket]:
    """All who may be called on a day, at whatever counter."""
    found = unit.connection.execute(
        "SELECT body FROM tickets WHERE day = ? AND state IN ('waiting', 'parked')"
        " AND (state = 'waiting' OR until <> '' AND until <= ?)",
        (day, now),
    ).fetchall()
    return [rows.ticket_of(body) for (body,) in found]


def left_over(unit: Unit, today: str) -> list[Ticket]:
    """The tickets of earlier days that nobody ended, by day and arrival."""
    found = unit.connection.execute(
        f"SELECT body FROM tickets WHERE day < ? AND {tables.LIVE} ORDER BY day, taken_at, id", (today,)
    ).fetchall()
    return [rows.ticket_of(body) for (body,) in found]


def ended_visits(unit: Unit, day: str) -> list[Ticket]:
    """The last visits of a day that are done."""
    found: list[tuple[Any, ...]] = unit.connection.execute(
        "SELECT body FROM tickets WHERE day = ? AND state = 'done' ORDER BY since DESC, id DESC LIMIT ?",
        (day, PACE),
    ).fetchall()
    return [rows.ticket_of(body) for (body,) in found]


def counters_at_work(unit: Unit, day: str) -> int:
    """How many counters have called somebody on a day."""
    row = unit.connection.execute("SELECT count(DISTINCT counter) FROM calls WHERE day = ?", (day,))
    return int(row.fetchone()[0])


def _first(unit: Unit, sql: str, values: tuple[Any, ...], among: Sequence[str]) -> tuple[Any, ...] | None:
    chosen = f" AND category IN ({', '.join('?' * len(among))})" if among else ""
    found: tuple[Any, ...] | None = unit.connection.execute(
        f"{sql}{chosen} ORDER BY place, id LIMIT 1", (*values, *among)
    ).fetchone()
    return found
