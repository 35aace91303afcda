"""The queue: take a ticket, call the next, serve, hold, mark as missed, done."""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.event import Fact
from station_desk.cases.parts import Priority, TicketState
from station_desk.cases.ticket import (
    QueueEmpty,
    Ticket,
    next_in_queue,
    require_may_enter,
    ticket_id,
    ticket_number,
)
from station_desk.catalogue.item import Words
from station_desk.core.clock import stamp
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.first_look import OPEN_TICKETS, TicketRow, ticket_row
from station_desk.store.unit import Unit


class TakeTicket(msgspec.Struct, frozen=True):
    """A resident comes for an item; `agent` when somebody comes for the resident."""

    item: str
    priority: Priority = "normal"
    agent: bool = False


class CallNext(msgspec.Struct, frozen=True):
    """Calls the next of all item types, or of some."""

    categories: tuple[str, ...] = ()


class MoveTicket(msgspec.Struct, frozen=True):
    """Brings a ticket into a state: called (again), serving, held, waiting, missed, done."""

    ticket: str
    state: TicketState


def take_ticket(desk: Desk, wish: TakeTicket, command: str) -> Done[TicketAnswer]:
    """A new ticket at the end of its class. Raises ItemUnknown."""
    item = desk.item(wish.item)
    category = desk.catalogue.categories[item.category]
    now = stamp(desk.clock())
    day = now[:10]

    def act(unit: Unit) -> TicketAnswer:
        number = ticket_number(category.letter, unit.next_serial(f"ticket:{day}:{category.letter}"))
        title: Words | None = None if item.sensitivity == "S3" else item.name
        before = len(unit.waiting(day))
        public = p.TicketTakenPublic(number, day, item.code, item.category, title, wish.priority, wish.agent)
        name = ticket_id(day, number)
        unit.record(Fact(name, 1, "ticket.taken", now, desk.station.clerk, public))
        return TicketAnswer(name, number, item.code, "waiting", before)

    return desk.store.once(Command(command, wish), TicketAnswer, act)


def call_next(desk: Desk, wish: CallNext, command: str) -> Done[TicketAnswer]:
    """Calls the ticket that is next by priority class and arrival. Raises QueueEmpty."""
    day = stamp(desk.clock())[:10]

    def act(unit: Unit) -> TicketAnswer:
        ticket = next_in_queue(unit.waiting(day, wish.categories))
        if ticket is None:
            raise QueueEmpty
        return moved(desk, unit, ticket, "called")

    return desk.store.once(Command(command, wish), TicketAnswer, act)


def move_ticket(desk: Desk, wish: MoveTicket, command: str) -> Done[TicketAnswer]:
    """Brings a ticket into another state. Raises TicketUnknown, TicketNotInState."""

    def act(unit: Unit) -> TicketAnswer:
        ticket = unit.ticket(wish.ticket)
        require_may_enter(ticket, wish.state)
        return moved(desk, unit, ticket, wish.state)

    return desk.store.once(Command(command, wish), TicketAnswer, act)


def moved(desk: Desk, unit: Unit, ticket: Ticket, state: TicketState, case: str = "") -> TicketAnswer:
    """Writes that the ticket entered a state at this counter; `case` names what came of it."""
    public = p.TicketMovedPublic(state, desk.station.counter, case)
    now = stamp(desk.clock())
    unit.record(Fact(ticket.id, ticket.revision + 1, "ticket.moved", now, desk.station.clerk, public))
    return TicketAnswer(ticket.id, ticket.number, ticket.item, state)


def queue_now(desk: Desk) -> tuple[TicketRow, ...]:
    """The open tickets of today, by item type, priority class and arrival."""
    return tuple(ticket_row(row) for row in desk.store.read(OPEN_TICKETS, (stamp(desk.clock())[:10],)))
