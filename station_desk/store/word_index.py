"""How the index of words lies in the file, and how an older one is brought to it: in steps, each on the disk.

A question costs what it must read, and a page that nobody read lately costs a wait for the disk. So a leaf of
the index fits one page of the file, and after it was filled its many parts are merged into one.
"""

import sys
from collections.abc import Callable
from typing import Any

from station_desk.residents.finding import long_grams

Progress = Callable[[int, int], None]
STEP = 2_000
MERGED = 1_000
"""So many leaves are merged in a step, about 4 MB."""
LEAVES = "INSERT INTO case_words (case_words, rank) VALUES ('pgsz', 4000)"
"""SQLCipher keeps a part of each page for itself: a leaf of the usual size would lie on two of them."""
INSERT_WORDS = "INSERT INTO case_words (rowid, words) VALUES (?, ?)"
NOTED = "SELECT value FROM about WHERE key = 'to_fill_fives'"
"""Between which places words are missing: above the first number, up to the second."""
_NOTE = "UPDATE about SET value = ? WHERE key = 'to_fill_fives'"
_DONE = "DELETE FROM about WHERE key = 'to_fill_fives'"
_NEXT = (
    "SELECT place, number, id_number, phone FROM cases WHERE place > ? AND place <= ? ORDER BY place LIMIT ?"
)
_MERGE = "INSERT INTO case_words (case_words, rank) VALUES ('merge', ?)"
_UNCHANGED = 2
"""A step that changed fewer rows found nothing to merge."""


def bring_to_fives(connection: Any, progress: Progress) -> None:
    """Adds the words of five characters where they are missing, then merges.

    Killed anywhere it goes on where it was.
    """
    noted = connection.execute(NOTED).fetchone()
    if noted is None:
        return
    done, total = map(int, noted[0].split())
    while done < total:
        progress(done, total)
        done = _step(connection)
    _merge(connection, progress)
    connection.execute(_DONE)


def _step(connection: Any) -> int:
    """One step further; answers how far it came. Another program may take steps too."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        noted = connection.execute(NOTED).fetchone()
        done, total = map(int, noted[0].split()) if noted else (0, 0)
        rows = connection.execute(_NEXT, (done, total, STEP)).fetchall()
        words = [(place, " ".join(sorted(long_grams(*said)))) for place, *said in rows]
        connection.executemany(INSERT_WORDS, words)
        reached = int(rows[-1][0]) if len(rows) == STEP else total
        connection.execute(_NOTE, (f"{reached} {total}",))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return reached if noted else sys.maxsize


def _merge(connection: Any, progress: Progress) -> None:
    (total,) = connection.execute("SELECT count(*) FROM case_words_data").fetchone()
    done, changed = 0, _UNCHANGED
    while changed >= _UNCHANGED:
        progress(min(done, total), total)
        before = connection.total_changes
        # Less than nothing: all parts there are, not only those of one size.
        connection.execute(_MERGE, (-MERGED,))
        changed = connection.total_changes - before
        done += MERGED
    progress(total, total)
