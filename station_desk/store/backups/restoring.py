"""Restores a backup: built beside the profile, proved, branched off, and only then moved into its place.

What was there is moved aside whole, never deleted. Killed at any point, the next start goes on: until the
restored profile is complete the old one stands, from then on the new one.
"""

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from station_desk.core.clock import Clock, stamp
from station_desk.core.errors import DeskError, TroubleError
from station_desk.core.settings import pc_file
from station_desk.core.whole_file import settle, write_whole
from station_desk.store.backfill import Progress
from station_desk.store.backups.kept import DATABASE, EDITIONS, MANIFEST, PC_SETTINGS, Backup
from station_desk.store.backups.knowing import known_erasures
from station_desk.store.backups.making import prove, require_free
from station_desk.store.backups.new_writer import MARKS_USED, begin_new_writer
from station_desk.store.damage import finish_quarantine, is_open_elsewhere
from station_desk.store.driver import connect, connect_copy, connect_reading, sqlcipher
from station_desk.store.erased_list import NAME as ERASED_LIST
from station_desk.store.erased_list import enter
from station_desk.store.profile import ASIDE, READY, Profile
from station_desk.store.trouble import KeyMissing, disk_trouble
from station_desk.store.vault.opening import key_among, read_key
from station_desk.store.vault.ring_file import keep_ways

BUILDING = ".restore-part"
NOTE = "move-aside"
USED = "marks-used.json"
"""Beside the backups: the marks that restores of them have given, so that none gives one again."""

WITH_DATABASE = ("", "-wal", "-shm", "-journal")


class InUse(TroubleError):
    code = "restore.in_use"


class Restored(msgspec.Struct, frozen=True):
    """How a restore went: when the backup was made, how work goes on (log and mark), where the old lies.

    `aside` is empty where nothing was there.
    """

    made: str
    events: int
    cases: int
    writer: str
    mark: str
    aside: str
    seconds: float


@dataclass(frozen=True, slots=True)
class _Place:
    """The folder of a profile that is being restored."""

    folder: Path

    @property
    def building(self) -> Path:
        return self.folder / BUILDING

    @property
    def ready(self) -> Path:
        return self.folder / READY


def restore(backup: Backup, folder: Path, clock: Clock, progress: Progress, key: str = "") -> Restored:
    """Puts a backup in the place of the profile in `folder`.

    `key` is given where this PC does not open the backup by itself. Raises InUse while a program has that
    profile open, BackupFaulty, KeyMissing, PassphraseNeeded, KeyAway, NoRoom, disk trouble; then everything
    is as it was.
    """
    began, now, place = time.monotonic(), clock(), _Place(folder)
    with disk_trouble(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        finish_restore(folder)
        there = _opened(folder, key)
        if there.database.exists() and _is_used(there):
            raise InUse(path=folder)
        require_free(folder, backup.manifest.size)
        profile = rebuild(backup, place.building, progress, key, there.key)
        with suppress(KeyMissing):
            keep_ways(there, profile)
        connection = connect(profile.database, profile.key)
        try:
            used = _marks_of(there)
            for beside in (folder, place.building, backup.folder.parent):
                used |= _marks_beside(beside)
            branch = begin_new_writer(connection, stamp(now)[:10], stamp(now), backup.manifest.at, used)
        finally:
            connection.close()
        for beside in (place.building, backup.folder.parent):
            _note_marks(beside, {*used, branch.mark})
        enter([folder, backup.folder.parent], known_erasures(backup, there, profile.key))
        aside = f"{ASIDE}{now:%Y%m%dT%H%M%S}" if there.database.exists() else ""
        if aside:
            write_whole(msgspec.json.encode(aside), place.building / NOTE)
        place.building.rename(place.ready)
        settle(folder)
        finish_restore(folder)
    progress(3, 3)
    told = backup.manifest
    seconds = round(time.monotonic() - began, 3)
    return Restored(told.at, told.events, told.cases, branch.writer, branch.mark, aside, seconds)


def rebuild(backup: Backup, folder: Path, progress: Progress, *keys: str) -> Profile:
    """The profile of a backup in a folder of its own, proved and opened by one of the keys or by this PC.

    Raises BackupFaulty, KeyMissing, PassphraseNeeded, KeyAway, OSError.
    """
    key = key_among(Profile(backup.folder), *keys)
    shutil.rmtree(folder, ignore_errors=True)
    progress(0, 3)
    # Nobody writes into a finished backup: its files may be copied as files.
    shutil.copytree(backup.folder, folder)
    progress(1, 3)
    profile = Profile(folder, key)
    prove(profile.database, key, backup.manifest)
    progress(2, 3)
    return profile


def finish_restore(folder: Path) -> bool:
    """Goes on with a restore that was ready and broken off; False when there is none. Raises OSError."""
    ready = folder / READY
    if not ready.is_dir():
        return False
    if (ready / NOTE).exists():
        _move_aside(folder, folder / str(msgspec.json.decode((ready / NOTE).read_bytes())))
        # From here on what stands in the place of the profile is already the restored one.
        (ready / NOTE).unlink()
        settle(ready)
    finish_quarantine(Profile(folder))
    _move_in(ready, folder)
    shutil.rmtree(ready)
    settle(folder)
    return True


def _move_aside(folder: Path, aside: Path) -> None:
    aside.mkdir(mode=0o700, exist_ok=True)
    for file in Profile(folder).sidecars:
        shutil.copy2(file, aside / file.name)
    # The write-ahead log goes first: without its database it is of no harm, in a strange one it would be.
    for ending in reversed(WITH_DATABASE):
        with suppress(FileNotFoundError):
            (folder / (DATABASE + ending)).rename(aside / (DATABASE + ending))
    settle(aside)
    settle(folder)


def _move_in(ready: Path, folder: Path) -> None:
    for file in sorted(ready.iterdir()):
        if file.name == EDITIONS:
            shutil.copytree(file, folder / EDITIONS, dirs_exist_ok=True)
        elif file.name == PC_SETTINGS:
            _give_settings(file)
        elif file.name not in (DATABASE, MANIFEST, ERASED_LIST):
            file.replace(folder / file.name)
    settle(folder)
    if (ready / DATABASE).exists():
        (ready / DATABASE).rename(folder / DATABASE)
        settle(folder)


def _give_settings(file: Path) -> None:
    """The settings of the PC come back on one that has none; whoever works there keeps his own."""
    with suppress(OSError):
        if not pc_file().exists():
            pc_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(file, pc_file())


def _opened(folder: Path, key: str) -> Profile:
    """The profile in this place, with its key as far as it is known."""
    with suppress(DeskError):
        return Profile(folder, key_among(Profile(folder), key))
    return Profile(folder)


def _is_used(profile: Profile) -> bool:
    """Whether another program has the database open; nothing in it is changed by asking."""
    try:
        connection = connect_copy(profile.database, read_key(profile))
    except DeskError:
        return is_open_elsewhere(profile)
    except sqlcipher.DatabaseError:
        return False
    try:
        connection.execute("PRAGMA busy_timeout=1000")
        # Only one who is alone may have the file to himself.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("SELECT count(*) FROM about").fetchone()
    except sqlcipher.DatabaseError as error:
        # What is damaged or cannot be opened is moved aside as it is.
        return "locked" in str(error)
    finally:
        connection.close()
    return False


def _marks_of(profile: Profile) -> set[str]:
    """The marks that the profile in this place has given, as far as it can still be read."""
    try:
        connection = connect_reading(profile.database, read_key(profile))
    except (DeskError, sqlcipher.DatabaseError):
        return set()
    try:
        about = dict(connection.execute("SELECT key, value FROM about").fetchall())
        return {about["counter_mark"], *about.get(MARKS_USED, "").split()}
    except (sqlcipher.DatabaseError, KeyError):
        return set()
    finally:
        connection.close()


def _marks_beside(folder: Path) -> set[str]:
    try:
        return set(msgspec.json.decode((folder / USED).read_bytes(), type=list[str]))
    except (OSError, ValueError):
        return set()


def _note_marks(folder: Path, marks: set[str]) -> None:
    # A stick that may only be read does not keep anybody from restoring.
    with suppress(OSError):
        write_whole(msgspec.json.encode(sorted(marks)), folder / USED)
