"""A damaged database: found out page by page, put aside whole, never deleted.

SQLCipher signs every page, so damage is met before anything of it is shown. Whoever meets it leaves a mark;
the next opening looks at every page. Only where the key fits other pages is it damage and not another key.
"""

import os
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from station_desk.core.clock import Clock, now
from station_desk.core.errors import DeskError
from station_desk.core.whole_file import settle
from station_desk.store.driver import connect, connect_reading, sqlcipher
from station_desk.store.profile import SET_ASIDE, Profile
from station_desk.store.trouble import Damaged, Quarantined, disk_trouble
from station_desk.store.vault.opening import require_right_key

PARTS = ("", "-wal", "-shm")
"""The files of one database, the one first by which it is found."""
PAGE = 4096
IN_USE = 128
"""The byte of the shared index that every open connection holds (SQLite's dead-man switch)."""

if sys.platform != "win32":
    import fcntl


def suspect(profile: Profile) -> None:
    """Leaves the mark by which the next opening looks at every page."""
    with suppress(OSError):
        profile.suspect.touch()


def look_through(profile: Profile, key: str, clock: Clock = now) -> None:
    """Looks at every page of a database that somebody met damage in; puts it aside where that is so.

    Raises Quarantined, Damaged where the key fits no page or another program still works on it, KeyAway or
    PassphraseNeeded where it is not the key of this profile.
    """
    require_right_key(profile, key)
    pages = max(1, -(-profile.database.stat().st_size // PAGE))
    bad = damaged_pages(profile, key)
    if bad == 0:
        profile.suspect.unlink(missing_ok=True)
        return
    if bad >= pages or is_open_elsewhere(profile):
        raise Damaged(path=profile.database)
    aside = quarantine(profile, clock)
    raise Quarantined(path=aside, folder=profile.folder)


def damaged_pages(profile: Profile, key: str) -> int:
    """How many pages of the database file are not what was written."""
    fold_in(profile, key)
    with disk_trouble(profile.database):
        connection = connect_reading(profile.database, key)
        try:
            return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
        finally:
            connection.close()


def fold_in(profile: Profile, key: str) -> None:
    """Writes into the file what the log beside it holds.

    A power cut in the middle of that leaves torn pages in the file, which every reader takes whole from the
    log; a look at the file alone would call them damage. An emptied file stays as it was found: opening it to
    write would make a new database of it. Where there is no log, or an empty one, nothing is to be done.
    """
    if profile.database.stat().st_size == 0 or not _has_log(profile):
        return
    # Where it cannot be done now (a full disk, a file that only may be read), reading goes on as it was.
    with suppress(sqlcipher.DatabaseError, DeskError):
        connection = connect(profile.database, key)
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        finally:
            connection.close()


def _has_log(profile: Profile) -> bool:
    try:
        return Path(f"{profile.database}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def quarantine(profile: Profile, clock: Clock = now) -> Path:
    """Puts the database aside under the time of now, with its log, and answers where. Nothing is deleted.

    Killed half-way it can be asked again: what is left goes to the same place. Raises NotWritable where
    another program holds it open (Windows).
    """
    begun = profile.set_aside() if not profile.database.exists() else None
    aside = begun or _free_name(profile, clock())
    with disk_trouble(profile.database):
        for part in PARTS:
            file = Path(f"{profile.database}{part}")
            if file.exists():
                file.rename(f"{aside}{part}")
        settle(profile.folder)
        profile.suspect.unlink(missing_ok=True)
    return aside


def finish_quarantine(profile: Profile) -> None:
    """Before something takes the place of what was put aside: a log that was left behind must not meet it."""
    if not profile.database.exists() and profile.set_aside():
        quarantine(profile)


def _free_name(profile: Profile, moment: datetime) -> Path:
    """By the time, so that they sort; a second one of the same second takes the next."""
    while (aside := profile.folder / f"{SET_ASIDE}{moment:%Y%m%d-%H%M%S}.db").exists():
        moment += timedelta(seconds=1)
    return aside


def is_open_elsewhere(profile: Profile) -> bool:
    """Whether another program has the database open now."""
    shared = Path(f"{profile.database}-shm")
    if sys.platform == "win32" or not shared.exists():
        return False
    with shared.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, IN_USE, os.SEEK_SET)
        except OSError:
            return True
    return False
