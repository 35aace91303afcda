"""A copy of this counter went on in the same log: what was written here since gets a log of its own.

The district holds the history of whoever synced first. Ours from the parting on is the same events in the
same order, sealed anew as another log: nothing that was said changes but its place. The history of the other
one then comes back from the district like a lost one, and lies beside ours.
"""

from typing import Any

import msgspec

from station_desk.cases import ticket as ticket_rules
from station_desk.cases.changes import apply, changes_a_case
from station_desk.cases.event import Event, Head, hash_of
from station_desk.cases.kept_answers import KEPT
from station_desk.cases.ticket import changes_a_ticket
from station_desk.store import rows
from station_desk.store.answers import told_of
from station_desk.store.backups.new_writer import DOSSIERS_OF, branch_off
from station_desk.store.case_tables import put_case
from station_desk.store.desk_store import DeskStore
from station_desk.store.unit import EVENT_COLUMNS, PUT_ABOUT, PUT_DOSSIER, PUT_SEAL, PUT_TICKET, SHARED, Unit

CLONED_AT, CLONED_EVENTS = "cloned_at", "cloned_events"
"""When a copy of this counter was met, and how many events of ours got another name."""
TAIL = f"SELECT place, {EVENT_COLUMNS} FROM events WHERE writer = ? AND seq > ? ORDER BY seq"
SEAL_ANEW = "UPDATE events SET writer = ?, seq = ?, prev = ?, hash = ?, public = ? WHERE place = ?"
HASH_AT = "SELECT hash FROM events WHERE writer = ? AND seq = ?"
PUT_SERIAL = (
    "INSERT INTO serials (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def leave_fork(store: DeskStore, writer: str, seq: int, at: str) -> bool:
    """Gives our events after `seq` to a log of their own, all or nothing.

    False for a log that is not written here any more: there somebody must look.
    """
    with store.writing() as unit:
        if unit.about("writer") != writer or _lies_aside(unit, writer, seq):
            return False
        tail = unit.connection.execute(TAIL, (writer, seq)).fetchall()
        branch = branch_off(unit.connection, at[:10], at, at)
        numbers = _move_dossiers(unit, writer, branch.writer, seq)
        _seal_tail(unit, tail, branch.writer, numbers)
        end = unit.connection.execute(HASH_AT, (writer, seq)).fetchone()
        _put_end(unit, writer, Head(seq, end[0]) if end else Head())
        facts = {CLONED_AT: at, CLONED_EVENTS: str(len(tail)), SHARED + writer: "yes"}
        unit.connection.executemany(PUT_ABOUT, list(facts.items()))
    return True


def _lies_aside(unit: Unit, writer: str, seq: int) -> bool:
    asked = "SELECT count(*) FROM events_aside WHERE writer = ? AND seq > ?"
    return bool(unit.connection.execute(asked, (writer, seq)).fetchone()[0])


def _move_dossiers(unit: Unit, old: str, new: str, seq: int) -> dict[int, int]:
    """The dossiers that our tail closed are counted in the new log; answers which number became which."""
    found = unit.connection.execute(
        "SELECT number, case_number, upto FROM dossiers WHERE writer = ? AND upto > ? ORDER BY number",
        (old, seq),
    ).fetchall()
    unit.connection.execute("DELETE FROM dossiers WHERE writer = ? AND upto > ?", (old, seq))
    numbers = {}
    for number, (before, case, upto) in enumerate(found, 1):
        numbers[before] = number
        unit.connection.execute(PUT_DOSSIER, (new, number, case, upto - seq))
    asked = "SELECT coalesce(max(number), 0) FROM dossiers WHERE writer = ?"
    (left,) = unit.connection.execute(asked, (old,)).fetchone()
    unit.connection.executemany(PUT_SERIAL, [(f"dossier:{old}", left), (f"dossier:{new}", len(found))])
    unit.connection.execute(PUT_ABOUT, (DOSSIERS_OF + old, str(left)))
    return numbers


def _seal_tail(unit: Unit, tail: list[tuple[Any, ...]], writer: str, numbers: dict[int, int]) -> None:
    head, anew = Head(), set()
    for place, *columns in tail:
        event = Event(*columns)
        public = _public(unit, event, writer, head.seq, numbers)
        if changes_a_ticket(event.kind) or (public != event.public and changes_a_case(event.kind)):
            anew.add(event.subject)
        event = msgspec.structs.replace(event, writer=writer, seq=head.seq + 1, prev=head.hash, public=public)
        head = Head(event.seq, hash_of(event))
        values = (writer, event.seq, event.prev, head.hash, public, place)
        unit.connection.execute(SEAL_ANEW, values)
    _put_end(unit, writer, head)
    for subject in sorted(anew):
        _make_again(unit, subject)


def _public(unit: Unit, event: Event, writer: str, seq: int, numbers: dict[int, int]) -> str:
    """What an event says, where it counts its own log."""
    if event.kind == KEPT:
        return msgspec.json.encode(told_of(unit, writer, 1, seq)).decode()
    said = msgspec.json.decode(event.public)
    if changes_a_case(event.kind) and isinstance(said, dict) and said.get("dossier", 0) in numbers:
        said["dossier"] = numbers[said["dossier"]]
        return msgspec.json.encode(said).decode()
    return event.public


def _make_again(unit: Unit, subject: str) -> None:
    """The row of a case whose dossier has another number now, or of a ticket: its place in the queue."""
    case, ticket = None, None
    for event, secret in unit.log_of(subject):
        if changes_a_ticket(event.kind):
            ticket = ticket_rules.apply(ticket, event)
        elif changes_a_case(event.kind):
            case = apply(case, event, secret.text if secret else None)
    if ticket is not None:
        unit.connection.execute(PUT_TICKET, rows.ticket_row(ticket))
    if case is not None:
        put_case(unit.connection, unit.case(subject), case)
        unit.connection.executemany(PUT_SEAL, rows.seal_rows(case))


def _put_end(unit: Unit, writer: str, head: Head) -> None:
    unit.connection.execute(
        "UPDATE writers SET seq = ?, hash = ? WHERE writer = ?", (head.seq, head.hash, writer)
    )
