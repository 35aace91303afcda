"""The stations as residents may know them: what each said of itself, and how many wait there now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, insert, select, update

from station_desk.cases.event import Event
from station_desk.cases.station_told import TOLD, StationToldPublic, over
from station_desk.cases.ticket import ticket_id
from station_desk.core.clock import moment
from station_desk.district import tables as t
from station_desk.district.station_said import own_of, put_card, said_of
from station_desk.protocol.writers import owner_of

FRESH = timedelta(minutes=15)
"""A counter that was not heard for longer may have other people before it by now."""

MOVES = ("ticket.taken", "ticket.moved")


class _State(msgspec.Struct, frozen=True):
    """Of a ticket event its state; one that was just taken waits."""

    state: str = "waiting"


@dataclass(frozen=True, slots=True)
class StationPage:
    """A station with what holds of it; `told_at` is empty while all there is comes from its enrolment."""

    code: str
    told: StationToldPublic
    told_at: str = ""


@dataclass(frozen=True, slots=True)
class StationName:
    """A station in the list of all."""

    code: str
    name: str
    address: str


def note_told(connection: Connection, station: str, events: Iterable[Event]) -> None:
    """Keeps what the station says of itself in these events.

    Of one counter the later event counts. Between two counters the later moment does: one that was away for a
    month brings old news.
    """
    for event in events:
        if event.kind != TOLD:
            continue
        said = msgspec.json.decode(event.public, type=StationToldPublic)
        counter = _counter(event.writer)
        s = t.station_told.c
        before = connection.execute(select(s.told_at, s.counter).where(s.station == station)).first()
        if before and before.counter != counter and before.told_at > event.at:
            continue
        values = {"told_at": event.at, "counter": counter, "body": event.public}
        if before:
            connection.execute(update(t.station_told).where(s.station == station).values(values))
        else:
            connection.execute(insert(t.station_told).values({**values, "station": station}))
        put_card(connection, station, said)


def station_page(connection: Connection, code: str) -> StationPage | None:
    """A station by its code; None for one that there is not."""
    own = own_of(connection, code)
    if own is None:
        return None
    said = said_of(connection, code)
    return StationPage(code, over(own[0], said.told), max(own[1], said.at))


def station_list(connection: Connection) -> tuple[StationName, ...]:
    """All stations of the district by their codes."""
    c = t.station.c
    rows = connection.execute(select(c.station, c.name, c.address).order_by(c.station))
    return tuple(StationName(row.station, row.name, row.address) for row in rows)


def waiting_now(connection: Connection, code: str, now: datetime) -> int | None:
    """How many people wait at the station now; None where its counters were not heard lately."""
    today = ticket_id(now.date().isoformat(), "")
    e, h = t.event.c, t.health.c
    rows = connection.execute(
        select(e.writer, e.subject, e.public)
        .where(e.station == code, e.subject >= today, e.subject < today + "~", e.kind.in_(MOVES), ~e.waiting)
        .order_by(e.subject, e.revision, e.writer, e.seq)
    ).all()  # fmt: skip
    heard = {
        row.counter: row.heard_at
        for row in connection.execute(
            select(h.counter, h.heard_at).where(h.station == code).order_by(h.counter, h.heard_at)
        )
    }
    # Each counter counts its own tickets: the same number may stand on two papers of one day.
    states = {(_counter(row.writer), row.subject): row.public for row in rows}
    asked = {counter for counter, _ in states} or set(heard)
    if not asked or any(not _is_fresh(heard.get(counter, ""), now - FRESH) for counter in asked):
        return None
    return sum(msgspec.json.decode(public, type=_State).state == "waiting" for public in states.values())


def _counter(writer: str) -> str:
    owner = owner_of(writer)
    return owner.counter if owner else ""


def _is_fresh(heard_at: str, since: datetime) -> bool:
    return bool(heard_at) and moment(heard_at) >= since
