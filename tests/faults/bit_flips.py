"""One bit of the database file is turned: whoever opens it is refused, or reads what was written."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from station_desk.core.clock import now
from station_desk.core.errors import IntegrityError
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect, sqlcipher
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key

Shown = dict[str, list[Any]]
Reader = Callable[[Path], Shown | None]
"""Everything that a database file says, or None where it was refused."""


def flips(database: Path, count: int, dice: Random, reader: Reader) -> tuple[int, int, int]:
    """Turns so many bits, one at a time: how often it was refused, read right, and read wrong."""
    good = database.read_bytes()
    whole = reader(database)
    refused = right = wrong = 0
    for _ in range(count):
        place = dice.randrange(len(good))
        turned = bytes([good[place] ^ 1 << dice.randrange(8)])
        _lay(database, good[:place] + turned + good[place + 1 :])
        shown = reader(database)
        refused += shown is None
        right += shown == whole
        wrong += shown is not None and shown != whole
    _lay(database, good)
    return refused, right, wrong


def as_the_desk_reads(database: Path) -> Shown | None:
    """Through the program: what is damaged is refused, and put aside."""
    try:
        store = open_store(database.parent, now)
    except IntegrityError:
        return None
    try:
        return {name: store.read(f"SELECT * FROM {name}") for name in _tables(store.read)}
    except IntegrityError:
        return None
    finally:
        store.close()


def as_plain_sqlite_reads(database: Path) -> Shown | None:
    """The same tables in a file that nothing signs: the control."""
    connection = sqlcipher.connect(str(database), isolation_level=None)

    def read(sql: str) -> list[Any]:
        rows: list[Any] = connection.execute(sql).fetchall()
        return rows

    try:
        return {name: read(f"SELECT * FROM {name}") for name in _tables(read)}
    except (sqlcipher.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def plain_copy(profile: Profile, target: Path) -> Path:
    """The database of a profile without its signing and sealing."""
    connection = connect(profile.database, read_key(profile))
    try:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
        connection.execute("SELECT sqlcipher_export('plain')")
    finally:
        connection.close()
    return target


def _tables(read: Callable[[str], list[Any]]) -> list[str]:
    rows = read(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case_words%' ORDER BY 1"
    )
    return [name for (name,) in rows]


def _lay(database: Path, content: bytes) -> None:
    for left in database.parent.glob("desk.damaged-*"):
        left.unlink()
    for end in ("-wal", "-shm"):
        Path(f"{database}{end}").unlink(missing_ok=True)
    (database.parent / "desk.suspect").unlink(missing_ok=True)
    database.write_bytes(content)
