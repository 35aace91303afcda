"""Somebody who has the key changes one thing behind the log: an event, a row of a table, a number, a head.

Each tampering is one that makes a difference to somebody. Drafts are not the log's business and stay out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

EVENTS = (
    "public",
    "private",
    "salt",
    "at",
    "actor",
    "kind",
    "subject",
    "revision",
    "commitment",
    "hash",
    "prev",
)
TABLES = {
    "cases": (
        "number", "item", "category", "sensitivity", "state", "stage", "promised", "accepted_at",
        "finished_at", "counter", "clerk", "name", "initials", "id_number", "phone", "dossier", "revision",
        "body",
    ),
    "tickets": (
        "number", "day", "item", "category", "state", "rank", "taken_at", "since", "priority", "counter",
        "case_number", "place", "bound", "until", "recalls", "revision", "body",
    ),
    "calls": ("number", "category", "day", "counter", "at", "recall", "rank", "others", "among", "undone"),
    "papers": ("paper", "copy", "state", "intended_at", "sent_at", "confirmed_at"),
    "dossiers": ("number", "case_number", "upto"),
    "seals": ("number", "year", "counter", "serial", "case_number", "paper", "state", "body"),
    "case_counts": ("state", "category", "clerk", "cases"),
    "case_days": ("day", "cases"),
    "serials": ("value",),
    "marks": ("seq", "hash", "dossiers"),
    "commands": ("id", "answer", "at"),
    "writers": ("seq", "hash"),
}  # fmt: skip
"""The tables that say something to somebody, with the columns in which they say it.

Not here: the digest of what was asked by a command: erasing a resident takes it away, so no log can hold it.
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed: `kind` groups tamperings of one sort, `what` tells this one."""

    kind: str
    what: str


Tampering = Callable[[Any, Random], Done | None]


def tamper(connection: Any, dice: Random) -> Done:
    """Changes one thing, of any sort that there is something to change in."""
    while True:
        sort = dice.choice(SORTS)
        if done := sort(connection, dice):
            return done


def _edit_event(connection: Any, dice: Random) -> Done | None:
    return _edit(connection, dice, "events", dice.choice(EVENTS), "event edited")


def _delete_event(connection: Any, dice: Random) -> Done | None:
    place = _any(connection, dice, "SELECT place FROM events")
    connection.execute("DELETE FROM events WHERE place = ?", place)
    return Done("event deleted", f"{place}")


def _swap_events(connection: Any, dice: Random) -> Done | None:
    places = [place for (place,) in connection.execute("SELECT place FROM events").fetchall()]
    one, other = dice.sample(places, 2)
    seqs = dict(
        connection.execute("SELECT place, seq FROM events WHERE place IN (?, ?)", (one, other)).fetchall()
    )
    for place, seq in ((one, -1), (other, seqs[one]), (one, seqs[other])):
        connection.execute("UPDATE events SET seq = ? WHERE place = ?", (seq, place))
    return Done("events in another order", f"{one} {other}")


def _cut_log(connection: Any, dice: Random) -> Done | None:
    """The newest events go, and the head says that there never were any more."""
    last = connection.execute("SELECT max(seq) FROM events").fetchone()[0]
    left = last - dice.randint(1, min(5, last - 1))
    connection.execute("DELETE FROM events WHERE seq > ?", (left,))
    if dice.random() < 0.7:
        connection.execute(
            "UPDATE writers SET seq = ?, hash = (SELECT hash FROM events WHERE seq = ?)", (left, left)
        )
    return Done("log cut short", f"after {left}")


def _edit_row(connection: Any, dice: Random) -> Done | None:
    table = dice.choice(list(TABLES))
    return _edit(connection, dice, table, dice.choice(TABLES[table]), f"{table} edited")


def _delete_row(connection: Any, dice: Random) -> Done | None:
    table = dice.choice([name for name in TABLES if name != "marks"])
    row = _row(connection, dice, table)
    if row is None:
        return None
    names = list(row)
    where = " AND ".join(f'"{name}" IS ?' for name in names)
    gone = connection.execute(f"DELETE FROM {table} WHERE {where}", [row[name] for name in names]).rowcount
    # A count of nothing says nothing.
    return None if gone != 1 or row.get("cases") == 0 else Done(f"{table} deleted", str(row)[:120])


def _edit(connection: Any, dice: Random, table: str, column: str, kind: str) -> Done | None:
    row = _row(connection, dice, table)
    if row is None or row[column] is None:
        return None
    changed = _other(row[column], dice)
    where = " AND ".join(f'"{name}" IS ?' for name in row)
    values = [changed, *row.values()]
    try:
        connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE {where}', values)
    except Exception as error:
        if "constraint" not in str(error).lower():
            raise
        return None
    return Done(f"{kind}: {column}", f"{str(row[column])[:60]!r} -> {str(changed)[:60]!r}")


def _row(connection: Any, dice: Random, table: str) -> dict[str, Any] | None:
    asked = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in asked.description]
    rows = asked.fetchall()
    return dict(zip(names, dice.choice(rows), strict=True)) if rows else None


def _any(connection: Any, dice: Random, sql: str) -> Any:
    return dice.choice(connection.execute(sql).fetchall())


def _other(value: Any, dice: Random) -> Any:
    """The value with one thing changed, still of its kind."""
    if isinstance(value, int):
        return value + dice.choice((-1, 1, 10))
    raw = value if isinstance(value, bytes) else value.encode()
    places = [n for n, byte in enumerate(raw) if chr(byte).isascii() and chr(byte).isalnum()]
    if not places:
        text = f"{raw.decode()}x"
    else:
        place = dice.choice(places)
        digit = chr(raw[place]).isdigit()
        sign = dice.choice([s for s in ("123456789" if digit else "abcdefgh") if s != chr(raw[place])])
        text = (raw[:place] + sign.encode() + raw[place + 1 :]).decode()
    return text.encode() if isinstance(value, bytes) else text


SORTS: tuple[Tampering, ...] = (
    _edit_event, _edit_event, _delete_event, _swap_events, _cut_log, _edit_row, _edit_row, _edit_row,
    _delete_row,
)  # fmt: skip
