"""Counts once what a district already held when there were no counts yet: a station a transaction."""

from functools import partial

from sqlalchemy import Connection, insert, select

from station_desk.district import tables as t
from station_desk.district.database import Database
from station_desk.district.schema import EPOCH
from station_desk.district.traces import CASE_KINDS, fold_again

COUNTED = "counted"
"""The fact that says that every case is counted, and that each push keeps it so."""


def count_what_was_there(database: Database) -> None:
    """Folds every case of a database of before; done again where it was broken off, it comes to the same."""
    if database.read(_is_counted):
        return
    asked = select(t.writer.c.station).distinct().order_by(t.writer.c.station)
    for station in database.read(lambda connection: connection.execute(asked).scalars().all()):
        database.write(partial(_count, station=station))
    database.write(_note)


def _is_counted(connection: Connection) -> bool:
    return connection.execute(select(t.about.c.value).where(t.about.c.name == COUNTED)).scalar() is not None


def _count(connection: Connection, station: str) -> None:
    # As a push does it: whoever sends meanwhile takes turns.
    connection.execute(select(t.station).where(t.station.c.station == station).with_for_update()).all()
    e = t.event.c
    cases = select(e.subject).where(e.station == station, e.kind.in_(CASE_KINDS)).distinct()
    fold_again(connection, station, connection.execute(cases).scalars().all())


def _note(connection: Connection) -> None:
    # Two servers may have counted at once: the epoch is there since the tables are.
    connection.execute(t.about.select().where(t.about.c.name == EPOCH).with_for_update()).all()
    if not _is_counted(connection):
        connection.execute(insert(t.about).values(name=COUNTED, value="1"))
