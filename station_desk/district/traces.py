"""Where each case stands, folded from all its events whenever one of them arrives.

Folding everything again, in the order of the case's revisions, gives the same trace however the events came
in: late, twice, or by two logs of the same counter.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby, starmap

import msgspec
from sqlalchemy import Connection, bindparam, delete, or_, select, text

from station_desk.cases.changes import changes_a_case
from station_desk.cases.event import Event
from station_desk.cases.trace import Trace, trace_of
from station_desk.core.clock import stamp
from station_desk.district import tables as t
from station_desk.district.bulk import put_rows
from station_desk.district.caseload import count_again, told_of
from station_desk.district.database import Database
from station_desk.district.glances import NoGlance
from station_desk.district.kinds import PARTS
from station_desk.district.made import Made, among, list_of
from station_desk.district.places import Ask, places_of, put_places
from station_desk.district.rows import events

CASE_KINDS = tuple(kind for kind in PARTS if changes_a_case(kind))
AT_ONCE = 1024
SHOWN_FOR = timedelta(days=730)
"""How long after its end a case keeps its page."""

NOT_ENDED = text("trace.state NOT IN ('finished', 'delivered', 'declined', 'withdrawn', 'voided')")


CASE_AT = (
    select(t.trace.c.body, t.station.c.name, t.station.c.phone, t.station.c.address)
    .join(t.station, t.station.c.station == t.trace.c.station)
    .where(
        t.trace.c.station == bindparam("of_station"), t.trace.c.number == bindparam("of_number"),
        t.trace.c.trace == bindparam("hashed"),
        or_(NOT_ENDED, t.trace.c.updated_at >= bindparam("since")),
    )
)  # fmt: skip
"""Made once: to put a statement together takes longer than to run this one."""

OF_CASES = Made(
    lambda database: events().where(
        t.event.c.station == bindparam("of_station"),
        among(database, t.event.c.subject, "subjects"),
        ~t.event.c.waiting,
        text("event.kind IN ({})".format(", ".join(map(repr, CASE_KINDS)))),
    )
)
FORGET = Made(
    lambda database: delete(t.trace).where(
        t.trace.c.station == bindparam("of_station"), among(database, t.trace.c.number, "subjects")
    )
)
NAMES = ("station", "number", "trace", "state", "revision", "updated_at", "body")


class Station(msgspec.Struct, frozen=True):
    """A station as residents see it."""

    name: str
    phone: str
    address: str


def shown_since(now: datetime) -> str:
    """What ended before this moment is shown no more."""
    return stamp(now - SHOWN_FOR)


def find_trace(connection: Connection, token: str, since: str = "") -> tuple[Trace, Station] | None:
    """The case that a resident's token leads to, with its station; None when it leads nowhere.

    A case that ended before `since` is not looked up at all: nothing, not even the time it takes, tells it
    from a token that never was.
    """
    return _found(lambda asked, values: connection.execute(asked, values).all(), token, since)


def glance_at_trace(database: Database, token: str, since: str) -> tuple[Trace, Station] | None:
    """The same by the quickest way that the database has."""
    if database.glances:
        with suppress(NoGlance):
            return _found(database.glances.ask, token, since)
    return database.read(partial(find_trace, token=token, since=since))


def _found(ask: Ask, token: str, since: str) -> tuple[Trace, Station] | None:
    hashed = trace_of(token)
    for station, number in places_of(ask, hashed):
        values = {"of_station": station, "of_number": number, "hashed": hashed, "since": since}
        for body, *told in ask(CASE_AT, values):
            return msgspec.json.decode(body, type=Trace), Station(*told)
    return None


def fold_in(connection: Connection, station: str, new: Sequence[Event]) -> None:
    """Brings the traces and counts in line with events that are about to be stored: call it before."""
    subjects = sorted({event.subject for event in new})
    for start in range(0, len(subjects), AT_ONCE):
        some = subjects[start : start + AT_ONCE]
        wanted = frozenset(some)
        every = [*_stored(connection, station, some), *(event for event in new if event.subject in wanted)]
        _put_again(connection, station, _by_case(every), some)


def fold_again(connection: Connection, station: str, subjects: Iterable[str]) -> None:
    """Brings the traces and counts of these cases of the station in line with the events that are stored."""
    wanted = sorted(set(subjects))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        _put_again(connection, station, histories(connection, station, some), some)


def _put_again(
    connection: Connection, station: str, cases: Iterable[tuple[Event, ...]], subjects: Sequence[str]
) -> None:
    """Puts what these cases come to in the place of what there is of the subjects."""
    told = [told_of(of_case) for of_case in cases]
    FORGET.run(connection, {"of_station": station, "subjects": list_of(connection, subjects)})
    traces = [trace for trace, _ in told if trace is not None]
    put_rows(connection, t.trace, NAMES, [_row(station, trace) for trace in traces])
    put_places(connection, station, traces)
    count_again(connection, station, [load for _, load in told if load is not None], subjects)


def folded(connection: Connection, station: str, subjects: Sequence[str]) -> Iterator[Trace]:
    """The traces that the stored events of these cases make."""
    for of_case in histories(connection, station, subjects):
        trace = told_of(of_case).trace
        if trace is not None:
            yield trace


def histories(connection: Connection, station: str, subjects: Sequence[str]) -> Iterator[tuple[Event, ...]]:
    """The stored events of each of these cases, in the order of its revisions."""
    return _by_case(_stored(connection, station, subjects))


def _stored(connection: Connection, station: str, subjects: Sequence[str]) -> tuple[Event, ...]:
    of = {"of_station": station, "subjects": list_of(connection, subjects)}
    return tuple(starmap(Event, OF_CASES.rows(connection, of)))


def _by_case(some: Iterable[Event]) -> Iterator[tuple[Event, ...]]:
    # Ordered here and not by the database, whose way to compare texts is that of its country.
    ordered = sorted(some, key=lambda e: (e.subject, e.revision, e.writer, e.seq))
    for _, of_case in groupby(ordered, key=lambda event: event.subject):
        yield tuple(of_case)


def _row(station: str, trace: Trace) -> tuple[object, ...]:
    """In the order of NAMES."""
    body = msgspec.json.encode(trace).decode()
    return (station, trace.number, trace.trace, trace.state, trace.revision, trace.updated_at, body)
