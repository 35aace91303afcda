"""Counts the cases where their events arrive: where each stands, and how many came into each state each day.

Like the traces it is folded from all events of a case whenever one arrives, so it is the same however they
came. What a case added to the days before is taken off, what it says now is added: the sums never drift.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, and_, delete

from station_desk.cases.event import Event
from station_desk.cases.handover_parts import TAKEN_OVER, TakenOverPublic
from station_desk.cases.parts import AcceptedPublic
from station_desk.cases.trace import Trace, fold, fold_every, may_be_followed
from station_desk.core.clock import day_of
from station_desk.district import tables as t
from station_desk.district.bulk import among, put, put_or
from station_desk.district.load_sums import Day, add_to_sums
from station_desk.protocol.writers import owner_of

OPEN_STATES = ("received", "noticed", "processing", "supplement", "suspended", "transferred")
ENDED_STATES = ("finished", "delivered", "withdrawn", "declined", "voided")
STATES = (*OPEN_STATES, *ENDED_STATES)
BEGIN = ("case.accepted", "case.received")

DAY = ("day", "category", "item", "state")
_WHICH_DAYS = [t.caseload.c[name] for name in ("category", "item", "entered")]


class Load(msgspec.Struct, frozen=True):
    """A case as it is counted; `entered` are the first days of the states it was in."""

    number: str
    counter: str
    category: str
    item: str
    state: str
    due: str
    provisional: bool
    updated_at: str
    entered: dict[str, str]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def days(self) -> Iterator[Day]:
        """What it adds to the days."""
        return ((day, self.category, self.item, state) for state, day in self.entered.items())


class Told(NamedTuple):
    """What the events of a case come to: its page if it has one, and how it counts if it has a beginning."""

    trace: Trace | None
    load: Load | None


def told_of(of_case: Sequence[Event]) -> Told:
    """Both of a case, from its events in the order of its revisions."""
    trace: Trace | None = None
    begun: list[AcceptedPublic] = []
    entered: dict[str, str] = {}
    for event in of_case:
        begun += [_begin(one) for one in _spread(event) if one.kind in BEGIN]
        trace = fold_every(trace, event)
        if trace is not None and trace.state not in entered:
            entered[trace.state] = _day(event.at)
    shown = trace
    if not all(map(may_be_followed, begun)):
        shown = reduce(fold, of_case, None)
    if trace is None or not begun:
        return Told(shown, None)
    return Told(shown, _load(trace, begun[0], of_case, entered))


def load_of(of_case: Sequence[Event]) -> Load | None:
    """The case that its events make, in the order of its revisions; None without a beginning."""
    return told_of(of_case).load


def _load(trace: Trace, begun: AcceptedPublic, of_case: Sequence[Event], entered: dict[str, str]) -> Load:
    # An item that waits for nothing but its resident is not late: no clock runs, or the end is reached.
    runs = trace.state in OPEN_STATES and not trace.clock_stands
    due = (trace.times.promised or trace.times.statutory) if runs else ""
    return Load(
        trace.number, _counter(trace, of_case), begun.category, begun.item, trace.state, due,
        trace.times.provisional, trace.updated_at, entered,
    )  # fmt: skip


def count_again(connection: Connection, station: str, loads: Iterable[Load], subjects: Sequence[str]) -> None:
    """Brings the counts in line with these cases of the station, of which there were events of `subjects`."""
    c, made = t.caseload.c, list(loads)
    change: Counter[Day] = Counter()
    whose = and_(c.station == station, among(connection, c.number, subjects))
    for row in connection.execute(delete(t.caseload).where(whose).returning(*_WHICH_DAYS)).all():
        change.subtract(days_of(row.category, row.item, row.entered))
    put(connection, t.caseload, [row_of(station, load) for load in made])
    for load in made:
        change.update(load.days())
    days = [
        {"station": station, **dict(zip(DAY, day, strict=True)), "amount": amount}
        for day, amount in sorted(change.items())
        if amount
    ]
    if days:
        put_or(connection, t.daily, days, lambda new, old: {"amount": old["amount"] + new["amount"]})
        add_to_sums(connection, station, change)


def days_of(category: str, item: str, entered: str) -> Iterator[Day]:
    """What a stored case added to the days."""
    days = msgspec.json.decode(entered, type=dict[str, str])
    return ((day, category, item, state) for state, day in days.items())


def row_of(station: str, load: Load) -> dict[str, object]:
    """The row of a counted case."""
    entered = msgspec.json.encode(load.entered, order="sorted").decode()
    return {**msgspec.structs.asdict(load), "station": station, "entered": entered, "open": load.is_open}


def _spread(event: Event) -> Iterator[Event]:
    """The event, or the history that it carries."""
    if event.kind != TAKEN_OVER:
        yield event
        return
    for one in msgspec.json.decode(event.public, type=TakenOverPublic).carried:
        yield from _spread(one.event())


def _begin(event: Event) -> AcceptedPublic:
    return msgspec.json.decode(event.public, type=AcceptedPublic)


def _counter(trace: Trace, of_case: Sequence[Event]) -> str:
    owner = owner_of(trace.holder or of_case[0].writer)
    return owner.counter if owner else ""


def _day(at: str) -> str:
    """The day of a moment as the counter told it; one that is none counts on no day that anybody asks for."""
    try:
        return day_of(at).isoformat()
    except (ValueError, OverflowError):
        return date.min.isoformat()
