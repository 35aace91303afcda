"""The one way in which the district's database is opened: SQLite for a small one, PostgreSQL for a large one.

SQLite: write-ahead log, synced at each commit, one connection that writes; a writing unit takes its lock at
the start, because the driver's own BEGIN comes only before the first change, too late for what was read.
PostgreSQL: time limits on statements and locks, and a unit that lost a race is done again.
"""

import importlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Select, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from station_desk.core.errors import TroubleError
from station_desk.district.glances import Glances, NoGlance

T = TypeVar("T")

SQLITE_PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)
POSTGRES_OPTIONS = "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
LOST_RACE = frozenset({"40001", "40P01"})
"""serialization_failure and deadlock_detected: PostgreSQL's request to do the same again."""

MOST_TRIES = 8
READERS = 4


class AddressNotUnderstood(TroubleError):
    code = "district.address_not_understood"


class DatabaseUnreachable(TroubleError):
    code = "district.database_unreachable"


class DatabaseMissing(TroubleError):
    code = "district.database_missing"


class Database:
    """An open database: `read` and `write` run a piece of work in one transaction and leave nothing open."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._writing = _sqlite(url, "IMMEDIATE") if self.is_sqlite else _postgres(url)
        self._reading = _reader(url, self._writing)
        self.glances = None if self.is_sqlite and _in_memory(url) else Glances(self._reading)
        """The quickest way to look up a single thing; a database in memory has none."""

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def glance(self, asked: Select[Any], values: Mapping[str, Any]) -> Sequence[Any]:
        """The rows of one statement whose values are all named, by the quickest way that the database has."""
        if self.glances:
            with suppress(NoGlance):
                return self.glances.ask(asked, values)
        return self.read(lambda connection: connection.execute(asked, values).all())

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds; it must fetch all it wants."""
        with self._reading.connect() as connection:
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` answers after its commit; any exception takes back all of it. It may be run again."""
        for _ in range(MOST_TRIES - 1):
            try:
                return self._once(work)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in LOST_RACE:
                    raise
        return self._once(work)

    def write_once(self, work: Callable[[Connection], T]) -> T:
        """The same for work that reads from something that it can read only once: it is never run again."""
        return self._once(work)

    def close(self) -> None:
        """Lets go of all connections."""
        if self.glances:
            self.glances.close()
        self._reading.dispose()
        self._writing.dispose()

    def _once(self, work: Callable[[Connection], T]) -> T:
        with self._writing.begin() as connection:
            return work(connection)


def open_database(address: str) -> Database:
    """The database at `address`: `sqlite:///file`, a plain path of a file, or `postgresql://…`.

    Raises AddressNotUnderstood, DatabaseUnreachable.
    """
    database = Database(_url(address))
    try:
        database.read(lambda connection: connection.exec_driver_sql("SELECT 1").all())
    except OperationalError as error:
        database.close()
        raise DatabaseUnreachable(address=_shown(database.url), why=str(error.orig).strip()) from error
    return database


def require_there(address: str) -> None:
    """Raises DatabaseMissing for an SQLite file that is not there, which opening would make anew."""
    url = _url(address)
    if url.get_backend_name() == "sqlite" and not _in_memory(url) and not Path(url.database or "").exists():
        raise DatabaseMissing(address=_shown(url))


def _url(address: str) -> URL:
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=address)
    except ArgumentError as error:
        raise AddressNotUnderstood(address=address) from error
    match url.get_backend_name():
        case "sqlite":
            return url
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case _:
            raise AddressNotUnderstood(address=_shown(url))


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _sqlite(url: URL, lock: str) -> Engine:
    engine = create_engine(
        url, module=_sqlite_driver(), poolclass=QueuePool, pool_size=1, max_overflow=0,
        connect_args={"check_same_thread": False}, hide_parameters=True,
    )  # fmt: skip
    _begin_with(engine, lock)
    _set_up_with(engine, SQLITE_PRAGMAS if not _in_memory(url) else SQLITE_PRAGMAS[3:])
    return engine


def _reader(url: URL, writing: Engine) -> Engine:
    """Reads see one moment of the database from their first question to the last."""
    if url.get_backend_name() != "sqlite":
        return writing.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    if _in_memory(url):
        return writing
    engine = create_engine(
        url, module=_sqlite_driver(), poolclass=QueuePool, pool_size=READERS, max_overflow=0,
        connect_args={"check_same_thread": False}, hide_parameters=True,
    )  # fmt: skip
    _begin_with(engine, "DEFERRED")
    _set_up_with(engine, ("busy_timeout=10000", "trusted_schema=OFF", "mmap_size=0", "query_only=ON"))
    return engine


def _in_memory(url: URL) -> bool:
    return url.database in (None, "", ":memory:")


def _sqlite_driver() -> Any:
    # SQLCipher's own SQLite, used without a key: those of Python 3.11 and Debian 12 lie in the range of the
    # WAL-reset bug (3.7.0 to 3.51.2), which needs a second connection that writes; we have only one.
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        return sqlite3


def _begin_with(engine: Engine, lock: str) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {lock}")


def _set_up_with(engine: Engine, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def set_up(driver_connection: Any, _record: object) -> None:
        driver_connection.isolation_level = None
        for pragma in pragmas:
            driver_connection.execute(f"PRAGMA {pragma}")


def _postgres(url: URL) -> Engine:
    return create_engine(
        url, pool_size=READERS, max_overflow=READERS, pool_pre_ping=True, hide_parameters=True,
        connect_args={
            "connect_timeout": 10,
            "options": POSTGRES_OPTIONS,
            "application_name": "station-desk district",
        },
    )  # fmt: skip
