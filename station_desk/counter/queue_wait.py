"""The queue as it stands, with the wait of each: for the window, the slip, the command line."""

from collections.abc import Sequence
from dataclasses import replace

from station_desk.cases.waiting import Wait, pace_of, waits
from station_desk.core.clock import stamp
from station_desk.counter.desk import Desk
from station_desk.store.first_look import OPEN_TICKETS, TicketRow, in_queue_order, ticket_row
from station_desk.store.queue import counters_at_work, ended_visits, recent_rows, waiting_tickets
from station_desk.store.unit import Unit

NOT_WAITING = Wait(0, None)


def queue_of_today(desk: Desk) -> tuple[TicketRow, ...]:
    """The open tickets of today: who waits, in the order of calling; then those at the counters."""
    now = stamp(desk.clock())
    rows = [ticket_row(row) for row in desk.store.read(OPEN_TICKETS, (now[:10],))]
    known = desk.store.look(lambda unit: _waits(desk, unit))
    placed = [
        replace(row, before=known[row.id].before, wait=known[row.id].minutes) if row.id in known else row
        for row in rows
    ]
    return tuple(in_queue_order(placed, list(known)))


def wait_of_ticket(desk: Desk, ticket: str) -> Wait:
    """What can be said of a ticket; nobody is before one that waits no more."""
    return desk.store.look(lambda unit: wait_in(desk, unit, ticket))


def wait_in(desk: Desk, unit: Unit, ticket: str) -> Wait:
    """The same within a unit of writing, the ticket just taken included."""
    return _waits(desk, unit).get(ticket, NOT_WAITING)


def _waits(desk: Desk, unit: Unit) -> dict[str, Wait]:
    now, rules = stamp(desk.clock()), desk.catalogue.queue
    day = now[:10]
    published = {code: category.usual_minutes for code, category in desk.catalogue.categories.items()}
    pace = pace_of(ended_visits(unit, day), counters_at_work(unit, day), published)
    recent: Sequence[int] = recent_rows(unit, day, desk.station.counter, (), rules.calls - 1)
    return waits(waiting_tickets(unit, day, now), recent, pace, rules)
