"""A log of which the district holds another end: what was written here goes on as a log of its own.

A folder was copied back by hand, or copied to a second PC, and both went on in one log. What the district has
stays what that log says. The events here that it does not have keep their words and get new places, as the
first ones of a new log; the numbers of what follows carry a new mark, so that none comes twice from now on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import json, structs

from station_desk.cases.dossier import dossier_of
from station_desk.cases.event import Event, Head, hash_of, head_of
from station_desk.cases.kept_answers import KEPT
from station_desk.cases.ticket import apply, changes_a_ticket
from station_desk.store.answers import told_of
from station_desk.store.backups.new_writer import BRANCHED, DOSSIERS_OF, RESTORED_AT, branch_off, next_writer
from station_desk.store.case_tables import put_case
from station_desk.store.desk_store import DeskStore
from station_desk.store.rows import ticket_row
from station_desk.store.unit import EVENT_COLUMNS, PUT_ABOUT, PUT_DOSSIER, PUT_TICKET, Unit

PARTED_AT, PARTED_EVENTS = "parted_at", "parted_events"
"""When this PC last found another history in its own log, and how many events went on under another name."""


@dataclass(frozen=True, slots=True)
class _Moved:
    """A dossier that another log counts now: of which case, and its number before and after."""

    case: str
    old: int
    new: int


TABLES = ("events", "events_aside")
_DOSSIER = re.compile(r'"dossier":(\d+)')


def part_ways(store: DeskStore, writer: str, after: int, at: str) -> None:
    """Gives the events of a log after number `after` a log of their own, in one transaction."""
    with store.writing() as unit:
        counted = unit.about(DOSSIERS_OF + writer)
        if unit.about("writer") == writer:
            new = branch_off(unit.connection, at[:10], at, unit.about(RESTORED_AT) or at).writer
        else:
            new = next_writer(unit.connection, unit.about("writer"))
        tail = _tail(unit, writer, after)
        moved = _move_dossiers(unit, writer, new, after)
        end = Head()
        for table, event in tail:
            told = _told_again(unit, new, end.seq, _with_number(event, moved))
            placed = structs.replace(told, writer=new, seq=end.seq + 1, prev=end.hash)
            placed = structs.replace(placed, hash=hash_of(placed))
            unit.connection.execute(
                f"UPDATE {table} SET writer = ?, seq = ?, prev = ?, hash = ?, public = ?"
                " WHERE writer = ? AND seq = ?",
                (placed.writer, placed.seq, placed.prev, placed.hash, placed.public, writer, event.seq),
            )
            end = head_of(placed)
        _place_tickets(unit, tail)
        _note_ends(unit, writer, new, after, end)
        _count_again(unit, writer, new, counted, moved)
        facts = {PARTED_AT: at, PARTED_EVENTS: str(len(tail)), BRANCHED + writer: str(after)}
        unit.connection.executemany(PUT_ABOUT, list(facts.items()))


def _tail(unit: Unit, writer: str, after: int) -> list[tuple[str, Event]]:
    found = [
        (table, Event(*row))
        for table in TABLES
        for row in unit.connection.execute(
            f"SELECT {EVENT_COLUMNS} FROM {table} WHERE writer = ? AND seq > ?", (writer, after)
        ).fetchall()
    ]
    return sorted(found, key=lambda one: one[1].seq)


def _move_dossiers(unit: Unit, writer: str, new: str, after: int) -> Mapping[int, _Moved]:
    """The dossiers of cases that ended in the tail, counted anew; by the event that ended the case."""
    found = unit.connection.execute(
        "SELECT number, case_number, upto FROM dossiers WHERE writer = ? AND upto > ? ORDER BY number",
        (writer, after),
    ).fetchall()
    unit.connection.execute("DELETE FROM dossiers WHERE writer = ? AND upto > ?", (writer, after))
    moved: dict[int, _Moved] = {}
    for number, (old, case, upto) in enumerate(found, 1):
        unit.connection.execute(PUT_DOSSIER, (new, number, case, upto - after))
        known = unit.known_case(case)
        if known and known.dossier == old and _closed_last_in(unit, case) == writer:
            put_case(unit.connection, known, replace(known, dossier=number))
        moved[upto] = _Moved(case, old, number)
    return moved


def _closed_last_in(unit: Unit, case: str) -> str:
    """The log that gave a case the dossier its row tells of."""
    closing = [event.writer for event, _ in unit.log_of(case) if dossier_of(event)]
    return closing[-1] if closing else ""


def _with_number(event: Event, moved: Mapping[int, _Moved]) -> Event:
    """The event that ended a case tells the number of its dossier in its new log."""
    if event.seq not in moved:
        return event
    one = moved[event.seq]
    public = _DOSSIER.sub(
        lambda found: f'"dossier":{one.new}' if int(found[1]) == one.old else found[0], event.public
    )
    return structs.replace(event, public=public)


def _told_again(unit: Unit, new: str, upto: int, event: Event) -> Event:
    """What a log says of the answers kept for its own commands names events by their places in that log."""
    if event.kind != KEPT:
        return event
    return structs.replace(event, public=json.encode(told_of(unit, new, 1, upto)).decode())


def _place_tickets(unit: Unit, tail: Sequence[tuple[str, Event]]) -> None:
    """The place of a ticket in the queue goes by where it stands in its log."""
    for subject in sorted({event.subject for _, event in tail if changes_a_ticket(event.kind)}):
        ticket = None
        for event, _ in unit.log_of(subject):
            ticket = apply(ticket, event) if changes_a_ticket(event.kind) else ticket
        if ticket is not None:
            unit.connection.execute(PUT_TICKET, ticket_row(ticket))


def _note_ends(unit: Unit, writer: str, new: str, after: int, end: Head) -> None:
    row = unit.connection.execute(
        "SELECT hash FROM events WHERE writer = ?1 AND seq = ?2"
        " UNION ALL SELECT hash FROM events_aside WHERE writer = ?1 AND seq = ?2", (writer, after),
    ).fetchone()  # fmt: skip
    begun = Head(after, row[0]) if row else Head()
    unit.connection.executemany(
        "INSERT INTO writers (writer, seq, hash) VALUES (?, ?, ?)"
        " ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        [(writer, begun.seq, begun.hash), (new, end.seq, end.hash)],
    )


def _count_again(unit: Unit, writer: str, new: str, counted: str, moved: Mapping[int, _Moved]) -> None:
    """How far both logs count their dossiers from now on; what came late to the old one follows its own."""
    found = unit.connection.execute(
        "SELECT number, case_number, upto FROM dossiers WHERE writer = ? ORDER BY number", (writer,)
    ).fetchall()
    own = [row for row in found if not counted or row[0] <= int(counted)]
    late = [(case, upto) for _, case, upto in found[len(own) :]]
    for case in {one.case: None for one in moved.values()}:
        late += [(case, upto) for log, upto in unit.promised_before(case, new) if log == writer]
    unit.connection.execute("DELETE FROM dossiers WHERE writer = ? AND number > ?", (writer, len(own)))
    for number, (case, upto) in enumerate(late, len(own) + 1):
        unit.connection.execute(PUT_DOSSIER, (writer, number, case, upto))
    unit.connection.execute(PUT_ABOUT, (DOSSIERS_OF + writer, str(len(own))))
    unit.connection.executemany(
        "INSERT INTO serials (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(f"dossier:{writer}", len(own) + len(late)), (f"dossier:{new}", len(moved))],
    )
