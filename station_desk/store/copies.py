"""The copy of a database before a newer program changes its tables: kept until the next good start.

With a million cases it takes minutes: it tells how far it is, and is left out where nothing is rewritten.
"""

import os
from pathlib import Path
from typing import Any

from station_desk.core.whole_file import settle
from station_desk.store.backfill import Progress
from station_desk.store.driver import connect, connect_copy
from station_desk.store.profile import Profile
from station_desk.store.room import NoRoomToMigrate, in_megabytes, room_of

COPIES = "desk.before-*.db"
SIZES = 3
"""The copy, and a log as large as what is written anew, with some to spare: so many times the database."""


ONLY_ADDING = frozenset({6, 7, 8, 9, 10, 11, 12})
"""Versions that only take tables, indexes and words to find by in, all or nothing: what was there stays as it
lay. (There is no migration 10.)
"""

STEP = 4096
"""So many pages are copied until it is told how far it is: 16 MB."""


def needs_copy(version: int, newest: int) -> bool:
    """Whether anything that is there is rewritten on the way from one version to another."""
    return not ONLY_ADDING.issuperset(range(version + 1, newest + 1))


def copy_before(profile: Profile, key: str, connection: Any, version: int, progress: Progress) -> None:
    """Copies the database whole, read page by page, while nobody else writes. Raises NoRoomToMigrate.

    `progress` hears how many pages of how many are copied, and may stop it.
    """
    size = profile.database.stat().st_size
    room = room_of(profile)
    if room.free < SIZES * size:
        raise NoRoomToMigrate(
            path=profile.database, free=in_megabytes(room.free), needed=in_megabytes(SIZES * size)
        )
    copy = profile.database.with_name(f"desk.before-{version:04d}.db")
    part = copy.with_suffix(".part")
    part.unlink(missing_ok=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another program that was quicker has copied it, and what lies here now is not what was before.
        if int(connection.execute("PRAGMA user_version").fetchone()[0]) == version:
            _copy(profile.database, key, part, progress)
            part.rename(copy)
            settle(profile.folder)
    finally:
        connection.execute("ROLLBACK")


def drop_copies(profile: Profile) -> None:
    """The database of now was opened and is whole: what was before it is needed no more."""
    for copy in profile.folder.glob(COPIES):
        copy.unlink(missing_ok=True)


def _copy(database: Path, key: str, target: Path, progress: Progress) -> None:
    def copied(_state: int, left: int, pages: int) -> None:
        progress(pages - left, pages)

    source = connect(database, key)
    try:
        copy = connect_copy(target, key)
        try:
            source.backup(copy, pages=STEP, progress=copied)
        finally:
            copy.close()
    finally:
        source.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())
