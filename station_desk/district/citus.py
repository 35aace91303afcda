"""Spreads the district over several machines by station, with the functions of the extension Citus.

Every table goes by its station, and all tables of one station lie together, so that a push, a page and a
resident's look-up each ask one machine. What belongs to no station is copied to every machine. The schema and
the program stay as they are.
"""

from typing import NamedTuple

from sqlalchemy import Connection, Table, text

from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.database import Database

DISTRIBUTE, COPY = "create_distributed_table", "create_reference_table"
BY = "station"
TOGETHER_WITH = "none"
"""The word for a table that begins a group of its own; all others lie together with it."""

_THERE = text(
    "SELECT count(DISTINCT proname) FROM pg_proc "
    "WHERE proname IN (:distribute, :copy) AND pg_function_is_visible(oid)"
)
_SPREAD = text("SELECT logicalrelid::text FROM pg_dist_partition")
_DISTRIBUTE = text(f"SELECT {DISTRIBUTE}(CAST(:name AS regclass), :by, colocate_with => :beside)")
_COPY = text(f"SELECT {COPY}(CAST(:name AS regclass))")


class PostgresNeeded(RuleError):
    code = "district.engine_needs_postgres"


class CitusMissing(RuleError):
    code = "district.citus_missing"


class Spread(NamedTuple):
    """The tables that were spread by station, and those that every machine has a copy of now."""

    by_station: tuple[str, ...]
    copied: tuple[str, ...]


def spread(database: Database) -> Spread:
    """Spreads all tables that are not spread yet, or none: asked again, it does what is left.

    Raises PostgresNeeded, CitusMissing; then nothing was changed.
    """
    if database.is_sqlite:
        raise PostgresNeeded(engine="citus")
    return database.write_once(_spread)


def _spread(connection: Connection) -> Spread:
    there = connection.execute(_THERE, {"distribute": DISTRIBUTE, "copy": COPY}).scalar_one()
    if there < 2:
        raise CitusMissing
    # What lies there already is moved now: that takes as long as it takes.
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    done = set(connection.execute(_SPREAD).scalars())
    copied = [table.name for table in t.OF_THE_DISTRICT if table.name not in done]
    for name in copied:
        connection.execute(_COPY, {"name": name})
    by_station = [table.name for table in _of_stations() if table.name not in done]
    for name in by_station:
        beside = TOGETHER_WITH if name == t.station.name else t.station.name
        connection.execute(_DISTRIBUTE, {"name": name, "by": BY, "beside": beside})
    return Spread(tuple(by_station), tuple(copied))


def _of_stations() -> list[Table]:
    """All of them, that of the stations first: the others are laid beside it."""
    others = [table for table in t.metadata.sorted_tables if table not in (*t.OF_THE_DISTRICT, t.station)]
    return [t.station, *others]
