"""How events and dossiers become rows and come back, the same in every act."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, RowMapping, Select, select

from station_desk.cases.event import Event
from station_desk.district import tables as t
from station_desk.protocol.messages import Dossier, DossierPart

AT_ONCE = 500
_EVENT_COLUMNS = [t.event.c[name] for name in Event.__struct_fields__]


def event_values(event: Event, station: str, received_at: str, *, waiting: bool) -> dict[str, Any]:
    """The row of an event of `station`."""
    said = msgspec.structs.asdict(event)
    return {**said, "station": station, "received_at": received_at, "waiting": waiting}


def events() -> Select[Any]:
    """Asks for events; `events_of` reads the answer."""
    return select(*_EVENT_COLUMNS)


def event_of(row: RowMapping) -> Event:
    """The event of a row that `events` asked for."""
    return Event(**{name: row[name] for name in Event.__struct_fields__})


def events_of(rows: Iterable[RowMapping]) -> tuple[Event, ...]:
    """The events of the rows that `events` asked for."""
    return tuple(event_of(row) for row in rows)


def dossier_values(dossier: Dossier, station: str, received_at: str) -> dict[str, Any]:
    """The row of a dossier of `station`."""
    return {
        "station": station,
        "writer": dossier.writer,
        "number": dossier.number,
        "case_number": dossier.case,
        "parts": parts_text(dossier),
        "received_at": received_at,
    }


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
