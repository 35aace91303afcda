"""Reads the events that tell who looked at or changed what is known of residents, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from station_desk.cases.event import Event
from station_desk.store.desk_store import DeskStore
from station_desk.store.tables import ACCESS
from station_desk.store.unit import EVENT_COLUMNS

QUESTION = (
    f"SELECT place, private, {EVENT_COLUMNS} FROM events WHERE {ACCESS}"
    " AND at >= ? AND at < ? AND (? = '' OR actor = ?)"
    " AND (? = '' OR subject = ? OR instr(public, json_quote(?)) > 0)"
    " ORDER BY at DESC, place DESC LIMIT ?"
)

RECORDS = (
    f"SELECT place, private, {EVENT_COLUMNS} FROM events WHERE {ACCESS} AND kind = 'data.destroyed'"
    " ORDER BY at DESC, place DESC"
)


@dataclass(frozen=True, slots=True)
class AccessEvent:
    """An event with its place in the log and what was said privately."""

    place: int
    event: Event
    private: str | None


def access_events(
    store: DeskStore, actor: str, case: str, span: tuple[str, str], most: int
) -> list[AccessEvent]:
    """Those of one person, about one case, in a span of time; an empty text asks for all, so does 0."""
    values = (*span, actor, actor, case, case, case, most or -1)
    return _told(store.read(QUESTION, values))


def destruction_events(store: DeskStore) -> list[AccessEvent]:
    """Those by which a destruction record was made."""
    return _told(store.read(RECORDS))


def _told(rows: Sequence[tuple[Any, ...]]) -> list[AccessEvent]:
    return [AccessEvent(place, Event(*columns), private) for place, private, *columns in rows]
