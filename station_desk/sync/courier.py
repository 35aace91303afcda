"""Packs what the district lacks into messages for a file, where there is no network to send them over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from station_desk.cases.event import Event
from station_desk.protocol.courier import Frame
from station_desk.protocol.messages import MOST_BYTES, MOST_EVENTS, VERSION, Dossier, Mark, Push
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
    """All that lies after the marks, in messages as they would go over the wire: events, then dossiers."""
    goal = log.heads()
    for writer, end in sorted(goal.items()):
        seq = held.get(writer, Mark()).head.seq
        while seq < end.head.seq:
            events = log.events_after(writer, seq, min(MOST_EVENTS, end.head.seq - seq))
            count, frame = _fitting(events, lambda some: Push(VERSION, events=tuple(some)), device, key)
            seq = events[count - 1].seq
            yield frame
    for writer, end in sorted(goal.items()):
        number = held.get(writer, Mark()).dossiers
        while number < end.dossiers:
            dossiers = log.dossiers_after(writer, number, min(MOST_EVENTS, end.dossiers - number))
            count, frame = _fitting(dossiers, lambda some: Push(VERSION, dossiers=tuple(some)), device, key)
            number = dossiers[count - 1].number
            yield frame


def _fitting(
    batch: Sequence[T], push_of: Callable[[Sequence[T]], Push], device: str, key: str
) -> tuple[int, Frame]:
    """As much of the batch as goes into one message; one alone always fits (`protocol/bounds.py`)."""
    count = len(batch)
    while len(encoded := msgspec.json.encode(push_of(batch[:count]))) > MOST_BYTES and count > 1:
        count //= 2
    return count, Frame(sign(key, "POST", PATH, encoded, device), encoded)
