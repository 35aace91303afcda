"""What a revoked PC still sends: kept apart, whole and unread, until the district decides about it.

A PC is revoked because it was stolen, or because somebody erred. Nothing it sends counts; nothing is thrown
away before a person has looked. Accepted, it is received by the rules of the wire; until then no page, no
count and no log knows of it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
from sqlalchemy import Connection, RowMapping, func, insert, select, update

from station_desk.core.clock import stamp
from station_desk.core.errors import IntegrityError, RuleError
from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.enrolment import Device, find_device
from station_desk.district.receive import receive
from station_desk.district.refused import Refused
from station_desk.protocol.messages import Push

ACCEPTED, REJECTED = "accepted", "rejected"
MOST_WAITING = 400
"""Messages of one PC: what a thief sends without end is kept no further."""

NAME = 12


class NothingKept(RuleError):
    code = "quarantine.nothing_kept"


class NotReceived(IntegrityError):
    code = "quarantine.not_received"


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that waits for a decision; `name` is the beginning of its digest."""

    name: str
    station: str
    counter: str
    device: str
    received_at: str
    events: int
    dossiers: int


def keep(district: District, device: Device, push: Push) -> None:
    """Keeps a message of a revoked PC once, however often it comes."""
    plain = msgspec.structs.replace(push, health=None)
    body = msgspec.json.encode(plain)
    row = {
        "station": device.station, "device": device.id, "digest": hashlib.sha256(body).hexdigest(),
        "counter": device.counter, "received_at": stamp(district.clock()), "place": 0,
        "events": len(push.events), "dossiers": len(push.dossiers), "body": body.decode(),
        "decided": "", "decided_at": "", "reason": "",
    }  # fmt: skip
    district.write(lambda connection: _kept(connection, row))


def kept(district: District, station: str = "") -> tuple[Kept, ...]:
    """What waits for a decision, in the order in which it came."""
    q = t.quarantine.c
    asked = select(t.quarantine).where(q.decided == "").order_by(q.station, q.device, q.place)
    rows = district.rows(asked.where(q.station == station) if station else asked)
    return tuple(
        Kept(
            row["digest"][:NAME], row["station"], row["counter"], row["device"], row["received_at"],
            row["events"], row["dossiers"],
        )
        for row in rows
    )  # fmt: skip


def accept(district: District, station: str, counter: str) -> tuple[int, int]:
    """Receives all that a revoked PC of the counter sent, in its order; how many events and dossiers it held.

    Raises NothingKept; NotReceived at the first message that the rules of the wire refuse: those before it
    stay received, it and those after it stay here.
    """
    events = dossiers = 0
    for row in _waiting(district, station, counter):
        device = district.read(partial(find_device, device=row["device"]))
        assert device is not None
        push = msgspec.json.decode(row["body"], type=Push)
        try:
            receive(district, device, push)
        except Refused as refused:
            raise NotReceived(name=row["digest"][:NAME], why=refused.code, place=refused.detail) from refused
        _decide(district, row, ACCEPTED, "")
        events, dossiers = events + row["events"], dossiers + row["dossiers"]
    return events, dossiers


def reject(district: District, station: str, counter: str, reason: str) -> tuple[int, int]:
    """Decides that none of it counts; it stays kept with the reason. Raises NothingKept."""
    rows = _waiting(district, station, counter)
    for row in rows:
        _decide(district, row, REJECTED, reason)
    return sum(row["events"] for row in rows), sum(row["dossiers"] for row in rows)


def _waiting(district: District, station: str, counter: str) -> Sequence[RowMapping]:
    q = t.quarantine.c
    whose = (q.station == station, q.counter == counter, q.decided == "")
    rows = district.rows(select(t.quarantine).where(*whose).order_by(q.device, q.place))
    if not rows:
        raise NothingKept(station=station, counter=counter)
    return rows


def _decide(district: District, row: RowMapping, decided: str, reason: str) -> None:
    q = t.quarantine.c
    one = (q.station == row["station"], q.device == row["device"], q.digest == row["digest"])
    values = {"decided": decided, "decided_at": stamp(district.clock()), "reason": reason}
    district.write(lambda connection: connection.execute(update(t.quarantine).where(*one).values(values)))


def _kept(connection: Connection, row: dict[str, object]) -> None:
    q = t.quarantine.c
    # One after the other: the row of the station gives the order.
    connection.execute(select(t.station).where(t.station.c.station == row["station"]).with_for_update()).all()
    of_device = (q.station == row["station"], q.device == row["device"])
    known = connection.execute(select(func.count()).where(*of_device, q.digest == row["digest"])).scalar_one()
    place = connection.execute(select(func.count()).where(*of_device)).scalar_one()
    if not known and place < MOST_WAITING:
        connection.execute(insert(t.quarantine).values({**row, "place": place + 1}))
