"""The record of the district desk: every sign-in, opening and act, each line hashed over the one before.

Nothing is ever changed or taken out of it; `district verify` proves that.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select

from station_desk.core.clock import stamp
from station_desk.district import tables as t
from station_desk.district.schema import EPOCH

AT_ONCE = 500
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the record. `staff` is empty where nobody was signed in."""

    seq: int
    at: str
    staff: str
    act: str
    subject: str
    hash: str


def note(connection: Connection, now: datetime, staff: str, act: str, subject: str = "") -> None:
    """Adds a line, in the transaction of what it tells of."""
    # One after the other: the row of the epoch is there since the tables are.
    connection.execute(select(t.about.c.value).where(t.about.c.name == EPOCH).with_for_update()).all()
    a = t.staff_act.c
    last = connection.execute(select(a.seq, a.hash).order_by(a.seq.desc()).limit(1)).first()
    seq, before = (last.seq + 1, last.hash) if last else (1, "")
    line = {"seq": seq, "at": stamp(now), "staff": staff, "act": act, "subject": subject[:LONGEST]}
    connection.execute(insert(t.staff_act).values(**line, hash=_hash(before, line)))


def latest(connection: Connection, before: int, most: int, staff: str = "") -> list[Act]:
    """The lines before a number (0: from the end), newest first."""
    a = t.staff_act.c
    asked = t.staff_act.select().order_by(a.seq.desc()).limit(most)
    asked = asked.where(a.seq < before) if before else asked
    asked = asked.where(a.staff == staff) if staff else asked
    return [Act(**row) for row in connection.execute(asked).mappings().all()]


def changed_acts(connection: Connection) -> Iterator[int]:
    """The numbers of lines that are not as they were written, or that follow a gap."""
    a = t.staff_act.c
    number, before = 0, ""
    while rows := connection.execute(
        t.staff_act.select().where(a.seq > number).order_by(a.seq).limit(AT_ONCE)
    ).mappings().all():  # fmt: skip
        for row in rows:
            line = {name: row[name] for name in ("seq", "at", "staff", "act", "subject")}
            if row["seq"] != number + 1 or row["hash"] != _hash(before, line):
                yield row["seq"]
            number, before = row["seq"], row["hash"]


def _hash(before: str, line: dict[str, object]) -> str:
    return hashlib.sha256(before.encode() + msgspec.json.encode(line, order="sorted")).hexdigest()
