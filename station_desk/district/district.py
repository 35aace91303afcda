"""A district that is open: its database, its name, the address under which residents reach it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select

from station_desk.core.clock import Clock, now
from station_desk.district import schema, waiting
from station_desk.district import tables as t
from station_desk.district.database import Database, open_database, require_there
from station_desk.district.first_count import count_what_was_there
from station_desk.district.identity import Identity, identity_of
from station_desk.district.load_sums import sum_what_was_there
from station_desk.district.places import place_what_was_there

T = TypeVar("T")
NAME = "name"


@dataclass(frozen=True, slots=True)
class District:
    """What all acts of the district need. `name` and `public_url` are empty when nobody gave them."""

    database: Database
    clock: Clock
    epoch: str
    name: str
    public_url: str
    identity: Identity

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds in the database."""
        return self.database.read(work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` answers, after all it wrote is safe on the disk."""
        return self.database.write(work)

    def rows(self, asked: Select[Any]) -> Sequence[RowMapping]:
        """All rows of one question."""
        return self.database.read(lambda connection: connection.execute(asked).mappings().all())

    def close(self) -> None:
        """Lets go of the database."""
        self.database.close()


def open_district(address: str, *, name: str = "", public_url: str = "", clock: Clock = now) -> District:
    """The district whose database is at `address`, made or brought up to date when it must be.

    A `name` is remembered; without one the remembered name counts. Events that waited for a newer program are
    read now. Raises AddressNotUnderstood, DatabaseUnreachable, NewerDatabase.
    """
    return _opened(open_database(address), name, public_url, clock)


def open_existing_district(address: str, clock: Clock = now) -> District:
    """The district that is at `address` already: for looking into it. Raises DatabaseMissing besides."""
    require_there(address)
    database = open_database(address)
    try:
        schema.require_made(database)
    except BaseException:
        database.close()
        raise
    return _opened(database, "", "", clock)


def _opened(database: Database, name: str, public_url: str, clock: Clock) -> District:
    try:
        schema.bring_up_to_date(database)
        waiting.read_what_waits(database)
        count_what_was_there(database)
        sum_what_was_there(database)
        place_what_was_there(database)
        if name:
            database.write(lambda connection: _remember_name(connection, name))
        known = database.read(_about)
        identity = identity_of(database)
    except BaseException:
        database.close()
        raise
    return District(
        database, clock, known[schema.EPOCH], known.get(NAME, ""), public_url.rstrip("/"), identity
    )


def _about(connection: Connection) -> dict[str, str]:
    rows = connection.execute(t.about.select()).all()
    return {row.name: row.value for row in rows}


def _remember_name(connection: Connection, name: str) -> None:
    connection.execute(t.about.delete().where(t.about.c.name == NAME))
    connection.execute(t.about.insert().values(name=NAME, value=name))
