"""Sums of the days of the caseload, so that the desk reads as much after ten years as after one.

`daily` has a row for each item, day and state of a station: many, and ever more. Here the same is kept
without items by day, and by month with and without them; all of it a station at a time, in the transaction
that changes `daily`. What the whole district comes to is added up when it is read: a row for all stations
would be waited for by everybody who sends.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
)

from station_desk.district import tables as t
from station_desk.district.bulk import put_or
from station_desk.district.database import Database
from station_desk.district.schema import EPOCH

SUMMED = "summed"
"""The fact that says that the sums are filled, and that each push keeps them so."""

ALL = ""
"""The item type of a row that sums all of them."""

SUMS = (t.day_sum, t.month_sum, t.item_month)

MONTH = 7
"""So many characters of a day name its month."""

Day = tuple[str, str, str, str]
"""A line of `daily` of a station: day, category, item, state."""

Key = tuple[str, ...]
"""A line of a sum of a station: its primary key after the station."""


def keys_of(line: Day) -> Iterator[tuple[Table, Key]]:
    """The sums that a line of `daily` goes into."""
    day, category, item, state = line
    month = day[:MONTH]
    for kind in (category, ALL):
        yield t.day_sum, (kind, state, day)
        yield t.month_sum, (month, kind, state)
    yield t.item_month, (category, month, item, state)


def summed(days: Mapping[Day, int]) -> dict[Table, Counter[Key]]:
    """What these lines of `daily` come to in each of the sums."""
    sums: dict[Table, Counter[Key]] = {table: Counter() for table in SUMS}
    for line, amount in days.items():
        for table, key in keys_of(line):
            sums[table][key] += amount
    return sums


def add_to_sums(connection: Connection, station: str, change: Mapping[Day, int]) -> None:
    """Adds to the sums of the station what was added to its days."""
    for table, amounts in summed(change).items():
        names = _names(table)
        rows = [
            {"station": station, **dict(zip(names, key, strict=True)), "amount": amount}
            for key, amount in sorted(amounts.items())
            if amount
        ]
        if rows:
            put_or(connection, table, rows, lambda new, old: {"amount": old["amount"] + new["amount"]})


def sums_that_differ(connection: Connection, station: str, days: Mapping[Day, int]) -> Iterator[str]:
    """The lines of the sums (`table/part/part…`) that are not what these days of the station come to."""
    for table, amounts in summed(days).items():
        c, names = table.c, _names(table)
        asked = select(*(c[name] for name in names), c.amount).where(c.station == station)
        for row in connection.execute(asked).all():
            amounts[tuple(row[:-1])] -= row.amount
        for key in sorted(key for key, difference in amounts.items() if difference):
            yield "/".join((table.name, *(part or "*" for part in key)))


def sum_what_was_there(database: Database) -> None:
    """Fills once the sums of a database of before; done again where it broke off, it comes to the same."""
    if database.read(_is_summed):
        return
    asked = select(t.writer.c.station).distinct().order_by(t.writer.c.station)
    for station in database.read(lambda connection: connection.execute(asked).scalars().all()):
        database.write(partial(_fill, station=station))
    database.write(_note)


def _fill(connection: Connection, station: str) -> None:
    # As a push does it: whoever sends meanwhile takes turns.
    connection.execute(select(t.station).where(t.station.c.station == station).with_for_update()).all()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    for table in SUMS:
        connection.execute(delete(table).where(table.c.station == station))
    for table, parts in _PARTS:
        asked = select(_D.station, *parts, func.sum(_D.amount)).where(_D.station == station)
        # What is the same in every row is no part of a group.
        asked = asked.group_by(_D.station, *(part for part in parts if part is not _ALL))
        connection.execute(insert(table).from_select(["station", *_names(table), "amount"], asked))


_D = t.daily.c
_ALL: ColumnElement[str] = literal_column("''")
_MONTH: ColumnElement[str] = func.substr(_D.day, literal_column("1"), literal_column(f"{MONTH}"))
_PARTS: tuple[tuple[Table, tuple[ColumnElement[str], ...]], ...] = (
    (t.day_sum, (_D.category, _D.state, _D.day)),
    (t.day_sum, (_ALL, _D.state, _D.day)),
    (t.month_sum, (_MONTH, _D.category, _D.state)),
    (t.month_sum, (_MONTH, _ALL, _D.state)),
    (t.item_month, (_D.category, _MONTH, _D.item, _D.state)),
)
"""From which parts of `daily` each sum is made."""


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)[1:]


def _is_summed(connection: Connection) -> bool:
    return connection.execute(select(t.about.c.value).where(t.about.c.name == SUMMED)).scalar() is not None


def _note(connection: Connection) -> None:
    # Two servers may have done it at once: the epoch is there since the tables are.
    connection.execute(t.about.select().where(t.about.c.name == EPOCH).with_for_update()).all()
    if not _is_summed(connection):
        connection.execute(insert(t.about).values(name=SUMMED, value="1"))
