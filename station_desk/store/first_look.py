"""The open queue straight from the file by the plain driver: what the window paints before all else loads.

Named tuples, not data classes: the first paint waits for each of them to be made.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from station_desk.store.driver import look
from station_desk.store.judged import judged
from station_desk.store.profile import Profile, require_profile
from station_desk.store.trouble import disk_trouble
from station_desk.store.vault.opening import read_key

COLUMNS = (
    "id", "number", "item", "category", "state", "rank", "priority", "taken_at", "since", "counter",
    "case_number",
)  # fmt: skip
OPEN_TICKETS = (
    f"SELECT {', '.join(COLUMNS)}, body FROM tickets WHERE day = ?"
    " AND state IN ('waiting', 'called', 'serving', 'held', 'parked', 'missed')"
)
"""Asked of columns that every version has: what is newer stands in the body."""

HAS_STAFF = "SELECT 1 FROM sqlite_master WHERE name = 'staff'"

KNOWN_ROWS = 2000
Waits = Mapping[str, tuple[int, int | None]]
"""By the name of the ticket: how many are called before it, and in about how many minutes it is called."""


class ServiceRow(NamedTuple):
    """One item of a visit. `title` is empty for items that no screen names; `done` of `quantity` are done."""

    item: str
    title: dict[str, str]
    quantity: int
    done: int
    left: bool

    def is_open(self) -> bool:
        """Whether something of it is still to be done."""
        return not self.left and self.done < self.quantity


class TicketRow(NamedTuple):
    """A ticket in the queue. `title` is empty for items that no screen names; times are stamps.

    `place` is what its row is sorted by, `services` are all items of the visit. `before` and `wait` (minutes)
    say how many are called before it and about when; `wait` is None while that is not reckoned.
    """

    id: str
    number: str
    item: str
    category: str
    state: str
    rank: int
    priority: str
    taken_at: str
    since: str
    counter: str
    case_number: str
    title: dict[str, str]
    agent: bool
    place: str = ""
    bound: str = ""
    until: str = ""
    reason: str = ""
    recalls: int = 0
    services: tuple[ServiceRow, ...] = ()
    before: int = 0
    wait: int | None = None


class FirstLook(NamedTuple):
    """What the first paint shows: who we are, and who waits; it is covered where somebody signs in first."""

    about: dict[str, str]
    tickets: tuple[TicketRow, ...]
    has_accounts: bool = False


def first_look(folder: Path, day: str, key: str = "") -> FirstLook:
    """The station's name and the open tickets of `day` (ISO). `key` is given where it was typed.

    Raises NoProfile, KeyMissing, PassphraseNeeded, KeyAway, Damaged, Quarantined like opening the store does;
    a database of another version may show nothing here, the store says more.
    """
    profile = Profile(folder, key)
    require_profile(profile)
    key = read_key(profile)
    # Reading only: a newer database must stay as it is, and a first look has nothing to write.
    with judged(profile, key), disk_trouble(profile.database):
        about, staffed, rows = look(profile.database, key, lambda connection: _seen_in(connection, day))
    return FirstLook(about, tuple(in_queue_order(ticket_row(row) for row in rows)), staffed)


def _seen_in(connection: Any, day: str) -> tuple[dict[str, str], bool, list[tuple[Any, ...]]]:
    about = dict(connection.execute("SELECT key, value FROM about").fetchall())
    staffed = bool(connection.execute(HAS_STAFF).fetchone()) and bool(
        connection.execute("SELECT 1 FROM staff LIMIT 1").fetchone()
    )
    return about, staffed, connection.execute(OPEN_TICKETS, (day,)).fetchall()


def in_queue_order(rows: Iterable[TicketRow]) -> list[TicketRow]:
    """The rows by class and place."""
    return sorted(rows, key=lambda row: (-row.rank, row.place, row.id))


def with_waits(rows: Sequence[TicketRow], waits: Waits) -> tuple[TicketRow, ...]:
    """The same rows, each with what is known of its wait."""
    return tuple(
        row._replace(before=waits[row.id][0], wait=waits[row.id][1]) if row.id in waits else row
        for row in rows
    )


# The queue is read every few seconds and after each act: only rows that changed are taken apart again.
@lru_cache(maxsize=KNOWN_ROWS)
def ticket_row(row: tuple[Any, ...]) -> TicketRow:
    """The row as the screen shows it."""
    told = json.loads(row[-1])
    columns = dict(zip(COLUMNS, row, strict=False))
    return TicketRow(
        **columns, title=told["title"] or {}, agent=told["agent"],
        place=told.get("place", ""), bound=told.get("bound", ""),
        until=told.get("until", ""), reason=told.get("reason", ""), recalls=told.get("recalls", 0),
        services=tuple(_service_row(one) for one in told.get("services", ())),
    )  # fmt: skip


def _service_row(told: dict[str, Any]) -> ServiceRow:
    return ServiceRow(
        told["item"], told.get("title") or {}, told.get("quantity", 1), len(told.get("cases", ())),
        told.get("left", False),
    )  # fmt: skip
