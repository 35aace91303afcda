"""Checks in processes of their own, which come last of all: the window stays quick, and they can be stopped.

The deep check takes two, for both cores; the look of a start and the proof of a copy take one each where the
profile is big. A process opens the database for itself.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from station_desk.core.errors import TroubleError
from station_desk.store.answers import check_answers
from station_desk.store.damage import suspect
from station_desk.store.desk_store import DeskStore
from station_desk.store.driver import connect, connect_copy, sqlcipher
from station_desk.store.processes import Broken, Job, done_beside
from station_desk.store.verify import SMALL, check_ends, check_pages, verify_fast
from station_desk.store.verifying.beside import check_beside
from station_desk.store.verifying.erased import check_erased
from station_desk.store.verifying.finding import Finding, Progress
from station_desk.store.verifying.log import check_log
from station_desk.store.verifying.tables import check_tables, check_words
from station_desk.store.verifying.word import check_word

Part = Callable[[Path, str, Progress], list[Finding]]


class CheckBroken(TroubleError):
    code = "verify.broken"


def verify_apart(store: DeskStore, progress: Progress) -> list[Finding]:
    """The same as `verify_deep`. What `progress` raises ends both processes at once. Raises CheckBroken."""
    return _checked(store.profile.database, store.key_for_helper(), (_of_log, _of_tables), progress)


def verify_start(store: DeskStore, progress: Progress) -> list[Finding]:
    """The same as `verify_fast`; of a big profile beside the window, and it can be stopped.

    Raises CheckBroken.
    """
    database = store.profile.database
    if database.stat().st_size <= SMALL:
        return verify_fast(store)
    found = _checked(database, store.key_for_helper(), (_of_start,), progress)
    if any(finding.code == "pages" for finding in found):
        suspect(store.profile)
    return found


def check_copy(database: Path, key: str, progress: Progress) -> list[Finding]:
    """Every page of a copy, its seal and its order. Raises CheckBroken."""
    return _checked(database, key, (_of_copy,), progress)


def _checked(database: Path, key: str, parts: Sequence[Part], progress: Progress) -> list[Finding]:
    try:
        found = done_beside([Job(_part, (part, database, key)) for part in parts], progress)
    except Broken as broken:
        raise CheckBroken(why=str(broken)) from broken
    return [finding for findings in found for finding in findings]


def _part(part: Part, database: Path, key: str, progress: Progress) -> list[Finding]:
    try:
        return part(database, key, progress)
    except sqlcipher.DatabaseError as error:
        return [Finding("pages", str(error))]


def _of_log(database: Path, key: str, progress: Progress) -> list[Finding]:
    with closing(connect(database, key)) as connection:
        connection.execute("BEGIN")
        return check_pages(connection, database, whole=True) or [
            *check_log(connection, progress),
            *check_erased(connection),
            *check_words(connection),
            *check_beside(connection, database.parent),
        ]


def _of_tables(database: Path, key: str, progress: Progress) -> list[Finding]:
    with closing(connect(database, key)) as connection:
        connection.execute("BEGIN")
        return [*check_answers(connection), *check_word(connection), *check_tables(connection, progress)]


def _of_start(database: Path, key: str, _progress: Progress) -> list[Finding]:
    with closing(connect(database, key)) as connection:
        # No reader stays as long as the look at the seals: the log could not begin anew under it.
        if broken := check_pages(connection, database):
            return broken
        connection.execute("BEGIN")
        return check_ends(connection, database.parent)


def _of_copy(database: Path, key: str, _progress: Progress) -> list[Finding]:
    with closing(connect_copy(database, key)) as connection:
        return check_pages(connection, database, whole=True)
