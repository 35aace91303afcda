"""The quickest way to look something up: one statement, no transaction, on connections of its own.

For the page that everybody may ask for as often as he likes. SQLite answers in the thread that asks: that is
sooner done than handed on. PostgreSQL keeps each statement prepared.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import Engine, Select

IDLE = 8
"""So many connections to PostgreSQL are kept when nobody looks anything up."""

Values = Mapping[str, Any]


class NoGlance(Exception):
    """The look-up did not go this way; the usual one tells what is the matter."""


class _Asked(NamedTuple):
    """A statement as the driver gets it; `order` names its values where they go by place, some are fixed."""

    text: str
    fixed: Values
    order: Sequence[str] | None


class Glances:
    """Look-ups in the database of an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.is_quick = engine.dialect.name == "sqlite"
        """Whether it is sooner asked than handed to another thread."""

        self._error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._idle: LifoQueue[Any] = LifoQueue(1 if self.is_quick else IDLE)
        self._texts: dict[Select[Any], _Asked] = {}
        self._lock = Lock()

    def ask(self, asked: Select[Any], values: Values) -> Sequence[Any]:
        """The rows of a statement whose values are all named and bound. Raises NoGlance."""
        known = self._texts.get(asked) or self._remember(asked)
        try:
            connection = self._taken()
        except self._error as error:
            raise NoGlance from error
        try:
            named = {**known.fixed, **values}
            bound = named if known.order is None else [named[name] for name in known.order]
            rows: Sequence[Any] = connection.execute(known.text, bound).fetchall()
        except self._error as error:
            _hang_up(connection)
            raise NoGlance from error
        self._give_back(connection)
        return rows

    def close(self) -> None:
        """Hangs up; who asks after that gets connections anew."""
        with suppress(Empty):
            while True:
                _hang_up(self._idle.get_nowait())

    def _remember(self, asked: Select[Any]) -> _Asked:
        compiled: Any = asked.compile(dialect=self._engine.dialect)
        known = _Asked(str(compiled), compiled.params, compiled.positiontup)
        with self._lock:
            self._texts[asked] = known
        return known

    def _taken(self) -> Any:
        try:
            return self._idle.get_nowait()
        except Empty:
            return self._made()

    def _made(self) -> Any:
        pooled = self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if not self.is_quick:
            connection.autocommit, connection.prepare_threshold = True, 0
            connection.execute("SET default_transaction_read_only = on")
        return connection

    def _give_back(self, connection: Any) -> None:
        if self._idle.full():
            _hang_up(connection)
        else:
            self._idle.put(connection)


def _hang_up(connection: Any) -> None:
    with suppress(Exception):
        connection.close()
