"""Makes a backup of an open profile by SQLite's backup API, proves it, and only then gives it its name.

The copy is of one moment: the ends of the logs are read in the same reading transaction. Nobody waits for it.
"""

import os
import shutil
import time
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import msgspec

from station_desk import __version__
from station_desk.cases.event import Head
from station_desk.core.clock import Clock, stamp
from station_desk.core.errors import TroubleError
from station_desk.core.last_place import resting
from station_desk.core.settings import pc_file
from station_desk.core.whole_file import settle, write_whole
from station_desk.store.backfill import Progress, unheard
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
from station_desk.store.driver import connect, connect_copy, sqlcipher
from station_desk.store.erased_list import NAME as ERASED_LIST
from station_desk.store.processes import Broken, Job, done_beside
from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble
from station_desk.store.verify import SMALL, check_pages
from station_desk.store.verifying.apart import check_copy

PAGES = 1_000
"""So many pages are copied between two looks whether somebody wants it to stop: some 25 ms."""

NEARLY_FULL = 10
"""With less than a tenth of a disk free, only the newest backups stay on it."""

LEFT_SECONDS = 24 * 3600
"""No backup takes so long: a part of one that is older is left over."""

ENDS = (
    "SELECT w.writer, coalesce(e.seq, w.seq), coalesce(e.hash, w.hash) FROM writers w"
    " LEFT JOIN (SELECT writer, seq, hash FROM events UNION ALL SELECT writer, seq, hash FROM events_aside) e"
    " ON e.writer = w.writer AND e.seq = w.seq"
)
"""The ends of all logs, as the events themselves say."""

ROOM = 64 * 1024 * 1024
"""What must stay free beside a backup, in bytes."""


class BackupBroken(TroubleError):
    code = "backup.broken"


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
        _take_away_left(folder.parent)
        _require_room(store.profile, folder.parent)
        part.mkdir(mode=0o700)
        try:
            told = _copied(store, part / DATABASE, at, progress)
            copy_beside(store.profile, part)
            _settle_all(part)
            prove(part / DATABASE, store.key_for_helper(), told, progress)
            _name(part, folder, msgspec.structs.replace(told, took=round(time.monotonic() - began, 3)))
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return read_backup(folder)


def carry(backup: Backup, place: Path, key: str, progress: Progress) -> Backup:
    """A good backup once more in another place, proved there as well. Raises what `make_backup` raises.

    What `progress` raises stops it.
    """
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
            prove(part / DATABASE, key, backup.manifest, progress)
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


def prove(database: Path, key: str, told: Manifest, progress: Progress = unheard) -> None:
    """Looks at every page of a copy and compares it with what the source said. Raises BackupFaulty.

    A big one is looked at beside this process, so that what `progress` raises stops it at once.
    """
    apart = database.stat().st_size > SMALL
    if apart and check_copy(database, key, lambda _done, _total: progress(1, 1)):
        raise BackupFaulty(path=database)
    connection = connect_copy(database, key)
    try:
        good = (apart or not check_pages(connection, database)) and _is_as_told(connection, told)
    except sqlcipher.DatabaseError as error:
        raise BackupFaulty(path=database) from error
    finally:
        connection.close()
    if not good:
        raise BackupFaulty(path=database)


def _is_as_told(connection: Any, told: Manifest) -> bool:
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


def _take_away_left(place: Path) -> None:
    """What a PC that was switched off left of a backup under way: as large as the profile, of no use."""
    for part in place.glob(f".{PREFIX}*{PART}"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > LEFT_SECONDS:
                shutil.rmtree(part, ignore_errors=True)


def _require_room(profile: Profile, place: Path) -> None:
    require_free(place, profile.database.stat().st_size)


def _copied(store: DeskStore, database: Path, at: str, progress: Progress) -> Manifest:
    source, key = store.profile.database, store.key_for_helper()
    if source.stat().st_size <= SMALL:
        return _copy(source, key, database, at, progress)
    # A big one would take the processor from the clerk for minutes: beside her, it comes last.
    try:
        (told,) = done_beside([Job(_copy_resting, (source, key, database, at))], progress)
    except Broken as broken:
        raise BackupBroken(why=str(broken)) from broken
    return msgspec.convert(told, Manifest)


def _copy_resting(source: Path, key: str, database: Path, at: str, progress: Progress) -> Any:
    return msgspec.to_builtins(_copy(source, key, database, at, resting(progress)))


def _copy(source: Path, key: str, database: Path, at: str, progress: Progress) -> Manifest:
    with ExitStack() as opened:
        ours = opened.enter_context(closing(connect(source, key)))
        target = opened.enter_context(closing(connect_copy(database, key)))
        handle = os.open(database, os.O_RDWR | os.O_CREAT, 0o600)
        opened.callback(os.close, handle)
        ours.execute("BEGIN")
        about = dict(ours.execute("SELECT key, value FROM about").fetchall())
        heads, (events, cases) = heads_of(ours), _counts(ours)

        def tell(_status: int, left: int, total: int) -> None:
            _out_of_the_way(handle)
            progress(total - left, total)

        ours.backup(target, pages=PAGES, progress=tell)
        ours.execute("COMMIT")
        # One file, that can be opened where nothing may be written.
        target.execute("PRAGMA journal_mode=DELETE")
    return Manifest(
        at, about["station"], about["counter"], heads, events, cases, database.stat().st_size, __version__
    )


def _out_of_the_way(handle: int) -> None:
    """What was copied goes to the disk now and out of memory.

    Else a commit of the clerk would wait for all of it at its end, and pages that she needs would make room
    for a copy that nobody reads.
    """
    if hasattr(os, "posix_fadvise"):
        os.fdatasync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    else:
        os.fsync(handle)


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
