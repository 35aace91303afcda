"""A log of which the district holds another end: what was written here goes on as a log of its own.

A folder was copied back by hand, or copied to a second PC, and both went on in one log. What the district has
stays what that log says. The events here that it does not have keep their words and get new places, as the
first ones of a new log; the numbers of what follows carry a new mark, so that none comes twice from now on.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import json, structs

from station_desk.cases.dossier import dossier_of
from station_desk.cases.event import Event, Head, hash_of, head_of
from station_desk.cases.kept_answers import KEPT
from station_desk.cases.ticket import apply, changes_a_ticket
from station_desk.core.quick_replace import replace
from station_desk.store.answers import told_of
from station_desk.store.backups.new_writer import BRANCHED, RESTORED_AT, branch_off, next_writer
from station_desk.store.case_tables import put_case
from station_desk.store.desk_store import DeskStore
from station_desk.store.rows import ticket_row
from station_desk.store.unit import EVENT_COLUMNS, PUT_ABOUT, PUT_DOSSIER, PUT_TICKET, Unit

PARTED_AT, PARTED_EVENTS = "parted_at", "parted_events"
"""When this PC last found another history in its own log, and how many events went on under another name."""

TABLES = ("events", "events_aside")
PLACE = "UPDATE {} SET writer = ?, seq = ?, prev = ?, hash = ?, public = ? WHERE writer = ? AND seq = ?"
_DOSSIER = re.compile(r'"dossier":(\d+)')


def part_ways(store: DeskStore, writer: str, after: int, at: str) -> None:
    """Gives the events of a log after number `after` a log of their own, in one transaction."""
    with store.writing() as unit:
        laid = lay_again(unit, writer, after, at)
        facts = {PARTED_AT: at, PARTED_EVENTS: str(laid)}
        unit.connection.executemany(PUT_ABOUT, list(facts.items()))


def lay_again(unit: Unit, writer: str, after: int, at: str) -> int:
    """Lays what a log holds after number `after`, which may have holes, as a log of its own; how many events.

    The log that is written now gets a new name even where nothing is left to lay: another copy, or a backup
    of the district, may hold what stood at its next places.
    """
    tail = _tail(unit, writer, after)
    new = _new_name(unit, writer, at, is_needed=bool(tail))
    numbers = _move_dossiers(unit, writer, new, after, tail)
    end = Head()
    for table, event in tail:
        numbered = with_number(event, numbers.get(event.seq, 0))
        told = _told_again(unit, new, end.seq, numbered)
        placed = structs.replace(told, writer=new, seq=end.seq + 1, prev=end.hash)
        placed = structs.replace(placed, hash=hash_of(placed))
        put_at(unit, table, event, placed)
        end = head_of(placed)
    settle_rows(unit, {event.subject for _, event in tail})
    _note_end(unit, writer, _end_at(unit, writer, after))
    if new:
        _note_end(unit, new, end)
    note_branched(unit, writer, after)
    return len(tail)


def put_at(unit: Unit, table: str, event: Event, placed: Event) -> None:
    """Moves an event that lies here to another place, of which it says the same."""
    row = (placed.writer, placed.seq, placed.prev, placed.hash, placed.public, event.writer, event.seq)
    unit.connection.execute(PLACE.format(table), row)


def with_number(event: Event, number: int) -> Event:
    """The event that ended a case tells the number of its dossier in its log."""
    if not (old := dossier_of(event)) or not number:
        return event
    public = _DOSSIER.sub(
        lambda found: f'"dossier":{number}' if int(found[1]) == old else found[0], event.public
    )
    return structs.replace(event, public=public)


def settle_rows(unit: Unit, subjects: Collection[str]) -> None:
    """What the tables of the screens say of the places of these subjects in their logs."""
    for subject in sorted(subjects):
        log = [event for event, _ in unit.log_of(subject)]
        if any(changes_a_ticket(event.kind) for event in log):
            # The place of a ticket in the queue goes by where it stands in its log.
            _place_ticket(unit, log)
        elif known := unit.known_case(subject):
            closing = [number for event in log if (number := dossier_of(event))]
            if closing and closing[-1] != known.dossier:
                put_case(unit.connection, known, replace(known, dossier=closing[-1]))


def count_dossiers(unit: Unit, writer: str) -> None:
    """The next dossier of a log follows those it has."""
    asked = "SELECT coalesce(max(number), 0) FROM dossiers WHERE writer = ?"
    (last,) = unit.connection.execute(asked, (writer,)).fetchone()
    unit.connection.execute(
        "INSERT INTO serials (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (f"dossier:{writer}", last),
    )


def note_branched(unit: Unit, writer: str, after: int) -> None:
    """Up to which event a log was written here, at most."""
    known = unit.about(BRANCHED + writer)
    unit.set_about(BRANCHED + writer, str(min(after, int(known)) if known else after))


def _new_name(unit: Unit, writer: str, at: str, *, is_needed: bool) -> str:
    if unit.about("writer") == writer:
        return branch_off(unit.connection, at[:10], at, unit.about(RESTORED_AT) or at).writer
    return next_writer(unit.connection, unit.about("writer")) if is_needed else ""


def _tail(unit: Unit, writer: str, after: int) -> list[tuple[str, Event]]:
    found = [
        (table, Event(*row))
        for table in TABLES
        for row in unit.connection.execute(
            f"SELECT {EVENT_COLUMNS} FROM {table} WHERE writer = ? AND seq > ?", (writer, after)
        ).fetchall()
    ]
    return sorted(found, key=lambda one: one[1].seq)


def _move_dossiers(
    unit: Unit, writer: str, new: str, after: int, tail: Sequence[tuple[str, Event]]
) -> Mapping[int, int]:
    """The dossiers of cases that ended in the tail, counted anew; their numbers by its event."""
    unit.connection.execute("DELETE FROM dossiers WHERE writer = ? AND upto > ?", (writer, after))
    numbers: dict[int, int] = {}
    for place, (_, event) in enumerate(tail, 1):
        if dossier_of(event):
            numbers[event.seq] = len(numbers) + 1
            unit.connection.execute(PUT_DOSSIER, (new, numbers[event.seq], event.subject, place))
    for log in filter(None, (writer, new)):
        count_dossiers(unit, log)
    return numbers


def _told_again(unit: Unit, new: str, upto: int, event: Event) -> Event:
    """What a log says of the answers kept for its own commands names events by their places in that log."""
    if event.kind != KEPT:
        return event
    return structs.replace(event, public=json.encode(told_of(unit, new, 1, upto)).decode())


def _place_ticket(unit: Unit, log: Sequence[Event]) -> None:
    ticket = None
    for event in log:
        ticket = apply(ticket, event) if changes_a_ticket(event.kind) else ticket
    if ticket is not None:
        unit.connection.execute(PUT_TICKET, ticket_row(ticket))


def _end_at(unit: Unit, writer: str, seq: int) -> Head:
    """The end of a log whose last event has this number."""
    row = unit.connection.execute(
        "SELECT hash FROM events WHERE writer = ?1 AND seq = ?2"
        " UNION ALL SELECT hash FROM events_aside WHERE writer = ?1 AND seq = ?2", (writer, seq),
    ).fetchone()  # fmt: skip
    return Head(seq, row[0]) if row else Head()


def _note_end(unit: Unit, writer: str, end: Head) -> None:
    unit.connection.execute(
        "INSERT INTO writers (writer, seq, hash) VALUES (?, ?, ?)"
        " ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        (writer, end.seq, end.hash),
    )
