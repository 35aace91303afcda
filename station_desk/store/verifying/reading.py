"""Reads the log for a check: every event with its private part, in the order in which it was written."""

from collections.abc import Iterator
from typing import Any

from station_desk.cases.event import Event, Secret
from station_desk.store.unit import EVENT_COLUMNS

Line = tuple[Event, Secret | None]


def count_of(connection: Any) -> int:
    """How many events the tables hold."""
    return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def lines(connection: Any) -> Iterator[Line]:
    """The events that the screens show, one at a time: whatever their number, they never lie in memory."""
    yield from _lines(connection, "events", "place")


def lines_aside(connection: Any) -> list[Line]:
    """The events that work has overtaken after a restore."""
    return list(_lines(connection, "events_aside", "writer, seq"))


def _lines(connection: Any, table: str, order: str) -> Iterator[Line]:
    found = connection.execute(f"SELECT private, salt, {EVENT_COLUMNS} FROM {table} ORDER BY {order}")
    for private, salt, *columns in found:
        yield Event(*columns), Secret(private, salt) if private is not None else None
