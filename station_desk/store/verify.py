"""Is what is stored what was written? Quickly at every start; or every event and every row, by hand."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from station_desk.store.answers import check_answers
from station_desk.store.damage import suspect
from station_desk.store.desk_store import DeskStore
from station_desk.store.verifying.beside import check_beside
from station_desk.store.verifying.erased import check_erased
from station_desk.store.verifying.finding import Finding, Progress
from station_desk.store.verifying.log import check_log
from station_desk.store.verifying.seals import all_seals_hold
from station_desk.store.verifying.tables import check_tables, check_words
from station_desk.store.verifying.word import check_word

__all__ = ["Finding", "Progress", "verify_deep", "verify_fast"]

SMALL = 128 * 1024 * 1024
"""Up to this many bytes the order of the pages is looked at as well at every start; their seals always."""

AGAIN_SECONDS = 0.2


def verify_fast(store: DeskStore) -> list[Finding]:
    """Seals of all pages, heads, counts, ends seen elsewhere: quick enough for every start."""
    with store.snapshot() as connection:
        broken = _broken_pages(connection, store)
        if broken:
            suspect(store.profile)
        # Of broken pages nothing else can be read that would tell more.
        return broken or check_ends(connection, store.profile.folder)


def check_ends(connection: Any, profile: Path) -> list[Finding]:
    """Heads and counts of the logs, and ends of them that were seen elsewhere."""
    return [*_heads(connection), *check_beside(connection, profile)]


def verify_deep(store: DeskStore, progress: Progress) -> list[Finding]:
    """Every event of every writer, every private part, every row of the tables made again from the log."""
    with store.snapshot() as connection:
        return check_pages(connection, store.profile.database, whole=True) or [
            *check_log(connection, progress),
            *check_erased(connection),
            *check_answers(connection),
            *check_word(connection),
            *check_words(connection),
            *check_tables(connection, progress),
            *check_beside(connection, store.profile.folder),
        ]


def check_pages(connection: Any, database: Path, *, whole: bool = False) -> list[Finding]:
    """Pages that are not what was written; where the file is small or `whole`, also those out of order."""
    found = _broken(connection)
    if found:
        # A page that is being folded in from the log beside it is for a moment neither old nor new.
        time.sleep(AGAIN_SECONDS)
        found &= _broken(connection)
    if not found and (whole or database.stat().st_size <= SMALL):
        found = {said for (said,) in connection.execute("PRAGMA quick_check").fetchall() if said != "ok"}
    return [Finding("pages", said) for said in sorted(found)]


def _broken_pages(connection: Any, store: DeskStore) -> list[Finding]:
    database = store.profile.database
    # A small file is looked at before other processes would have begun.
    if database.stat().st_size > SMALL and all_seals_hold(connection, database, store.key_for_helper()):
        return []
    return check_pages(connection, database)


def _broken(connection: Any) -> set[str]:
    return {str(said) for (said,) in connection.execute("PRAGMA cipher_integrity_check").fetchall()}


def _heads(connection: Any) -> Iterator[Finding]:
    for writer, seq, end in connection.execute("SELECT writer, seq, hash FROM writers").fetchall():
        count, last = connection.execute(
            "SELECT count(*), coalesce(max(seq), 0) FROM (SELECT seq FROM events WHERE writer = ?1"
            " UNION ALL SELECT seq FROM events_aside WHERE writer = ?1)",
            (writer,),
        ).fetchone()
        told = connection.execute(
            "SELECT hash FROM events WHERE writer = ?1 AND seq = ?2"
            " UNION ALL SELECT hash FROM events_aside WHERE writer = ?1 AND seq = ?2",
            (writer, seq),
        ).fetchall()
        if (count, last) != (seq, seq) or (seq and told != [(end,)]):
            yield Finding("head", writer, f"{last} / {seq}")
