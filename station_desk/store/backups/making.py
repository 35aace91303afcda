"""Makes a backup of an open profile by SQLite's backup API, proves it, and only then gives it its name.

The copy is of one moment: the ends of the logs are read in the same reading transaction. Nobody waits for it.
"""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from station_desk import __version__
from station_desk.cases.event import Head
from station_desk.core.clock import Clock, stamp
from station_desk.core.settings import pc_file
from station_desk.core.whole_file import settle, write_whole
from station_desk.store.backups.kept import (
    DATABASE,
    EDITIONS,
    MANIFEST,
    PART,
    PC_SETTINGS,
    PREFIX,
    Backup,
    BackupFaulty,
    Manifest,
    NoRoom,
    backups_in,
    read_backup,
    same_heads,
)
from station_desk.store.backups.thinning import ALWAYS, to_drop
from station_desk.store.desk_store import DeskStore
from station_desk.store.driver import sqlcipher
from station_desk.store.erased_list import NAME as ERASED_LIST
from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble

Progress = Callable[[int, int], None]
PAGES = 2_000
"""So many pages are copied between two looks whether somebody wants it to stop: some 50 ms."""

NEARLY_FULL = 10
"""With less than a tenth of a disk free, only the newest backups stay on it."""

ENDS = (
    "SELECT w.writer, coalesce(e.seq, w.seq), coalesce(e.hash, w.hash) FROM writers w"
    " LEFT JOIN (SELECT writer, seq, hash FROM events UNION ALL SELECT writer, seq, hash FROM events_aside) e"
    " ON e.writer = w.writer AND e.seq = w.seq"
)
"""The ends of all logs, as the events themselves say."""

ROOM = 64 * 1024 * 1024
"""What must stay free beside a backup, in bytes."""


def name_at(at: str) -> str:
    """The name of a backup that was made at a moment."""
    return PREFIX + at[:19].replace("-", "").replace(":", "")


def make_backup(store: DeskStore, folder: Path, clock: Clock, progress: Progress) -> Backup:
    """Makes the backup `folder`. Raises NoRoom, BackupFaulty, disk trouble; then there is none.

    What `progress` raises stops it.
    """
    began, at = time.monotonic(), stamp(clock())
    part = folder.with_name(f".{folder.name}{PART}")
    with disk_trouble(folder):
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        _require_room(store.profile, folder.parent)
        part.mkdir(mode=0o700)
        try:
            told = _copied(store, part / DATABASE, at, progress)
            copy_beside(store.profile, part)
            _settle_all(part)
            prove(store.opened_beside, part / DATABASE, told)
            _name(part, folder, msgspec.structs.replace(told, took=round(time.monotonic() - began, 3)))
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return read_backup(folder)


def carry(backup: Backup, place: Path, open_copy: Callable[[Path], Any]) -> Backup:
    """A good backup once more in another place, proved there as well. Raises what `make_backup` raises."""
    folder = place / backup.folder.name
    part = place / f".{folder.name}{PART}"
    with disk_trouble(folder):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        require_free(place, backup.manifest.size)
        try:
            # Nobody writes into a finished backup: its files may be copied as files.
            shutil.copytree(backup.folder, part)
            _settle_all(part)
            prove(open_copy, part / DATABASE, backup.manifest)
            _name(part, folder, backup.manifest)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return read_backup(folder)


def thin(place: Path, clock: Clock) -> None:
    """Takes away the backups that the rule drops; where the disk is nearly full, the oldest beyond them."""
    found = backups_in(place)
    dropped = set(to_drop([backup.made for backup in found], clock()))
    for backup in found:
        if backup.made in dropped:
            _take_away(backup)
    for backup in reversed(backups_in(place)[ALWAYS:]):
        disk = shutil.disk_usage(place)
        if disk.free * NEARLY_FULL > disk.total:
            break
        _take_away(backup)


def keep_newest(place: Path) -> None:
    """Takes away all backups of a place but the newest: what was erased must not come back."""
    for backup in backups_in(place)[1:]:
        _take_away(backup)


def heads_of(connection: Any) -> dict[str, Head]:
    """The ends of all logs, as the table of writers says."""
    found = connection.execute("SELECT writer, seq, hash FROM writers ORDER BY writer").fetchall()
    return {writer: Head(seq, end) for writer, seq, end in found}


def prove(open_copy: Callable[[Path], Any], database: Path, told: Manifest) -> None:
    """Opens a copy and compares it with what the source said. Raises BackupFaulty."""
    connection = open_copy(database)
    try:
        good = _is_as_told(connection, told)
    except sqlcipher.DatabaseError as error:
        raise BackupFaulty(path=database) from error
    finally:
        connection.close()
    if not good:
        raise BackupFaulty(path=database)


def _is_as_told(connection: Any, told: Manifest) -> bool:
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
        return False
    ends = {writer: Head(seq, end) for writer, seq, end in connection.execute(ENDS).fetchall()}
    return (
        same_heads(ends, told.heads)
        and same_heads(heads_of(connection), told.heads)
        and _counts(connection) == (told.events, told.cases)
    )


def copy_beside(profile: Profile, folder: Path) -> None:
    """Copies what lies beside the database and is needed with it: what opens it, settings, editions."""
    for file in profile.sidecars:
        shutil.copy2(file, folder / file.name)
    if profile.editions.is_dir():
        shutil.copytree(profile.editions, folder / EDITIONS)
    with suppress(FileNotFoundError):
        shutil.copyfile(pc_file(), folder / PC_SETTINGS)
    # Copied elsewhere with an older one, this backup tells what was erased since the older was made.
    with suppress(FileNotFoundError):
        shutil.copyfile(profile.folder / ERASED_LIST, folder / ERASED_LIST)


def require_free(place: Path, size: int) -> None:
    """Raises NoRoom unless so many bytes find room in a place."""
    free = shutil.disk_usage(place).free
    if free < size + ROOM:
        raise NoRoom(path=place, free=free // 2**20, needed=(size + ROOM) // 2**20)


def _require_room(profile: Profile, place: Path) -> None:
    require_free(place, profile.database.stat().st_size)


def _copied(store: DeskStore, database: Path, at: str, progress: Progress) -> Manifest:
    target = store.opened_beside(database)
    try:
        with store.snapshot() as source:
            about = dict(source.execute("SELECT key, value FROM about").fetchall())
            heads, (events, cases) = heads_of(source), _counts(source)

            def tell(_status: int, left: int, total: int) -> None:
                progress(total - left, total)

            source.backup(target, pages=PAGES, progress=tell)
        # One file, that can be opened where nothing may be written.
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()
    return Manifest(
        at, about["station"], about["counter"], heads, events, cases, database.stat().st_size, __version__
    )


def _counts(connection: Any) -> tuple[int, int]:
    events = connection.execute("SELECT count(*) FROM events").fetchone()[0]
    return int(events), int(
        connection.execute("SELECT coalesce(sum(cases), 0) FROM case_counts").fetchone()[0]
    )


def _take_away(backup: Backup) -> None:
    # Without its manifest it counts no more, whatever breaks in between.
    with suppress(OSError):
        (backup.folder / MANIFEST).unlink()
    shutil.rmtree(backup.folder, ignore_errors=True)


def _settle_all(folder: Path) -> None:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            handle = os.open(file, os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        else:
            settle(file)


def _name(part: Path, folder: Path, manifest: Manifest) -> None:
    write_whole(msgspec.json.encode(manifest), part / MANIFEST)
    part.rename(folder)
    settle(folder.parent)
