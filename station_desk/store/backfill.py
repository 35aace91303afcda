"""Fills the words and counts of cases that were there before a newer program: in steps, each on the disk.

Killed at any point it goes on where it was: a step and the note how far it came are one transaction. The desk
opens when all is filled, so nobody ever searches in a half of it.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from station_desk.residents.finding import findable
from station_desk.store.word_index import INSERT_WORDS, bring_to_fives
from station_desk.store.word_index import NOTED as FIVES_NOTED

Progress = Callable[[int, int], None]
STEP = 2_000
NOTED = "SELECT value FROM about WHERE key = 'to_fill'"
NOTE = "UPDATE about SET value = ? WHERE key = 'to_fill'"
DONE = "DELETE FROM about WHERE key = 'to_fill'"
NEXT = (
    "SELECT place, state, category, clerk, substr(finished_at, 1, 10),"
    " number, name, initials, id_number, phone FROM cases WHERE place > ? ORDER BY place LIMIT ?"
)
COUNT = (
    "INSERT INTO case_counts (state, category, clerk, cases) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (state, category, clerk) DO UPDATE SET cases = cases + excluded.cases"
)
COUNT_DAY = (
    "INSERT INTO case_days (day, cases) VALUES (?, ?)"
    " ON CONFLICT (day) DO UPDATE SET cases = cases + excluded.cases"
)


def unheard(_done: int, _total: int) -> None:
    """For those who need not hear how far it is."""


def is_half_filled(connection: Any) -> bool:
    """Whether an earlier start was stopped while it filled in."""
    return any(connection.execute(noted).fetchone() is not None for noted in (NOTED, FIVES_NOTED))


def fill(connection: Any, progress: Progress = unheard) -> None:
    """Fills what is left, if anything; `progress` hears how many are done of how many, and may stop it."""
    _fill_all(connection, progress)
    bring_to_fives(connection, progress)


def _fill_all(connection: Any, progress: Progress) -> None:
    noted = connection.execute(NOTED).fetchone()
    if noted is None:
        return
    total = int(connection.execute("SELECT max(place) FROM cases").fetchone()[0] or 0)
    done: int | None = int(noted[0])
    while done is not None:
        progress(done, total)
        done = _step(connection)
    progress(total, total)


def _step(connection: Any) -> int | None:
    """One step further; answers how far it came, None at the end. Another program may take steps too."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        noted = connection.execute(NOTED).fetchone()
        rows = connection.execute(NEXT, (int(noted[0]), STEP)).fetchall() if noted else []
        words = [(place, " ".join(sorted(findable(*said)))) for place, _, _, _, _, *said in rows]
        connection.executemany(INSERT_WORDS, words)
        counts = Counter((state, category, clerk) for _, state, category, clerk, *_ in rows)
        days = Counter(day for _, _, _, _, day, *_ in rows if day)
        connection.executemany(COUNT_DAY, list(days.items()))
        connection.executemany(COUNT, [(*key, cases) for key, cases in counts.items()])
        reached = rows[-1][0] if len(rows) == STEP else None
        connection.execute(*((DONE,) if reached is None else (NOTE, (str(reached),))))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return reached
