"""Another key for the same database: killed at any point, the profile opens with the old or the new one.

The database is encrypted anew in place, in one transaction of SQLCipher's own, while nobody else has it open.
Whoever waits for it meanwhile gets "busy" or "wrong key", never a file that is thrown away under him. Before
that, `key.json` learns both keys, each sealed by the other; after it was verified, only the new one is left.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from station_desk.store.driver import connect, sqlcipher
from station_desk.store.profile import Profile
from station_desk.store.trouble import Damaged, disk_trouble
from station_desk.store.vault.changes import Keeping, ring_for
from station_desk.store.vault.device import forget_half
from station_desk.store.vault.recovery_key import SECRET_BYTES
from station_desk.store.vault.ring import DEVICE, Ring, check_of, read_ring
from station_desk.store.vault.ring_file import COPY, sweep_copy, write_ring
from station_desk.store.vault.sealing import by_envelope, seal, unseal
from station_desk.store.vault.trouble import ProfileInUse

HEADS = "SELECT writer, seq, hash FROM writers ORDER BY writer"
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)


@dataclass(frozen=True, slots=True)
class Rotated:
    """The key of from now on, and the secret of the envelope that belongs to it."""

    key: str
    secret: bytes


def rotate(profile: Profile, key: str, keeping: Keeping, day: date, then: Callable[[bytes], None]) -> Rotated:
    """Gives the database a fresh key, and every way to it anew.

    `then` gets the secret of the new envelope before anything is changed: if that cannot be printed or kept,
    all stays as it is. Raises ProfileInUse, PassphraseShort, NoKeyPlace, Damaged, disk trouble.
    """
    old = read_ring(profile)
    with disk_trouble(profile.database):
        connection = _alone(profile, key)
        try:
            before = _counted(connection)
            fresh, secret = secrets.token_hex(32), secrets.token_bytes(SECRET_BYTES)
            coming = ring_for(profile, fresh, keeping)
            envelope = by_envelope(coming.name, fresh, secret, day.isoformat())
            coming = replace(coming, wraps=(*coming.wraps, envelope))
            then(secret)
            _copy(connection, profile.folder / COPY, key, before)
            bridge = {"there": _sealed(key, fresh, "there"), "back": _sealed(fresh, key, "back")}
            write_ring(profile, replace(old, next=coming, bridge=bridge))
            connection.execute(f"PRAGMA rekey=\"x'{fresh}'\"")
        finally:
            connection.close()
        _require_whole(profile, fresh, before)
    _finish(profile, old, coming)
    return Rotated(fresh, secret)


def settled(profile: Profile, ring: Ring, key: str) -> str:
    """Ends a change of keys that was broken off, and says which key holds. Raises Busy while it goes on."""
    assert ring.next is not None, "only a ring with a next one is settled"
    if check_of(key) == ring.check:
        old, fresh = key, unseal(bytes.fromhex(key), ring.bridge["there"], "there") or ""
    else:
        old, fresh = unseal(bytes.fromhex(key), ring.bridge["back"], "back") or "", key
    with disk_trouble(profile.database):
        if fresh and _opens(profile, fresh):
            _require_whole(profile, fresh, _counted_in_copy(profile, old))
            _finish(profile, ring, ring.next)
            return fresh
        if not (old and _opens(profile, old)):
            raise Damaged(path=profile.database)
    write_ring(profile, replace(ring, next=None, bridge={}))
    _forget(ring.next)
    sweep_copy(profile)
    return old


def _alone(profile: Profile, key: str) -> Any:
    """A connection beside which there is no other. Raises ProfileInUse."""
    connection = connect(profile.database, key)
    try:
        connection.execute("PRAGMA busy_timeout=1000")
        # The write-ahead log can be left only by the last one who has the file open.
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        if mode != "delete":
            raise ProfileInUse(path=profile.folder)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlcipher.OperationalError as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (5, 6):
            raise ProfileInUse(path=profile.folder) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _copy(connection: Any, place: Path, key: str, before: object) -> None:
    """A copy under the old key, made by the connection: another hand on the file would lift its lock."""
    place.unlink(missing_ok=True)
    copy = connect(place, key)
    try:
        connection.backup(copy)
        if _counted(copy) != before:
            raise Damaged(path=place)
    finally:
        copy.close()


def _require_whole(profile: Profile, key: str, before: object) -> None:
    """Raises Damaged, with the old database back in its place, unless all is there under the new key."""
    connection = connect(profile.database, key)
    try:
        bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        whole = not bad and connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        whole = whole and before in (None, _counted(connection))
    except sqlcipher.DatabaseError:
        whole = False
    finally:
        connection.close()
    if not whole:
        with suppress(FileNotFoundError):
            (profile.folder / COPY).replace(profile.database)
        raise Damaged(path=profile.database)


def _counted_in_copy(profile: Profile, key: str) -> object:
    """What the copy under the old key holds; None when it is gone."""
    if not key or not (profile.folder / COPY).exists():
        return None
    copy = connect(profile.folder / COPY, key)
    try:
        return _counted(copy)
    finally:
        copy.close()


def _finish(profile: Profile, old: Ring, coming: Ring) -> None:
    """Only the new key is left: what the old key opens goes away, and the old ways are forgotten."""
    for left in profile.folder.glob("desk.before-*.db*"):
        left.unlink(missing_ok=True)
    write_ring(profile, replace(coming, was_plain=False, next=None, bridge={}))
    _forget(old)


def _forget(ring: Ring) -> None:
    for wrap in ring.wraps:
        if wrap.by in DEVICE:
            forget_half(wrap)


def _opens(profile: Profile, key: str) -> bool:
    try:
        connection = connect(profile.database, key)
    except sqlcipher.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == 26:
            return False
        raise
    connection.close()
    return True


def _counted(connection: Any) -> tuple[Any, ...]:
    """The end of every log and the number of rows of every table."""
    names = [name for (name,) in connection.execute(TABLES).fetchall()]
    counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names]
    return tuple(connection.execute(HEADS).fetchall()), tuple(zip(names, counts, strict=True))


def _sealed(by: str, key: str, about: str) -> str:
    return seal(bytes.fromhex(by), key, about)
