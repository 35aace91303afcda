"""The queue: take a ticket, call the next by the published rule, bring a ticket into another state."""

import msgspec

from station_desk.cases.event import Fact
from station_desk.cases.parts import Priority, TicketState
from station_desk.cases.queue_order import AT_ONCE, NORMAL, PRIORITY, behind, counts, next_row, row_of
from station_desk.cases.ticket import (
    QueueEmpty,
    Ticket,
    place_at,
    require_may_enter,
    ticket_id,
    ticket_number,
)
from station_desk.cases.ticket_parts import Service, TicketMovedPublic, TicketTakenPublic, Turn
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.counter.moving import answer_of, begin_day, counter_of, record_move
from station_desk.counter.queue_wait import queue_of_today, wait_in
from station_desk.store.desk_store import Command, Done
from station_desk.store.first_look import TicketRow
from station_desk.store.queue import first_of_row, places_behind, recent_rows
from station_desk.store.unit import Unit

MOST_SERVICES = 20
MOST_OF_ONE = 99


class TooMuchAtOnce(RuleError):
    code = "ticket.too_much_at_once"


class Asked(msgspec.Struct, frozen=True):
    """A further item of the same visit."""

    item: str
    quantity: int = 1


class TakeTicket(msgspec.Struct, frozen=True):
    """A resident comes for an item, perhaps several times over, and for more items in the same visit.

    `agent` when somebody comes for the resident.
    """

    item: str
    priority: Priority = "normal"
    agent: bool = False
    quantity: int = 1
    more: tuple[Asked, ...] = ()


class CallNext(msgspec.Struct, frozen=True):
    """Calls the next of all item types, or of some, to a counter (this one when none is named)."""

    categories: tuple[str, ...] = ()
    counter: str = ""


class MoveTicket(msgspec.Struct, frozen=True):
    """Brings a ticket into a state: called (again), serving, held, waiting, missed, done."""

    ticket: str
    state: TicketState
    counter: str = ""


def take_ticket(desk: Desk, wish: TakeTicket, command: str) -> Done[TicketAnswer]:
    """A new ticket at the end of its row. Raises ItemUnknown, TooMuchAtOnce."""
    services = tuple(service_of(desk, asked) for asked in (Asked(wish.item, wish.quantity), *wish.more))
    if len(services) > MOST_SERVICES:
        raise TooMuchAtOnce(most=MOST_SERVICES)
    first = services[0]
    letter = desk.catalogue.categories[first.category].letter

    def act(unit: Unit) -> TicketAnswer:
        day, now = begin_day(desk, unit), stamp(desk.clock())
        number = ticket_number(letter, unit.next_serial(f"ticket:{day}:{letter}"))
        public = TicketTakenPublic(
            number, day, first.item, first.category, first.title, wish.priority, wish.agent, services
        )
        name = ticket_id(day, number)
        unit.record(Fact(name, 1, "ticket.taken", now, desk.actor, public))
        wait = wait_in(desk, unit, name)
        return msgspec.structs.replace(
            answer_of(unit.ticket(name)), waiting=wait.before, minutes=wait.minutes
        )

    return desk.once(Command(command, wish), TicketAnswer, act)


def call_next(desk: Desk, wish: CallNext, command: str) -> Done[TicketAnswer]:
    """Calls who is next by the published share and by arrival. Raises QueueEmpty, NoSuchCounter."""
    counter, rules, among = counter_of(desk, wish.counter), desk.catalogue.queue, wish.categories

    def act(unit: Unit) -> TicketAnswer:
        day, now = begin_day(desk, unit), stamp(desk.clock())
        firsts: dict[int, Ticket] = {}
        for row in (AT_ONCE, PRIORITY, NORMAL):
            if first := first_of_row(unit, day, row, counter, among, now):
                firsts[row] = first
        recent = recent_rows(unit, day, counter, among, rules.calls - 1)
        row_called = next_row(firsts, recent, rules)
        if row_called is None:
            raise QueueEmpty
        turn = Turn(among, counts(row_called, firsts))
        called = TicketMovedPublic("called", counter, turn=turn)
        return answer_of(record_move(desk, unit, firsts[row_called], called))

    return desk.once(Command(command, wish), TicketAnswer, act)


def move_ticket(desk: Desk, wish: MoveTicket, command: str) -> Done[TicketAnswer]:
    """Brings a ticket into another state. Raises TicketUnknown, TicketNotInState, NoSuchCounter."""
    counter = counter_of(desk, wish.counter)

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        require_may_enter(ticket, wish.state)
        place = place_of_return(desk, unit, ticket) if wish.state == "waiting" else ""
        return answer_of(record_move(desk, unit, ticket, TicketMovedPublic(wish.state, counter, place=place)))

    return desk.once(Command(command, wish), TicketAnswer, act)


def place_of_return(desk: Desk, unit: Unit, ticket: Ticket) -> str:
    """Where a ticket waits that comes back: at its old place, unless a missed one is put at the end."""
    if ticket.state != "missed" or desk.catalogue.queue.missed_returns == "old_place":
        return ""
    return place_at(unit.writer, unit.head.seq + 1)


def place_after_skip(desk: Desk, unit: Unit, ticket: Ticket) -> str:
    """Where a ticket waits that was passed over."""
    places = desk.catalogue.queue.skip_places
    others = places_behind(unit, ticket, row_of(ticket), places)
    return behind(others, ticket.place, places, place_at(unit.writer, unit.head.seq + 1))


def service_of(desk: Desk, asked: Asked) -> Service:
    """What a ticket says about an item that is asked for. Raises ItemUnknown, TooMuchAtOnce."""
    if not 1 <= asked.quantity <= MOST_OF_ONE:
        raise TooMuchAtOnce(most=MOST_OF_ONE)
    item = desk.item(asked.item)
    title = None if item.sensitivity == "S3" else item.name
    return Service(item.code, item.category, title, asked.quantity)


def queue_now(desk: Desk) -> tuple[TicketRow, ...]:
    """The open tickets of today in the order in which they will be called, each with its estimated wait."""
    return queue_of_today(desk)
