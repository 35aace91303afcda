"""Many rows at once, in the quickest way the database has.

On PostgreSQL: COPY, in the transaction of the message. The row of the station is locked while a message is
stored, so no key can be taken already; one that is all the same takes the whole message back.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Column, ColumnElement, Connection, Table, any_, insert, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

Rows = Sequence[Mapping[str, Any]]
Change = Callable[[Any, Any], dict[str, Any]]
FEW = 16
"""So few rows are sooner inserted than copied."""


def put(connection: Connection, table: Table, rows: Rows) -> None:
    """Inserts the rows, which all name the same columns. Raises IntegrityError where a key is taken."""
    if not rows:
        return
    if connection.dialect.name != "postgresql" or len(rows) <= FEW:
        connection.execute(insert(table), list(rows))
        return
    _copied(connection, str(table.name), rows)


def put_or(connection: Connection, table: Table, rows: Rows, change: Change) -> None:
    """Inserts the rows; where the key of one is taken, changes what is there as `change(new, old)` says."""
    # The two dialects say it in the same words, each with a class of its own. One statement for whatever
    # number of rows: it is compiled once, and psycopg sends them all before it waits.
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    asked: Any = make(table)
    key = [column.name for column in table.primary_key.columns]
    changed = asked.on_conflict_do_update(index_elements=key, set_=change(asked.excluded, table.c))
    connection.execute(changed, list(rows))


def among(connection: Connection, column: Column[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether the column has one of the values; on PostgreSQL one statement for any number of them."""
    if connection.dialect.name != "postgresql":
        return column.in_(values)
    return column == any_(literal(list(values), ARRAY(column.type)))


def _copied(connection: Connection, table: str, rows: Rows) -> None:
    columns = tuple(rows[0])
    cursor: Any = connection.connection.cursor()
    driver: Any = connection.dialect.loaded_dbapi
    try:
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in columns])
    except driver.Error as error:
        # As SQLAlchemy tells it of its own statements: so a lost race is done again, and a lock is said.
        raise DBAPIError.instance("COPY", None, error, driver.Error, hide_parameters=True) from error
    finally:
        cursor.close()
