"""How events and dossiers become rows and come back, the same in every act."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, RowMapping, Select, select

from station_desk.cases.event import Event
from station_desk.district import tables as t
from station_desk.protocol.messages import Dossier, DossierPart

AT_ONCE = 500
EVENT_NAMES = ("station", *Event.__struct_fields__, "received_at", "waiting")
DOSSIER_NAMES = ("station", "writer", "number", "case_number", "parts", "received_at")
_EVENT_COLUMNS = [t.event.c[name] for name in Event.__struct_fields__]


def event_values(event: Event, station: str, received_at: str, *, waiting: bool) -> tuple[Any, ...]:
    """The row of an event of `station`, in the order of EVENT_NAMES."""
    return (station, *msgspec.structs.astuple(event), received_at, waiting)


def events() -> Select[Any]:
    """Asks for events; `events_of` reads the answer."""
    return select(*_EVENT_COLUMNS)


def event_of(row: RowMapping) -> Event:
    """The event of a row that `events` asked for."""
    return Event(**{name: row[name] for name in Event.__struct_fields__})


def events_of(rows: Iterable[RowMapping]) -> tuple[Event, ...]:
    """The events of the rows that `events` asked for."""
    return tuple(event_of(row) for row in rows)


def dossier_values(dossier: Dossier, parts: str, station: str, received_at: str) -> tuple[Any, ...]:
    """The row of a dossier of `station`, in the order of DOSSIER_NAMES; `parts` is its `parts_text`."""
    return (station, dossier.writer, dossier.number, dossier.case, parts, received_at)


def parts_text(dossier: Dossier) -> str:
    """The private parts as they are stored."""
    return msgspec.json.encode(dossier.parts).decode()


def dossier_of(row: RowMapping) -> Dossier:
    """The dossier of a row of the table."""
    parts = msgspec.json.decode(row["parts"], type=tuple[DossierPart, ...])
    return Dossier(row["writer"], row["number"], row["case_number"], parts)


def in_order(
    run: Callable[[Select[Any]], Sequence[RowMapping]], asked: Select[Any], number: Column[int]
) -> Iterator[RowMapping]:
    """All rows that were asked for, in the order of `number`, a handful at a time."""
    last = 0
    while True:
        rows = run(asked.where(number > last).order_by(number).limit(AT_ONCE))
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][number.name]
