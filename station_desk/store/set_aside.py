"""Databases that were put aside, by a restore or for damage: what is erased goes from them too.

They are never deleted, as work may lie in them that nothing else has. So only what they say privately of the
erased cases is taken away, in place, and all drafts. One that cannot be opened any more is left, and named.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from station_desk.cases.data_rights import erased
from station_desk.cases.opened import subject_of
from station_desk.core.errors import DeskError
from station_desk.store.case_tables import put_case
from station_desk.store.driver import connect, sqlcipher
from station_desk.store.profile import ASIDE, SET_ASIDE, Profile
from station_desk.store.rows import case_of, seal_rows
from station_desk.store.unit import PUT_SEAL
from station_desk.store.vault.opening import key_among

OF_CASE = "(?, ?)"
FORGET_PRIVATE = f"UPDATE events SET private = NULL, salt = NULL WHERE subject IN {OF_CASE}"
FORGET_ASIDE = FORGET_PRIVATE.replace("events", "events_aside")
FORGET_ASKED = (
    "UPDATE commands SET asked = '' WHERE id IN"
    f" (SELECT command FROM events WHERE subject IN {OF_CASE} AND command <> '')"
)
"""A hash of what was asked, without a salt, could be tried out; asking the same again is refused now."""


def forget_log(connection: Any, number: str) -> None:
    """Takes the private parts of a case out of a log, with the looks at it and what its commands asked."""
    names = (number, subject_of(number))
    for forget in (FORGET_ASKED, FORGET_PRIVATE, FORGET_ASIDE):
        connection.execute(forget, names)


def forget_aside(profile: Profile, numbers: Sequence[str]) -> tuple[str, ...]:
    """Takes what is private of cases out of all that was put aside; names what could not be opened."""
    left = (file for file, key in _put_aside(profile) if not _forgets(file, key, numbers))
    return tuple(sorted(str(file.relative_to(profile.folder)) for file in left))


def _put_aside(profile: Profile) -> Iterator[tuple[Path, str]]:
    for folder in profile.folder.glob(f"{ASIDE}*"):
        aside = Profile(folder)
        if aside.database.exists():
            yield aside.database, _key_of(aside, profile.key)
    for file in profile.folder.glob(f"{SET_ASIDE}*.db"):
        yield file, profile.key


def _key_of(aside: Profile, key: str) -> str:
    try:
        return key_among(aside, key)
    except DeskError:
        return key


def _forgets(file: Path, key: str, numbers: Sequence[str]) -> bool:
    try:
        with closing(connect(file, key)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for number in numbers:
                _forget(connection, number)
            connection.execute("DELETE FROM drafts")
            connection.execute("COMMIT")
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not busy
    except (DeskError, OSError, sqlcipher.DatabaseError, msgspec.MsgspecError):
        return False


def _forget(connection: Any, number: str) -> None:
    forget_log(connection, number)
    row = connection.execute("SELECT body FROM cases WHERE number = ?", (number,)).fetchone()
    if row is None:
        return
    case = case_of(bytes(row[0]))
    bare = erased(case, "")
    put_case(connection, case, bare)
    connection.executemany(PUT_SEAL, seal_rows(bare))
