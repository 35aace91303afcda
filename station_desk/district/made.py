"""Statements that every message needs, put together once for each database.

SQLAlchemy takes longer to put one together and to find it again than PostgreSQL takes to run it. Here it does
so once; after that the text goes to the driver as it is, still through SQLAlchemy's connection, so that
errors, lost races and whoever listens to statements find what they know.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Text,
    any_,
    bindparam,
    column,
    func,
    select,
)

Values = Mapping[str, Any]
POSTGRESQL = "postgresql"


class _Said(NamedTuple):
    """A statement as the driver gets it; `order` names its values where they go by place, some are fixed."""

    text: str
    fixed: Values
    order: Sequence[str] | None


class Made:
    """One statement, its values all bound by name; `make` is told for which database.

    An insert may have `names` of columns: those that it fills.
    """

    def __init__(self, make: Callable[[str], Any], names: Sequence[str] | None = None) -> None:
        self._make = make
        self._names = names
        self._said: dict[str, _Said] = {}

    def run(self, connection: Connection, values: Values) -> CursorResult[Any]:
        """Runs it with these values. What it answers comes as the driver gives it."""
        said = self._for(connection)
        return connection.exec_driver_sql(said.text, _bound(said, values))

    def rows(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        """All rows that it finds."""
        found: Any = self.run(connection, values).all()
        return list(found)

    def run_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Runs it once with each of these, in one message where the database can."""
        said = self._for(connection)
        if rows:
            connection.exec_driver_sql(said.text, [_bound(said, values) for values in rows])

    def _for(self, connection: Connection) -> _Said:
        name = connection.dialect.name
        if name not in self._said:
            compiled: Any = self._make(name).compile(dialect=connection.dialect, column_keys=self._names)
            self._said[name] = _Said(str(compiled), compiled.params, compiled.positiontup)
        return self._said[name]


def among(database: str, of: Column[Any], name: str) -> ColumnElement[bool]:
    """Whether the column has one of the values of `name`, which `list_of` made: any number of them."""
    if database == POSTGRESQL:
        # The driver leaves the type open: so it is an array at once and no cast of a text, and can be hashed.
        return of == any_(bindparam(name, type_=ARRAY(of.type)))
    each = func.json_each(bindparam(name, type_=Text)).table_valued("value")
    return of.in_(select(column("value")).select_from(each))


def list_of(connection: Connection, values: Collection[str] | Collection[int]) -> str:
    """Many values in one: the driver takes a list apart far more slowly."""
    if connection.dialect.name == POSTGRESQL:
        return "{" + ",".join(map(_quoted, values)) + "}"
    return "[" + ",".join(map(_json, values)) + "]"


def _bound(said: _Said, values: Values) -> Any:
    named = {**said.fixed, **values}
    return named if said.order is None else tuple([named[name] for name in said.order])


def _quoted(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _json(value: str | int) -> str:
    return msgspec.json.encode(value).decode()
