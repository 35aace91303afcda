"""What the district holds now of the logs of a counter: the only thing a station may call acknowledged."""

import msgspec
from sqlalchemy import Connection, bindparam, select

from station_desk.cases.event import Head
from station_desk.core.clock import stamp
from station_desk.district import tables as t
from station_desk.district.call_backs import call_backs_of
from station_desk.district.district import District
from station_desk.district.enrolment import Device
from station_desk.district.health import note_health, sane
from station_desk.district.keys import keys_mark
from station_desk.district.made import Made
from station_desk.district.offered import editions_mark
from station_desk.district.refused import Refused
from station_desk.district.station_said import said_of
from station_desk.district.waiting import count_waiting, name_waiting
from station_desk.protocol.messages import MOST_AT_ONCE, OLDEST, VERSION, Hello, Mark, Marks
from station_desk.protocol.packing import GZIP
from station_desk.protocol.writers import Owner, owner_of

OF_COUNTER = Made(
    lambda _database: select(*(t.writer.c[name] for name in ("writer", "seq", "hash", "dossiers"))).where(
        t.writer.c.station == bindparam("of_station"), t.writer.c.counter == bindparam("of_counter")
    )
)


def answer_hello(district: District, device: Device, hello: Hello) -> Marks:
    """The marks of all logs of the device's counter, those it does not name as well; notes how it stands.

    Raises Refused for another version of the protocol and for the log of another counter.
    """
    require_version(hello.version)
    require_own(device, hello.writers)
    health = sane(device, hello.health)

    def answer(connection: Connection) -> Marks:
        marks = marks_of(connection, district, device)
        if health:
            note_health(connection, district, device, (hello.version, health), marks.marks)
        return msgspec.structs.replace(
            marks, keys=keys_mark(connection), own_keys=district.identity.public, accepts=(GZIP,),
            call_backs=call_backs_of(connection, device.station).mark,
            editions=editions_mark(connection, district.clock().date()),
            station=said_of(connection, device.station).mark, most=MOST_AT_ONCE,
        )  # fmt: skip

    return district.write(answer) if health else district.read(answer)


def held_marks(connection: Connection, device: Device) -> dict[str, Mark]:
    """How far each log of the device's counter is here."""
    rows = OF_COUNTER.rows(connection, {"of_station": device.station, "of_counter": device.counter})
    return {writer: Mark(Head(seq, hashed), dossiers) for writer, seq, hashed, dossiers in rows}


def marks_of(
    connection: Connection, district: District, device: Device, held: dict[str, Mark] | None = None
) -> Marks:
    """What the district holds now of all logs of the device's counter; who knows it already hands it in."""
    marks = held_marks(connection, device) if held is None else held
    waits = count_waiting(connection, device.station, device.counter)
    unread = name_waiting(connection, device.station, device.counter) if waits else ()
    return Marks(VERSION, district.epoch, stamp(district.clock()), marks, waits, unread=unread)


def require_version(version: int) -> None:
    """Raises Refused unless we speak that version of the protocol: ours, or one of the two before it."""
    if not OLDEST <= version <= VERSION:
        raise Refused(426, "sync.version_refused", str(VERSION))


def require_own(device: Device, writers: tuple[str, ...]) -> None:
    """Raises Refused when one of the logs is not one of the device's counter."""
    owner = Owner(device.station, device.counter)
    for writer in writers:
        if owner_of(writer) != owner:
            raise Refused(403, "sync.writer_not_ours", writer[:40])
