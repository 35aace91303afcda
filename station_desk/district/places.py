"""Where a resident's token leads: to which station, so that of a district on many machines one is asked.

The token names no station and must not. So a narrow row is written with the case: eight bytes of what the
token hashes to, the station, the number. The table is asked first; the case is then looked for at its station
by its number and the whole hash, and eight bytes that are those of another token lead nowhere.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Select, bindparam, insert, select

from station_desk.district import tables as t
from station_desk.district.bulk import put_rows
from station_desk.district.database import Database
from station_desk.district.made import Made, among, list_of
from station_desk.district.schema import EPOCH

PLACED = "placed"
"""The fact that says that every case has its place, and that each push keeps it so."""

MOST = 8
"""A station can name the token of another one in its own events; more than so many are not followed."""

AT_ONCE = 1_000


class Traced(Protocol):
    """A case with the hash of its token, be it folded or a row."""

    @property
    def number(self) -> str: ...

    @property
    def trace(self) -> str: ...


class Place(NamedTuple):
    """A case of a station."""

    station: str
    number: str


Ask = Callable[[Select[Any], Mapping[str, Any]], Sequence[Any]]
"""Runs a statement with its values, in a transaction or without one."""

PLACES_AT = (
    select(t.token_place.c.station, t.token_place.c.number)
    .where(t.token_place.c.short == bindparam("of_short"))
    .order_by(t.token_place.c.station, t.token_place.c.number)
    .limit(MOST)
)

THERE = Made(
    lambda database: select(t.token_place.c.short, t.token_place.c.number).where(
        t.token_place.c.station == bindparam("of_station"), among(database, t.token_place.c.short, "shorts")
    )
)

NOWHERE = (Place("", ""),)
"""Asked for where a token leads nowhere, so that it takes as long as one that does."""


def short_of(trace: str) -> int:
    """The first eight bytes of a token's hash (hex), as a number that both databases know."""
    return int.from_bytes(bytes.fromhex(trace)[:8], "big", signed=True)


def places_of(ask: Ask, trace: str) -> Sequence[Place]:
    """The cases that a token of this hash may lead to: nearly always one."""
    return [Place(*row) for row in ask(PLACES_AT, {"of_short": short_of(trace)})] or NOWHERE


def put_places(connection: Connection, station: str, traces: Iterable[Traced]) -> None:
    """Writes the places of these cases of the station that have none yet."""
    new = sorted(_lacking(connection, station, traces))
    rows = [(short, station, number) for short, number in new]
    put_rows(connection, t.token_place, ("short", "station", "number"), rows)


def unplaced(connection: Connection, station: str, traces: Iterable[Traced]) -> Sequence[str]:
    """Those of these cases of the station that no token leads to, though each has one."""
    return sorted(number for _, number in _lacking(connection, station, traces))


def _lacking(connection: Connection, station: str, traces: Iterable[Traced]) -> set[tuple[int, str]]:
    wanted = {(short, trace.number) for trace in traces if (short := _short(trace.trace)) is not None}
    if not wanted:
        return set()
    shorts = list_of(connection, sorted({short for short, _ in wanted}))
    there = THERE.rows(connection, {"of_station": station, "shorts": shorts})
    return wanted - {(short, number) for short, number in there}


def place_what_was_there(database: Database) -> None:
    """Writes once the places of a database of before; done again where it broke off, nothing is double."""
    if database.read(_is_placed):
        return
    asked = select(t.trace.c.station).distinct().order_by(t.trace.c.station)
    for station in database.read(lambda connection: connection.execute(asked).scalars().all()):
        last = ""
        while numbers := database.write(partial(_place, station=station, after=last)):
            last = numbers[-1]
    database.write(_note)


def _place(connection: Connection, station: str, after: str) -> Sequence[str]:
    # As a push does it: whoever sends meanwhile takes turns.
    connection.execute(select(t.station).where(t.station.c.station == station).with_for_update()).all()
    r = t.trace.c
    asked = select(r.number, r.trace).where(r.station == station, r.number > after)
    rows = connection.execute(asked.order_by(r.number).limit(AT_ONCE)).all()
    put_places(connection, station, rows)
    return [row.number for row in rows]


def _short(trace: str) -> int | None:
    """None for what a desk may have told as the hash of a token and is none: it leads nowhere."""
    try:
        return short_of(trace)
    except ValueError:
        return None


def _is_placed(connection: Connection) -> bool:
    return connection.execute(select(t.about.c.value).where(t.about.c.name == PLACED)).scalar() is not None


def _note(connection: Connection) -> None:
    # Two servers may have done it at once: the epoch is there since the tables are.
    connection.execute(t.about.select().where(t.about.c.name == EPOCH).with_for_update()).all()
    if not _is_placed(connection):
        connection.execute(insert(t.about).values(name=PLACED, value="1"))
