"""Cases that went from counter to counter: is what one log carries what the other log says?

A counter that takes a case over writes the history into its own log. Once the district holds both logs it can
compare them; and it sees when two counters hold the same case, because one took back what the other had.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, and_, select

from station_desk.cases.event import Event, Secret, commit, hash_of
from station_desk.cases.handover_parts import TAKEN_OVER, TakenBackPublic, TakenOverPublic, history, log_of
from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.enrolment import Device
from station_desk.district.marks import require_version
from station_desk.district.refused import Refused
from station_desk.district.rows import dossier_of, events, events_of
from station_desk.protocol.messages import MOST_EVENTS, AskTaken, Taken

TAKEN_BACK = "case.taken_back"
ENDS = ("case.voided", "case.withdrawn", "case.declined", "case.finished")


def answer_taken(district: District, device: Device, asked: AskTaken) -> Taken:
    """Which of the cases that the device's counter handed over another counter has now.

    Raises Refused for another version of the protocol and for more than may be asked at once.
    """
    require_version(asked.version)
    if len(asked.cases) > MOST_EVENTS:
        raise Refused(413, "sync.message_too_big", str(MOST_EVENTS))
    numbers = tuple(number for number in asked.cases if "\0" not in number)
    taken = district.read(lambda c: taken_by_others(c, device.station, device.counter, numbers))
    return Taken(tuple(sorted(taken)))


def carried_differently(connection: Connection, station: str) -> Iterator[str]:
    """Places `writer:number` of events that a take-over carries otherwise than their own log has them."""
    for take in _hand_events(connection, station, TAKEN_OVER):
        for event, _ in _history(take, None):
            own = _own_hash(connection, station, event)
            if event.hash != hash_of(event) or own not in (None, event.hash):
                yield f"{event.writer}:{event.seq}"


def contents_not_promised(connection: Connection, station: str) -> Iterator[str]:
    """Places `writer:number` of private parts in dossiers that are not what the carried events promised."""
    for take in _hand_events(connection, station, TAKEN_OVER):
        private = _private_part(connection, station, take)
        if private is None:
            continue
        for event, secret in _history(take, private):
            if event.commitment and (secret is None or not _keeps(event, secret)):
                yield f"{event.writer}:{event.seq}"


def held_twice(connection: Connection, station: str) -> Iterator[str]:
    """Cases that one counter took back and another took over, until the first has ended them."""
    back = {
        (event.subject, msgspec.json.decode(event.public, type=TakenBackPublic).handed): event
        for event in _hand_events(connection, station, TAKEN_BACK)
    }
    for take in _hand_events(connection, station, TAKEN_OVER):
        carried = msgspec.json.decode(take.public, type=TakenOverPublic).carried
        kept = back.get((take.subject, carried[-1].hash)) if carried else None
        if kept and not _was_ended(connection, station, kept):
            yield take.subject


def taken_by_others(
    connection: Connection, station: str, counter: str, numbers: tuple[str, ...]
) -> frozenset[str]:
    """Of these cases those whose last take-over is by another counter than this one."""
    e = t.event.c
    asked = events().where(e.station == station, e.subject.in_(numbers), e.kind == TAKEN_OVER, ~e.waiting)
    rows = connection.execute(asked.order_by(e.subject, e.revision, e.writer, e.seq)).mappings().all()
    last = {event.subject: log_of(event.writer) for event in events_of(rows)}
    return frozenset(number for number, log in last.items() if log != f"{station}.{counter}")


def _hand_events(connection: Connection, station: str, kind: str) -> tuple[Event, ...]:
    e = t.event.c
    asked = events().where(and_(e.station == station, e.kind == kind, ~e.waiting))
    return events_of(connection.execute(asked.order_by(e.writer, e.seq)).mappings().all())


def _was_ended(connection: Connection, station: str, kept: Event) -> bool:
    """Whether the counter that took a case back has ended it since."""
    e = t.event.c
    later = select(e.seq).where(
        e.station == station, e.writer == kept.writer, e.subject == kept.subject, e.seq > kept.seq,
        e.kind.in_(ENDS),
    )  # fmt: skip
    return connection.execute(later.limit(1)).first() is not None


def _history(take: Event, private: str | None) -> list[tuple[Event, Secret | None]]:
    """What a take-over carries; nothing where it cannot be read, which its own log tells already."""
    try:
        return list(history(take, private))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return []


def _own_hash(connection: Connection, station: str, event: Event) -> str | None:
    """What the event hashes to in its own log; None while the district does not hold it."""
    e = t.event.c
    own = select(e.hash).where(e.station == station, e.writer == event.writer, e.seq == event.seq)
    return connection.execute(own).scalar_one_or_none()


def _private_part(connection: Connection, station: str, take: Event) -> str | None:
    """The private part of the take-over, out of a dossier that has it."""
    d = t.dossier.c
    asked = t.dossier.select().where(d.station == station, d.case_number == take.subject)
    for row in connection.execute(asked.order_by(d.number.desc(), d.writer)).mappings():
        dossier = dossier_of(row)
        for part in dossier.parts:
            if (part.log or dossier.writer, part.seq) == (take.writer, take.seq):
                return part.text
    return None


def _keeps(event: Event, secret: Secret) -> bool:
    try:
        return commit(secret) == event.commitment
    except ValueError:
        return False
