"""Packs what the district lacks into messages for a file, where there is no network to send them over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from station_desk.cases.event import Event
from station_desk.protocol.courier import Frame
from station_desk.protocol.messages import MOST_BYTES, MOST_EVENTS, NAMES_LOGS, OLDEST, Dossier, Mark, Push
from station_desk.protocol.signing import sign
from station_desk.sync.log import Log

T = TypeVar("T", Event, Dossier)
PATH = "/v1/push"


def lacking(log: Log, held: Mapping[str, Mark]) -> tuple[int, int]:
    """How many events and dossiers lie after the marks that the district is known to hold."""
    events = dossiers = 0
    for writer, goal in log.heads().items():
        mark = held.get(writer, Mark())
        events += goal.head.seq - mark.head.seq
        dossiers += goal.dossiers - mark.dossiers
    return events, dossiers


def frames_after(log: Log, held: Mapping[str, Mark], device: str, key: str) -> Iterator[Frame]:
    """All that lies after the marks, in messages as they would go over the wire, signed for a file."""
    for encoded in messages_after(log, held):
        yield Frame(sign(key, "POST", PATH, encoded, device), encoded)


def messages_after(log: Log, held: Mapping[str, Mark]) -> Iterator[bytes]:
    """All that lies after the marks, in messages for a district of any version: events, then dossiers."""
    goal = log.heads()
    for writer, end in sorted(goal.items()):
        seq = held.get(writer, Mark()).head.seq
        while seq < end.head.seq:
            events = log.events_after(writer, seq, min(MOST_EVENTS, end.head.seq - seq))
            count, encoded = _fitting(events, lambda some: Push(OLDEST, events=tuple(some)))
            seq = events[count - 1].seq
            yield encoded
    for writer, end in sorted(goal.items()):
        number = held.get(writer, Mark()).dossiers
        while number < end.dossiers:
            dossiers = log.dossiers_after(writer, number, min(MOST_EVENTS, end.dossiers - number))
            count, encoded = _fitting(dossiers, push_of_dossiers)
            number = dossiers[count - 1].number
            yield encoded


def push_of_dossiers(dossiers: Sequence[Dossier]) -> Push:
    """In the oldest version of the protocol that can say it."""
    names_logs = any(part.log for one in dossiers for part in one.parts)
    return Push(NAMES_LOGS if names_logs else OLDEST, dossiers=tuple(dossiers))


def _fitting(batch: Sequence[T], push_of: Callable[[Sequence[T]], Push]) -> tuple[int, bytes]:
    """As much of the batch as goes into one message; one alone always fits (`protocol/bounds.py`)."""
    count = len(batch)
    while len(encoded := msgspec.json.encode(push_of(batch[:count]))) > MOST_BYTES and count > 1:
        count //= 2
    return count, encoded
