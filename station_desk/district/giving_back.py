"""Gives a counter back what it wrote itself and has lost: the end of one of its logs, page by page."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from station_desk.cases.event import Event
from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.enrolment import Device
from station_desk.district.marks import require_own, require_version
from station_desk.district.rows import dossier_of, event_of, events
from station_desk.protocol.messages import MOST_BYTES, MOST_EVENTS, VERSION, Dossier, Pull, Pulled

T = TypeVar("T", Event, Dossier)


def answer_pull(district: District, device: Device, asked: Pull) -> Pulled:
    """The next events of a log of the device's counter; once there are none, its next dossiers.

    Raises Refused for another version of the protocol and for the log of another counter.
    """
    require_version(asked.version)
    require_own(device, (asked.writer,))
    return district.read(lambda connection: _pulled(connection, device, asked))


def _pulled(connection: Connection, device: Device, asked: Pull) -> Pulled:
    e, d = t.event.c, t.dossier.c
    rows = connection.execute(
        events().where(e.station == device.station, e.writer == asked.writer, e.seq > asked.seq)
        .order_by(e.seq).limit(MOST_EVENTS)
    ).mappings()  # fmt: skip
    found = tuple(_fitting(event_of(row) for row in rows))
    if found:
        return Pulled(VERSION, events=found)
    rows = connection.execute(
        t.dossier.select()
        .where(d.station == device.station, d.writer == asked.writer, d.number > asked.dossiers)
        .order_by(d.number).limit(MOST_EVENTS)
    ).mappings()  # fmt: skip
    return Pulled(VERSION, dossiers=tuple(_fitting(dossier_of(row) for row in rows)))


def _fitting(messages: Iterable[T]) -> Iterator[T]:
    """As many as go into one answer, at least one: what came in one push goes back in one answer."""
    size = 0
    for message in messages:
        length = len(msgspec.json.encode(message)) + 1
        if size and size + length > MOST_BYTES // 2:
            return
        size += length
        yield message
