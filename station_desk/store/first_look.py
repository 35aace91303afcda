"""The open queue straight from the file by the plain driver: what the window paints before all else loads."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station_desk.store.driver import connect
from station_desk.store.profile import Profile, read_key, require_profile
from station_desk.store.trouble import disk_trouble

COLUMNS = (
    "id", "number", "item", "category", "state", "rank", "priority", "taken_at", "since", "counter",
    "case_number",
)  # fmt: skip
OPEN_TICKETS = (
    f"SELECT {', '.join(COLUMNS)}, body FROM tickets WHERE state <> 'done' AND day = ?"
    " ORDER BY substr(number, 1, 1), rank DESC, taken_at, id"
)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket in the queue. `title` is empty for items that no screen names; times are stamps."""

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


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the first paint shows: who we are, and who waits."""

    about: dict[str, str]
    tickets: tuple[TicketRow, ...]


def first_look(folder: Path, day: str) -> FirstLook:
    """The station's name and the open tickets of `day` (ISO).

    Raises NoProfile, KeyMissing, Damaged like opening the store does; a database of another version may show
    nothing here, the store says more.
    """
    profile = Profile(folder)
    require_profile(profile)
    with disk_trouble(profile.database):
        connection = connect(profile.database, read_key(profile))
        try:
            about = dict(connection.execute("SELECT key, value FROM about").fetchall())
            rows = connection.execute(OPEN_TICKETS, (day,)).fetchall()
        finally:
            connection.close()
    return FirstLook(about, tuple(ticket_row(row) for row in rows))


def ticket_row(row: tuple[Any, ...]) -> TicketRow:
    """The row as the screen shows it."""
    told = json.loads(row[-1])
    return TicketRow(*(*row[:-1], told["title"] or {}, told["agent"]))
