"""Proves what the district holds: logs unbroken, dossiers as promised, projections as their logs say."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Executable, RowMapping, Select, func, literal, select

from station_desk.cases.event import Event, Head, follows, head_of
from station_desk.cases.trace import Trace
from station_desk.district import tables as t
from station_desk.district.count_proof import counts_that_differ
from station_desk.district.desk.acts import changed_acts
from station_desk.district.district import District
from station_desk.district.handovers import carried_differently, contents_not_promised, held_twice
from station_desk.district.kinds import readable
from station_desk.district.places import unplaced
from station_desk.district.receive import DOSSIERS, commitment_of
from station_desk.district.rows import AT_ONCE, dossier_of, event_of, events, in_order
from station_desk.district.traces import CASE_KINDS, folded
from station_desk.protocol.messages import Dossier, Mark
from station_desk.protocol.writers import Owner, owner_of

Fault = Literal[
    "chain_broken",
    "mark_differs",
    "not_of_this_counter",
    "waits_without_need",
    "dossier_missing",
    "dossier_not_promised",
    "trace_differs",
    "tally_differs",
    "history_differs",
    "held_twice",
    "count_differs",
    "acts_changed",
    "place_missing",
    "grades_differ",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written; `where` is `writer:number` or `station/case`."""

    fault: Fault
    where: str


@dataclass(frozen=True, slots=True)
class Log:
    """The log of one writer with the mark that the district gives for it."""

    station: str
    writer: str
    counter: str
    mark: Mark


def verify(district: District) -> list[Problem]:
    """All that is wrong with the stored logs, dossiers, traces and tallies; empty when all is well."""
    return district.read(lambda connection: list(_problems(connection)))


def _problems(connection: Connection) -> Iterator[Problem]:
    for log in _logs(connection):
        yield from _chain(connection, log)
        yield from _dossiers(connection, log)
    for number in changed_acts(connection):
        yield Problem("acts_changed", f"{number}")
    stations = _stations(connection)
    for station in stations:
        yield from _traces(connection, station)
        yield from _tallies(connection, station)
        yield from _grades(connection, station)
        for place in counts_that_differ(connection, station):
            yield Problem("count_differs", place)
        yield from _hands(connection, station)


def _hands(connection: Connection, station: str) -> Iterator[Problem]:
    """Cases that went from counter to counter."""
    for place in carried_differently(connection, station):
        yield Problem("history_differs", place)
    for place in contents_not_promised(connection, station):
        yield Problem("dossier_not_promised", place)
    for case in held_twice(connection, station):
        yield Problem("held_twice", f"{station}/{case}")


def _logs(connection: Connection) -> list[Log]:
    """Every log that there is an event or a mark of."""
    e = t.event.c
    logs = {
        (row.station, row.writer): Log(
            row.station, row.writer, row.counter, Mark(Head(row.seq, row.hash), row.dossiers)
        )
        for row in connection.execute(t.writer.select()).all()
    }
    for row in connection.execute(select(e.station, e.writer).distinct()).all():
        logs.setdefault((row.station, row.writer), Log(row.station, row.writer, "", Mark()))
    return [logs[key] for key in sorted(logs)]


def _stations(connection: Connection) -> list[str]:
    found = {*connection.execute(select(t.event.c.station).distinct()).scalars()}
    found.update(connection.execute(select(t.trace.c.station).distinct()).scalars())
    found.update(connection.execute(select(t.tally.c.station).distinct()).scalars())
    return sorted(found)


def _chain(connection: Connection, log: Log) -> Iterator[Problem]:
    if owner_of(log.writer) != Owner(log.station, log.counter):
        yield Problem("not_of_this_counter", log.writer)
    head = Head()
    for event, waiting in _events(connection, log):
        if not follows(event, head):
            yield Problem("chain_broken", f"{log.writer}:{event.seq}")
        if waiting and readable(event):
            yield Problem("waits_without_need", f"{log.writer}:{event.seq}")
        head = head_of(event)
    if head != log.mark.head:
        yield Problem("mark_differs", f"{log.writer}:{head.seq}")


def _events(connection: Connection, log: Log) -> Iterator[tuple[Event, bool]]:
    e = t.event.c
    asked = events().add_columns(e.waiting).where(e.station == log.station, e.writer == log.writer)
    for row in in_order(_rows_of(connection), asked, e.seq):
        yield event_of(row), row["waiting"]


def _rows_of(connection: Connection) -> Callable[[Select[Any]], Sequence[RowMapping]]:
    return lambda asked: connection.execute(asked).mappings().all()


def _dossiers(connection: Connection, log: Log) -> Iterator[Problem]:
    d = t.dossier.c
    number = 0
    asked = t.dossier.select().where(d.station == log.station, d.writer == log.writer)
    for row in in_order(_rows_of(connection), asked, d.number):
        dossier = dossier_of(row)
        if dossier.number != number + 1:
            yield Problem("dossier_missing", f"{log.writer}:{number + 1}")
        number = dossier.number
        yield from _promises(connection, log, dossier)
    if number != log.mark.dossiers:
        yield Problem("dossier_missing", f"{log.writer}:{max(number, log.mark.dossiers)}")


def _promises(connection: Connection, log: Log, dossier: Dossier) -> Iterator[Problem]:
    e = t.event.c
    logs = {log.writer, *(part.log for part in dossier.parts if part.log)}
    asked = select(e.writer, e.seq, e.commitment).where(
        e.station == log.station, e.writer.in_(sorted(logs)), e.subject == dossier.case
    )
    promised = {(row.writer, row.seq): row.commitment for row in connection.execute(asked).all()}
    for part in dossier.parts:
        place = part.log or log.writer, part.seq
        if commitment_of(part) != promised.get(place):
            yield Problem("dossier_not_promised", f"{place[0]}:{place[1]}")


def _traces(connection: Connection, station: str) -> Iterator[Problem]:
    e, r = t.event.c, t.trace.c
    cases = select(e.subject).where(e.station == station, e.kind.in_(CASE_KINDS)).distinct()
    stored_cases = select(r.number).where(r.station == station)
    numbers = sorted({*connection.execute(cases).scalars(), *connection.execute(stored_cases).scalars()})
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        made = {trace.number: trace for trace in folded(connection, station, some)}
        asked = t.trace.select().where(r.station == station, r.number.in_(some))
        stored = {row.number: row for row in connection.execute(asked).all()}
        for number in some:
            row = stored.get(number)
            if made.get(number) != (msgspec.json.decode(row.body, type=Trace) if row else None):
                yield Problem("trace_differs", f"{station}/{number}")
        for number in unplaced(connection, station, made.values()):
            yield Problem("place_missing", f"{station}/{number}")


def _grades(connection: Connection, station: str) -> Iterator[Problem]:
    r, g = t.rating.c, t.grade_sum.c
    asked = select(r.grade, func.count()).where(r.station == station).group_by(r.grade)
    counted = Counter(_pairs(connection, asked))
    counted.subtract(_pairs(connection, select(g.grade, g.amount).where(g.station == station)))
    for grade, difference in sorted(counted.items()):
        if difference:
            yield Problem("grades_differ", f"{station}/{grade}")


def _tallies(connection: Connection, station: str) -> Iterator[Problem]:
    e, d, c = t.event.c, t.dossier.c, t.tally.c
    of_events = select(e.kind, func.count()).where(e.station == station).group_by(e.kind)
    of_dossiers = select(literal(DOSSIERS), func.count()).where(d.station == station)
    counted = Counter(_pairs(connection, of_events.union_all(of_dossiers)))
    counted.subtract(_pairs(connection, select(c.what, c.amount).where(c.station == station)))
    for what, difference in sorted(counted.items()):
        if difference:
            yield Problem("tally_differs", f"{station}/{what}")


def _pairs(connection: Connection, asked: Executable) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(asked).all()}
