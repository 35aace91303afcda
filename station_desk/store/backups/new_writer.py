"""After a restore the log goes on under a new name, and no number is given out a second time.

What was written between the backup and the restore may live on at the district and on paper. So the old log
is never continued here; case numbers get a letter after the counter, tickets of today begin further on.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from station_desk.cases.event import Head
from station_desk.store.unit import PUT_ABOUT

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TICKET_JUMP = 500
"""So many numbers of each letter are passed over on the day of a restore: more than a hall calls in a day."""

MARKS_USED, TICKET_DAYS = "marks_used", "ticket_days"
BRANCHED = "branched:"
"""With the name of a log: where it stood when the counter went on under another name."""
RESTORED_AT, RESTORED_FROM = "restored_at", "restored_from"


@dataclass(frozen=True, slots=True)
class Branch:
    """The name of the new log, and the mark that the numbers of the counter carry from now on."""

    writer: str
    mark: str


def begin_new_writer(connection: Any, day: str, at: str, made: str, used: Collection[str]) -> Branch:
    """Lets the database go on as a new branch from the backup that was `made` then, in one transaction.

    `used` are marks that are known from elsewhere to have been given: those of the profile that was moved
    aside, those of restores of the same backup before. `at` and `day` are now, `made` when it was backed up.
    """
    connection.execute("BEGIN IMMEDIATE")
    branch = branch_off(connection, day, at, made, used)
    connection.execute("COMMIT")
    return branch


def branch_off(connection: Any, day: str, at: str, made: str, used: Collection[str] = ()) -> Branch:
    """The same within a transaction that is under way."""
    about = dict(connection.execute("SELECT key, value FROM about").fetchall())
    known = {*about.get(MARKS_USED, "").split(), about["counter_mark"], *used}
    branch = Branch(next_writer(connection, about["writer"]), _next_mark(about["counter"], known))
    connection.execute(
        "INSERT INTO writers (writer, seq, hash) VALUES (?, 0, ?)", (branch.writer, Head().hash)
    )
    (stood,) = connection.execute("SELECT seq FROM writers WHERE writer = ?", (about["writer"],)).fetchone()
    days = {*about.get(TICKET_DAYS, "").split(), day}
    facts = {
        "writer": branch.writer, "counter_mark": branch.mark, RESTORED_AT: at, RESTORED_FROM: made,
        BRANCHED + about["writer"]: str(stood),
        MARKS_USED: " ".join(sorted({*known, branch.mark})), TICKET_DAYS: " ".join(sorted(days)),
    }  # fmt: skip
    connection.executemany(PUT_ABOUT, list(facts.items()))
    jump = TICKET_JUMP * max(1, len(known))
    connection.executemany(
        "INSERT INTO serials (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
        [(f"ticket:{day}:{letter}", jump) for letter in LETTERS],
    )
    return branch


def next_writer(connection: Any, writer: str) -> str:
    """A name for a further log of the counter that `writer` is a log of."""
    # The number before the random part lets the logs of one counter be told in their order.
    count = int(connection.execute("SELECT count(*) FROM writers").fetchone()[0])
    return f"{writer.partition('~')[0]}~{count:02d}{secrets.token_hex(2)}"


def _next_mark(counter: str, known: Collection[str]) -> str:
    free = [letter for letter in LETTERS if counter + letter not in known]
    # Not the next one: whoever restores the same backup on two disks shall not get the same letter on both.
    return counter + secrets.choice(free or LETTERS)
