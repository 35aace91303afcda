"""Many rows at once, in the quickest way the database has.

On PostgreSQL: COPY, in the transaction of the message. The row of the station is locked while a message is
stored, so no key can be taken already; one that is all the same takes the whole message back.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ARRAY, Column, ColumnElement, Connection, Table, any_, insert, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from station_desk.district.made import Made

Rows = Sequence[Mapping[str, Any]]
Change = Callable[[Any, Any], dict[str, Any]]
FEW = 16
"""So few rows are sooner inserted than copied."""


def put(connection: Connection, table: Table, rows: Rows) -> None:
    """Inserts the rows, which all name the same columns. Raises IntegrityError where a key is taken."""
    if not rows:
        return
    names = tuple(rows[0])
    put_rows(connection, table, names, list(map(itemgetter(*names), rows)))


def put_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """The same for rows that are in the order of the names of their columns."""
    if not rows:
        return
    if connection.dialect.name != "postgresql" or len(rows) <= FEW:
        _inserted(table, names).run_each(connection, [dict(zip(names, row, strict=True)) for row in rows])
        return
    _copied(connection, str(table.name), names, rows)


def upsert(table: Table, change: Change) -> Made:
    """Inserts rows; where the key of one is taken, changes what is there as `change(new, old)` says."""

    # The two dialects say it in the same words, each with a class of its own.
    def make(database: str) -> Any:
        asked: Any = (postgresql.insert if database == "postgresql" else sqlite.insert)(table)
        key = [column.name for column in table.primary_key.columns]
        return asked.on_conflict_do_update(index_elements=key, set_=change(asked.excluded, table.c))

    return Made(make)


def put_or(connection: Connection, table: Table, rows: Rows, change: Change) -> None:
    """The same once, for what happens seldom."""
    upsert(table, change).run_each(connection, rows)


def among(connection: Connection, column: Column[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether the column has one of the values; on PostgreSQL one statement for any number of them."""
    if connection.dialect.name != "postgresql":
        return column.in_(values)
    return column == any_(literal(list(values), ARRAY(column.type)))


@cache
def _inserted(table: Table, names: tuple[str, ...]) -> Made:
    return Made(lambda _database: insert(table), names)


def _copied(
    connection: Connection, table: str, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    cursor: Any = connection.connection.cursor()
    driver: Any = connection.dialect.loaded_dbapi
    try:
        with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            copy.write("".join(map(_line, rows)))
    except driver.Error as error:
        # As SQLAlchemy tells it of its own statements: so a lost race is done again, and a lock is said.
        raise DBAPIError.instance("COPY", None, error, driver.Error, hide_parameters=True) from error
    finally:
        cursor.close()


def _line(row: tuple[Any, ...]) -> str:
    """A row as COPY reads it. The driver would ask of each value what it is."""
    texts = [value if value.__class__ is str else _text(value) for value in row]
    line = "\t".join(texts)
    if "\\" in line or "\n" in line or "\r" in line or line.count("\t") >= len(texts):
        line = "\t".join([_escaped(text) for text in texts])
    return line + "\n"


def _escaped(text: str) -> str:
    # One after the other: str.translate took longer than all the rest of a line.
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case bool():
            return "t" if value else "f"
        case int():
            return str(value)
        case _:
            raise TypeError(type(value))
