"""The waiting room: events of kinds that an older program could not read are read once a newer one can."""

from functools import partial

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select, update

from station_desk.cases.event import Event
from station_desk.district import tables as t
from station_desk.district.call_backs import note_answers
from station_desk.district.database import Database
from station_desk.district.kinds import readable
from station_desk.district.made import Made
from station_desk.district.rows import events, events_of
from station_desk.district.stations import note_told
from station_desk.district.traces import fold_again
from station_desk.protocol.messages import MOST_UNREAD, Unread

HOW_MANY = Made(
    lambda _database: select(func.count()).where(
        t.event.c.station == bindparam("of_station"), t.event.c.waiting,
        t.event.c.writer.in_(
            select(t.writer.c.writer).where(
                t.writer.c.station == bindparam("of_station"), t.writer.c.counter == bindparam("of_counter")
            )
        ),
    )
)  # fmt: skip


def read_what_waits(database: Database) -> int:
    """Reads every waiting event that can be read by now, one transaction a station; how many there were."""
    waits = select(t.event.c.station).where(t.event.c.waiting).distinct()
    stations = database.read(lambda connection: connection.execute(waits).scalars().all())
    return sum(database.write(partial(_read_of, station=station)) for station in sorted(stations))


def count_waiting(connection: Connection, station: str, counter: str) -> int:
    """How many events of the logs of a counter cannot be read yet."""
    of = {"of_station": station, "of_counter": counter}
    return int(HOW_MANY.run(connection, of).scalar_one())


def name_waiting(connection: Connection, station: str, counter: str) -> tuple[Unread, ...]:
    """The first of them, in the order of the logs."""
    e, w = t.event.c, t.writer.c
    of_counter = select(w.writer).where(w.station == station, w.counter == counter)
    asked = select(e.writer, e.seq).where(e.station == station, e.waiting, e.writer.in_(of_counter))
    rows = connection.execute(asked.order_by(e.writer, e.seq).limit(MOST_UNREAD)).all()
    return tuple(Unread(row.writer, row.seq) for row in rows)


def _read_of(connection: Connection, station: str) -> int:
    e = t.event.c
    waits = events_of(connection.execute(events().where(e.station == station, e.waiting)).mappings().all())
    now_read = [event for event in waits if readable(event)]
    for event in now_read:
        connection.execute(update(t.event).where(_is(event, station)).values(waiting=False))
    fold_again(connection, station, {event.subject for event in now_read})
    note_answers(connection, station, now_read)
    note_told(connection, station, now_read)
    return len(now_read)


def _is(event: Event, station: str) -> ColumnElement[bool]:
    e = t.event.c
    return and_(e.station == station, e.writer == event.writer, e.seq == event.seq)
