"""Many rows at once, in the quickest way the database has.

On PostgreSQL: COPY into a table of this connection, from there into the table itself, where what is there
already stays as it is. The row of the station is locked while a message is stored, so nothing can be there
already; that every row came in is counted all the same, because a message counts whole or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

Rows = Sequence[Mapping[str, Any]]
Change = Callable[[Any, Any], dict[str, Any]]
FEW = 16
"""So few rows are sooner inserted than copied."""


class RowsMissing(Exception):
    """Some rows did not come in because their keys are taken: the unit is taken back whole."""


def put(connection: Connection, table: Table, rows: Rows) -> None:
    """Inserts the rows, which all name the same columns. Raises RowsMissing, or what the driver raises."""
    if not rows:
        return
    if connection.dialect.name != "postgresql" or len(rows) <= FEW:
        connection.execute(insert(table), list(rows))
        return
    _copied(connection, str(table.name), rows)


def put_or(connection: Connection, table: Table, rows: Rows, change: Change) -> None:
    """Inserts the rows; where the key of one is taken, changes what is there as `change(new, old)` says."""
    # The two dialects say it in the same words, each with a class of its own.
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    asked: Any = make(table).values(list(rows))
    key = [column.name for column in table.primary_key.columns]
    connection.execute(asked.on_conflict_do_update(index_elements=key, set_=change(asked.excluded, table.c)))


def _copied(connection: Connection, table: str, rows: Rows) -> None:
    stage, names = f"pg_temp.stage_{table}", ", ".join(rows[0])
    columns = tuple(rows[0])
    cursor: Any = connection.connection.cursor()
    driver: Any = connection.dialect.loaded_dbapi
    try:
        cursor.execute(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS stage_{table} (LIKE {table} INCLUDING DEFAULTS) "
            "ON COMMIT DELETE ROWS"
        )
        with cursor.copy(f"COPY {stage} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in columns])
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {stage} ON CONFLICT DO NOTHING")
        if cursor.rowcount != len(rows):
            raise RowsMissing(table)
        cursor.execute(f"DELETE FROM {stage}")
    except driver.Error as error:
        # As SQLAlchemy tells it of its own statements: so a lost race is done again, and a lock is said.
        raise DBAPIError.instance("COPY", None, error, driver.Error, hide_parameters=True) from error
    finally:
        cursor.close()
