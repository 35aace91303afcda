"""Takes what a counter PC pushes: every event and every dossier once, in order, unchanged, or nothing at all.

One push is one transaction: the events, the dossiers, the marks, the traces of the cases and the tallies.
While it runs the station's row is locked, so two PCs of one station take turns.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from station_desk.cases.changes import changes_a_case
from station_desk.cases.event import Event, Head, Secret, commit, hash_of, head_of
from station_desk.core.clock import stamp
from station_desk.district import tables as t
from station_desk.district.bulk import put_rows, upsert
from station_desk.district.call_backs import note_answers
from station_desk.district.district import District
from station_desk.district.enrolment import Device
from station_desk.district.health import note_health, sane
from station_desk.district.kinds import readable
from station_desk.district.made import Made, among, list_of
from station_desk.district.marks import held_marks, marks_of, require_own, require_version
from station_desk.district.refused import Refused
from station_desk.district.rows import DOSSIER_NAMES, EVENT_NAMES, dossier_values, event_values, parts_text
from station_desk.district.stations import note_told
from station_desk.district.traces import fold_in
from station_desk.protocol.messages import (
    MOST_EVENTS,
    MOST_TEXT,
    Dossier,
    DossierPart,
    Mark,
    Marks,
    Push,
    RefusalCode,
)

LONGEST_WORD = 200
MOST_NUMBER = 2**53
Promised = dict[tuple[str, int, str], str]
"""The commitment of an event by the log, its number there and its case."""
DOSSIERS = "dossier"
"""The name under which dossiers are tallied; events are by their kind."""

MOST_BETWEEN = 2
"""Events that lie so close are read in a row, those between them as well."""

LOCK = Made(
    lambda _database: (
        select(t.station.c.station).where(t.station.c.station == bindparam("of_station")).with_for_update()
    )
)
IN_LOG = Made(
    lambda database: select(t.event.c.seq, t.event.c.hash, t.event.c.subject, t.event.c.commitment).where(
        t.event.c.station == bindparam("of_station"), t.event.c.writer == bindparam("of_writer"),
        among(database, t.event.c.seq, "seqs"),
    )
)  # fmt: skip
IN_ROW = Made(
    lambda _database: select(t.event.c.seq, t.event.c.hash, t.event.c.subject, t.event.c.commitment).where(
        t.event.c.station == bindparam("of_station"), t.event.c.writer == bindparam("of_writer"),
        t.event.c.seq >= bindparam("first"), t.event.c.seq <= bindparam("last"),
    )
)  # fmt: skip
PUT_MARK = upsert(t.writer, lambda new, _old: {name: new[name] for name in ("seq", "hash", "dossiers")})
ADD = upsert(t.tally, lambda new, old: {"amount": old["amount"] + new["amount"]})


def receive(district: District, device: Device, push: Push) -> Marks:
    """Stores what is new in the push and answers what the district holds now.

    Raises Refused, and then nothing of the push is stored: another counter's log, a gap, a fork (another
    event under a known number), a wrong hash, a dossier that is not what the log promised, too much at once.
    """
    require_version(push.version)
    require_own(device, _writers(push))
    if len(push.events) + len(push.dossiers) > MOST_EVENTS:
        raise Refused(413, "sync.message_too_big", str(MOST_EVENTS))
    for event in push.events:
        _require_sane(event)
    for dossier in push.dossiers:
        _require_sane_dossier(dossier)
    return district.write(lambda connection: _received(connection, district, device, push))


def _received(connection: Connection, district: District, device: Device, push: Push) -> Marks:
    station, at = device.station, stamp(district.clock())
    _lock(connection, station)
    known = held_marks(connection, device)
    new_events, heads = _new_events(connection, station, push.events, known)
    now_read = _put_events(connection, station, new_events, at)
    new_dossiers, numbers = _new_dossiers(connection, station, push.dossiers, known)
    rows = [dossier_values(dossier, parts, station, at) for dossier, parts in new_dossiers]
    put_rows(connection, t.dossier, DOSSIER_NAMES, rows)
    moved = {
        writer: Mark(
            heads.get(writer, _head(known, writer)), numbers.get(writer, _mark(known, writer).dossiers)
        )
        for writer in sorted(heads.keys() | numbers.keys())
    }
    _put_marks(connection, device, moved)
    note_answers(connection, station, now_read)
    note_told(connection, station, now_read)
    _count(connection, station, Counter([*(e.kind for e in new_events), *(DOSSIERS for _ in new_dossiers)]))
    marks = marks_of(connection, district, device, {**known, **moved})
    health = sane(device, push.health)
    if health:
        note_health(connection, district, device, (push.version, health), marks.marks)
    return marks


def _lock(connection: Connection, station: str) -> None:
    LOCK.rows(connection, {"of_station": station})


def _put_events(connection: Connection, station: str, new: Sequence[Event], at: str) -> list[Event]:
    """Stores the events, with what they make of the cases that they are about; those that can be read."""
    waits = [not readable(event) for event in new]
    read = [event for event, waiting in zip(new, waits, strict=True) if not waiting]
    fold_in(connection, station, [event for event in read if changes_a_case(event.kind)])
    rows = [event_values(e, station, at, waiting=waiting) for e, waiting in zip(new, waits, strict=True)]
    put_rows(connection, t.event, EVENT_NAMES, rows)
    return read


def _new_events(
    connection: Connection, station: str, events: Sequence[Event], known: dict[str, Mark]
) -> tuple[list[Event], dict[str, Head]]:
    """The events after the marks, each proved to be the next of its log; and the new ends of these logs."""
    hashes = _known_hashes(connection, station, [e for e in events if e.seq <= _head(known, e.writer).seq])
    heads: dict[str, Head] = {}
    new = []
    for event in events:
        writer, seq = event.writer, event.seq
        if event.hash != hash_of(event):
            raise _refused(400, "sync.hash_wrong", event)
        end = heads.get(writer) or _head(known, writer)
        if seq <= end.seq:
            if hashes.get((writer, seq)) != event.hash:
                raise _refused(409, "sync.log_forked", event)
            continue
        if seq > end.seq + 1:
            raise Refused(409, "sync.log_gap", f"{writer}:{end.seq}", writer=writer)
        if event.prev != end.hash:
            raise _refused(409, "sync.log_forked", event)
        new.append(event)
        heads[writer] = head_of(event)
        hashes[writer, seq] = event.hash
    return new, heads


def _refused(status: int, code: RefusalCode, event: Event) -> Refused:
    return Refused(status, code, f"{event.writer}:{event.seq}", writer=event.writer, seq=event.seq)


def _known_hashes(
    connection: Connection, station: str, events: Iterable[Event]
) -> dict[tuple[str, int], str]:
    asked: dict[str, set[int]] = {}
    for event in events:
        asked.setdefault(event.writer, set()).add(event.seq)
    return {
        (writer, seq): hashed
        for writer, seqs in asked.items()
        for seq, hashed, _, _ in _in_log(connection, station, writer, seqs)
    }


def _in_log(
    connection: Connection, station: str, writer: str, seqs: Collection[int]
) -> list[tuple[Any, ...]]:
    """Of each of these events that is stored: number, hash, case and promise."""
    of, first, last = {"of_station": station, "of_writer": writer}, min(seqs), max(seqs)
    if last - first < MOST_BETWEEN * len(seqs):
        return IN_ROW.rows(connection, {**of, "first": first, "last": last})
    return IN_LOG.rows(connection, {**of, "seqs": list_of(connection, seqs)})


def _new_dossiers(
    connection: Connection, station: str, dossiers: Sequence[Dossier], known: dict[str, Mark]
) -> tuple[list[tuple[Dossier, str]], dict[str, int]]:
    """The dossiers after the marks with the text of their parts, each proved against the log; and the new
    numbers of these logs.
    """
    promised = _promised(connection, station, dossiers)
    numbers: dict[str, int] = {}
    new: dict[tuple[str, int], str] = {}
    taken: list[tuple[Dossier, str]] = []
    for dossier in dossiers:
        writer, number, parts = dossier.writer, dossier.number, parts_text(dossier)
        place = f"{writer}:{number}"
        last = numbers.get(writer, known.get(writer, Mark()).dossiers)
        if number > last + 1:
            raise Refused(409, "sync.log_gap", place, writer=writer, dossier=number)
        if number <= last:
            stored = new.get((writer, number)) or _stored_parts(connection, station, writer, number)
            if stored != f"{dossier.case} {parts}":
                raise Refused(409, "sync.log_forked", place, writer=writer, dossier=number)
            continue
        _require_promised(promised, dossier)
        new[writer, number] = f"{dossier.case} {parts}"
        numbers[writer] = number
        taken.append((dossier, parts))
    return taken, numbers


def _stored_parts(connection: Connection, station: str, writer: str, number: int) -> str:
    d = t.dossier.c
    row = connection.execute(
        select(d.case_number, d.parts).where(d.station == station, d.writer == writer, d.number == number)
    ).one()
    return f"{row.case_number} {row.parts}"


def _promised(connection: Connection, station: str, dossiers: Iterable[Dossier]) -> Promised:
    """What the events have committed themselves to for whose private parts these dossiers bring."""
    asked: dict[str, set[int]] = {}
    for dossier in dossiers:
        for part in dossier.parts:
            asked.setdefault(part.log or dossier.writer, set()).add(part.seq)
    return {
        (writer, seq, subject): commitment
        for writer, seqs in asked.items()
        for seq, _, subject, commitment in _in_log(connection, station, writer, seqs)
    }


def _require_promised(promised: Promised, dossier: Dossier) -> None:
    """Each part must be the one that an event of this case has committed itself to, in its log."""
    for part in dossier.parts:
        if commitment_of(part) != promised.get((part.log or dossier.writer, part.seq, dossier.case)):
            place = f"{part.log or dossier.writer}:{part.seq}"
            raise Refused(400, "sync.commitment_wrong", place, writer=dossier.writer, dossier=dossier.number)


def commitment_of(part: DossierPart) -> str | None:
    """What the log must have promised for this part; None when its salt is no salt."""
    try:
        return commit(Secret(part.text, part.salt))
    except ValueError:
        return None


def _put_marks(connection: Connection, device: Device, moved: dict[str, Mark]) -> None:
    rows = [
        {
            "station": device.station, "writer": writer, "counter": device.counter,
            "seq": mark.head.seq, "hash": mark.head.hash, "dossiers": mark.dossiers,
        }
        for writer, mark in moved.items()
    ]  # fmt: skip
    PUT_MARK.run_each(connection, rows)


def _count(connection: Connection, station: str, amounts: Counter[str]) -> None:
    rows = [{"station": station, "what": what, "amount": amounts[what]} for what in sorted(amounts)]
    ADD.run_each(connection, rows)


def _head(known: dict[str, Mark], writer: str) -> Head:
    return _mark(known, writer).head


def _mark(known: dict[str, Mark], writer: str) -> Mark:
    return known.get(writer, Mark())


def _writers(push: Push) -> tuple[str, ...]:
    """Every log that the push speaks of, once."""
    named = dict.fromkeys(event.writer for event in push.events)
    named |= dict.fromkeys(dossier.writer for dossier in push.dossiers)
    of_parts = {part.log for dossier in push.dossiers for part in dossier.parts if part.log}
    return tuple(named | dict.fromkeys(sorted(of_parts)))


def _require_sane(event: Event) -> None:
    words = (
        event.writer, event.prev, event.hash, event.subject, event.kind, event.at, event.actor, event.command,
        event.commitment,
    )  # fmt: skip
    sane = (
        0 < event.seq < MOST_NUMBER
        and 0 <= event.revision < MOST_NUMBER
        and len(event.public) <= MOST_TEXT
        and max(map(len, words)) <= LONGEST_WORD
        and "\0" not in event.public
        and "\0" not in "".join(words)
    )
    if not sane:
        raise _refused(400, "sync.message_refused", event)


def _require_sane_dossier(dossier: Dossier) -> None:
    sane = (
        0 < dossier.number < MOST_NUMBER
        and len(dossier.case) <= LONGEST_WORD
        and "\0" not in dossier.case
        and all(_is_sane(part) for part in dossier.parts)
    )
    if not sane:
        place = f"{dossier.writer}:{dossier.number}"
        raise Refused(400, "sync.message_refused", place, writer=dossier.writer, dossier=dossier.number)


def _is_sane(part: DossierPart) -> bool:
    in_range = 0 < part.seq < MOST_NUMBER and len(part.text) <= MOST_TEXT and len(part.salt) <= LONGEST_WORD
    return in_range and "\0" not in part.text + part.salt
