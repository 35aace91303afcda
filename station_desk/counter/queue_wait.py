"""The queue as it stands, with the wait of each: for the window, the slip, the command line."""

from collections.abc import Sequence

from station_desk.cases.queue_order import in_order
from station_desk.cases.waiting import Wait, pace_of, waits
from station_desk.core.clock import stamp
from station_desk.counter.desk import Desk
from station_desk.store.first_look import (
    OPEN_TICKETS,
    TicketRow,
    Waits,
    in_queue_order,
    ticket_row,
    with_waits,
)
from station_desk.store.queue import counters_at_work, ended_visits, recent_rows, waiting_tickets
from station_desk.store.unit import Unit

NOT_WAITING = Wait(0, None)


def queue_rows(desk: Desk) -> tuple[TicketRow, ...]:
    """The open tickets of today: who waits, in the order of calling; then those at the counters.

    Nobody's wait is reckoned: the rows are on the screen as soon as they are read.
    """
    now = stamp(desk.clock())
    rows = [ticket_row(row) for row in desk.store.read(OPEN_TICKETS, (now[:10],))]
    waiting = [row for row in rows if row.state == "waiting" or _is_back(row, now)]
    recent: Sequence[int] = ()
    if len({row.rank for row in waiting}) > 1:
        recent = desk.store.look(lambda unit: _recent(desk, unit, now))
    others = [row for row in rows if row.state != "waiting" and not _is_back(row, now)]
    return (*in_order(waiting, recent, desk.catalogue.queue), *in_queue_order(others))


def waits_now(desk: Desk) -> Waits:
    """The wait of everybody who waits, for rows that are on the screen already."""
    known = desk.store.look(lambda unit: _waits(desk, unit))
    return {name: (wait.before, wait.minutes) for name, wait in known.items()}


def queue_of_today(desk: Desk) -> tuple[TicketRow, ...]:
    """The same rows, each with its wait."""
    return with_waits(queue_rows(desk), waits_now(desk))


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
    return waits(waiting_tickets(unit, day, now), _recent(desk, unit, now), pace, rules)


def _recent(desk: Desk, unit: Unit, now: str) -> list[int]:
    return recent_rows(unit, now[:10], desk.station.counter, (), desk.catalogue.queue.calls - 1)


def _is_back(row: TicketRow, now: str) -> bool:
    """Who is parked until a moment may be called from then on, as if he waited."""
    return row.state == "parked" and "" < row.until <= now
