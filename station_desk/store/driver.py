"""The one way in which the desk's database is opened: encrypted, durable, one writer at a time.

Plain driver only: the first window is painted through this, before SQLAlchemy is imported. Why SQLCipher's
own SQLite: the ones of Python 3.11 and Debian 12 are in the range of the WAL-reset bug (3.7.0 to 3.51.2).
"""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

sqlcipher: Any = importlib.import_module("sqlcipher3.dbapi2")
OLDEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 10
READ_ONLY = 8
"""What SQLite says where it would have to write and may not."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)

Seen = TypeVar("Seen")

if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
    raise ImportError(
        f"SQLite {sqlcipher.sqlite_version} can corrupt a WAL database; {OLDEST_SQLITE} is needed"
    )


def connect(path: Path, key: str) -> Any:
    """A connection in autocommit mode to the database at `path`; `key` is 64 hex digits (256 bits)."""
    connection = _opened(str(path), key, uri=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_reading(path: Path, key: str) -> Any:
    """A connection that can change nothing: for a first look at a file that may not be ours to touch."""
    return _opened(f"{path.absolute().as_uri()}?mode=ro", key, uri=True)


def look(path: Path, key: str, question: Callable[[Any], Seen]) -> Seen:
    """The answer to a question about a file that may not be ours to touch: nothing is changed."""
    try:
        return _looked(path, key, question)
    except sqlcipher.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != READ_ONLY:
            raise
        # A change of keys was killed while it left the write-ahead log: who only reads cannot undo that.
        _roll_back_left(path, key)
        return _looked(path, key, question)


def connect_copy(path: Path, key: str) -> Any:
    """A connection to a copy that nobody else knows yet: its settings are those that it holds."""
    return _opened(str(path), key, uri=False)


def _looked(path: Path, key: str, question: Callable[[Any], Seen]) -> Seen:
    connection = connect_reading(path, key)
    try:
        return question(connection)
    finally:
        connection.close()


def _roll_back_left(path: Path, key: str) -> None:
    connection = _opened(str(path), key, uri=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()


def _opened(name: str, key: str, *, uri: bool) -> Any:
    connection = sqlcipher.connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri
    )
    connection.execute(f"PRAGMA key=\"x'{key}'\"")
    connection.execute("PRAGMA cipher_log_level=NONE")
    # SQLCipher's SHA-512 is no safer here, and slower by a tenth of a commit where SHA-256 is in hardware.
    connection.execute("PRAGMA cipher_hmac_algorithm=HMAC_SHA256")
    return connection
