"""The designs that lose, double or forget, planted into the real program one by one.

Each changes the real code for as long as a `with` lasts, in this process and all that it forks: a counter or
a district with that design runs, on real files, and whoever watches must find it out.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from station_desk.cases.event import Event, Head, hash_of, head_of
from station_desk.district import caseload, kinds, receive, traces
from station_desk.district.database import Database
from station_desk.district.refused import Refused
from station_desk.protocol.messages import Hello, Mark, Marks, Push
from station_desk.store import taking_back
from station_desk.store.log import DeskLog
from station_desk.store.unit import Unit
from station_desk.sync.client import Wire

LATE_COMMIT_S = 0.3
MEMORY = "what-was-sent.json"
Planting = Callable[[], AbstractContextManager[object]]


@contextmanager
def forgets_what_it_sent() -> Iterator[None]:
    """The client counts as done what it has sent, before the district says so."""
    honest_push = Wire.push

    def push(wire: Wire, encoded: bytes) -> Marks:
        sent = msgspec.json.decode(encoded, type=Push)
        _remember({event.writer: Mark(head_of(event)) for event in sent.events})
        return honest_push(wire, encoded)

    with _believing_its_memory(), patch.object(Wire, "push", push):
        yield


@contextmanager
def trusts_its_own_checkpoint() -> Iterator[None]:
    """The client remembers the district's last answer, and never asks what it holds now."""
    honest_note = DeskLog.note_marks

    def note(log: DeskLog, marks: Marks, at: str, word: str = "") -> None:
        _remember(marks.marks)
        honest_note(log, marks, at, word)

    with _believing_its_memory(), patch.object(DeskLog, "note_marks", note):
        yield


@contextmanager
def stops_at_the_unknown() -> Iterator[None]:
    """The district refuses what it cannot read, and everything behind it waits for ever."""
    honest = kinds.readable

    def readable(event: Event) -> bool:
        if not honest(event):
            raise Refused(400, "sync.message_refused", event.kind)
        return True

    with patch.object(receive, "readable", readable):
        yield


@contextmanager
def last_write_wins() -> Iterator[None]:
    """The district orders the events of a case by the clocks of the counters."""
    honest = caseload.told_of

    def told_of(of_case: Any) -> Any:
        return honest(sorted(of_case, key=lambda event: str(event.at)))

    with patch.object(traces, "told_of", told_of):
        yield


@contextmanager
def stores_it_again() -> Iterator[None]:
    """The district takes what comes as new, and gives it the next number itself."""
    honest = receive._new_events

    def new_events(
        connection: Connection, station: str, events: tuple[Event, ...], known: Mapping[str, Mark]
    ) -> Any:
        ends = {writer: mark.head for writer, mark in known.items()}
        placed = []
        for event in events:
            end = ends.get(event.writer, Mark().head)
            again = replace(event, seq=end.seq + 1, prev=end.hash)
            placed.append(replace(again, hash=hash_of(again)))
            ends[event.writer] = head_of(placed[-1])
        return honest(connection, station, placed, dict(known))

    with patch.object(receive, "_new_events", new_events):
        yield


@contextmanager
def writes_in_two_transactions() -> Iterator[None]:
    """The counter commits an event first and what it makes of the case in a second transaction."""
    honest = Unit.project

    def project(unit: Unit, event: Event, secret: Any) -> None:
        unit.connection.execute(
            "UPDATE writers SET seq = ?, hash = ? WHERE writer = ?", (event.seq, event.hash, event.writer)
        )
        unit.connection.execute("COMMIT")
        time.sleep(0.002)
        unit.connection.execute("BEGIN IMMEDIATE")
        honest(unit, event, secret)

    with patch.object(Unit, "project", project):
        yield


@contextmanager
def answers_before_its_commit() -> Iterator[None]:
    """The district says what it holds while the commit is still to come."""
    honest = Database._once

    def once(database: Database, work: Callable[[Connection], Any]) -> Any:
        if not work.__qualname__.startswith("receive."):
            return honest(database, work)
        connection = database._writing.connect()
        transaction = connection.begin()
        try:
            answer = work(connection)
        except BaseException:
            transaction.rollback()
            connection.close()
            raise

        def commit() -> None:
            transaction.commit()
            connection.close()

        threading.Timer(LATE_COMMIT_S, commit).start()
        return answer

    with patch.object(Database, "_once", once):
        yield


@contextmanager
def accepts_gaps() -> Iterator[None]:
    """The district takes whatever is beyond its mark, whether it follows or not."""

    def new_events(
        _connection: Connection, _station: str, events: tuple[Event, ...], known: Mapping[str, Mark]
    ) -> Any:
        heads: dict[str, Head] = {}
        new = []
        for event in events:
            if event.seq > heads.get(event.writer, known.get(event.writer, Mark()).head).seq:
                new.append(event)
                heads[event.writer] = head_of(event)
        return new, heads

    with patch.object(receive, "_new_events", new_events):
        yield


@contextmanager
def lays_them_again() -> Iterator[None]:
    """The counter does not look whether what the district gives it lies here already, in another place."""
    with patch.object(taking_back, "settle_twins", lambda *_: frozenset()):
        yield


DESIGNS: Mapping[str, Planting] = {
    "forgets_what_it_sent": forgets_what_it_sent,
    "trusts_its_own_checkpoint": trusts_its_own_checkpoint,
    "stops_at_the_unknown": stops_at_the_unknown,
    "last_write_wins": last_write_wins,
    "stores_it_again": stores_it_again,
    "writes_in_two_transactions": writes_in_two_transactions,
}
"""What random faults find.

Tests of their own have `answers_before_its_commit` and `accepts_gaps`, which heal in the end, and
`lays_them_again`, for which one folder must come back twice; a disk that lies has `bench/power_cut.py`.
"""


def planted(name: str) -> AbstractContextManager[object]:
    """One of the designs, or the right one where `name` is empty."""
    return DESIGNS[name]() if name else nullcontext()


@contextmanager
def _believing_its_memory() -> Iterator[None]:
    """`hello` is answered out of the memory of this PC wherever that says more than the district."""
    honest = Wire.hello

    def hello(wire: Wire, asked: Hello) -> Marks:
        told = honest(wire, asked)
        marks = dict(told.marks)
        for writer in asked.writers:
            known, now = _memory().get(writer, Mark()), marks.get(writer, Mark())
            if known.head.seq > now.head.seq:
                marks[writer] = replace(now, head=known.head)
        return replace(told, marks=marks)

    with patch.object(Wire, "hello", hello):
        yield


def _memory() -> dict[str, Mark]:
    """A counter works in the folder of its profile."""
    place = Path(MEMORY)
    return msgspec.json.decode(place.read_bytes(), type=dict[str, Mark]) if place.exists() else {}


def _remember(marks: Mapping[str, Mark]) -> None:
    if Path("desk.db").exists():  # only a counter, which works in the folder of its profile, has a memory
        Path(MEMORY).write_bytes(msgspec.json.encode({**_memory(), **marks}))
