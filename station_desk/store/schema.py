"""The desk's database made new, or brought up to date: copied first, never touched when newer than we are."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from station_desk.cases.event import Head
from station_desk.core import paths
from station_desk.core.whole_file import settle
from station_desk.store.backfill import Progress, fill, is_half_filled, unheard
from station_desk.store.copies import copy_before, drop_copies, needs_copy
from station_desk.store.driver import connect, look
from station_desk.store.profile import Profile
from station_desk.store.told import told
from station_desk.store.trouble import Damaged, NewerProfile, disk_trouble
from station_desk.store.word_index import LEAVES

NEWEST = 12
"""The version this program writes; migration `0001` makes 1, and so on. Kept as SQLite's user_version."""

SNAPSHOT = paths.DB / "station" / "schema.sql"


def create(profile: Profile, key: str, about: Mapping[str, str], writer: str) -> None:
    """A database of the newest version: built beside its place and moved there whole."""
    building = profile.database.with_suffix(".new")
    building.unlink(missing_ok=True)
    with disk_trouble(profile.database):
        connection = connect(building, key)
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {SNAPSHOT.read_text('utf-8')}")
            connection.execute(LEAVES)
            connection.executemany("INSERT INTO about (key, value) VALUES (?, ?)", list(about.items()))
            connection.execute(
                "INSERT INTO writers (writer, seq, hash) VALUES (?, ?, ?)", (writer, 0, Head().hash)
            )
            connection.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (f"{NEWEST:04d}",))
            connection.execute(f"PRAGMA user_version = {NEWEST}")
            connection.execute("COMMIT")
        finally:
            connection.close()
        building.rename(profile.database)
        settle(profile.folder)
        settle(profile.folder.parent)


def bring_up_to_date(profile: Profile, key: str, progress: Progress = unheard) -> None:
    """Migrates an older database, copied first where it is rewritten; goes on with what was left unfinished.

    Raises NewerProfile for a newer one, Damaged for a broken one.
    """
    version, half_filled = _found(profile.database, key)
    if version < 1:
        # Every database of ours has a version: what has none is an emptied or foreign file, not an older one.
        raise Damaged(path=profile.database)
    if version > NEWEST:
        raise NewerProfile(path=profile.database, found=version, known=NEWEST)
    if version < NEWEST:
        _migrate(profile, key, version, progress)
    elif half_filled:
        _go_on_filling(profile, key, progress)
    else:
        drop_copies(profile)


def _found(database: Path, key: str) -> tuple[int, bool]:
    """The version of a database, and whether an earlier start was stopped while it filled in."""
    with disk_trouble(database):
        return look(database, key, _version_in)


def _version_in(connection: Any) -> tuple[int, bool]:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    return version, version == NEWEST and is_half_filled(connection)


def _migrate(profile: Profile, key: str, version: int, progress: Progress) -> None:
    # Alembic takes longer to import than the window to start: only when there is something to migrate.
    from station_desk.store.migrate import upgrade

    with disk_trouble(profile.database):
        connection: Any = connect(profile.database, key)
        try:
            if needs_copy(version, NEWEST):
                copy_before(profile, key, connection, version, progress)
            with told(connection, progress):
                upgrade(connection, NEWEST)
            fill(connection, progress)
        finally:
            connection.close()


def _go_on_filling(profile: Profile, key: str, progress: Progress) -> None:
    with disk_trouble(profile.database):
        connection: Any = connect(profile.database, key)
        try:
            fill(connection, progress)
        finally:
            connection.close()


def schema_sql(connection: Any) -> str:
    """The schema of an open database as text, in the order it was made: what `schema.sql` must say."""
    made = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'case\\_words\\_%' ESCAPE '\\'"
        " ORDER BY rowid"
    ).fetchall()
    return "".join(f"{inspect.cleandoc(sql)};\n" for (sql,) in made)
