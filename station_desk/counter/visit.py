"""A visit with several items: the next one comes on without a new number and without queueing again."""

from collections.abc import Mapping, Sequence

import msgspec

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import (
    MAY_ENTER,
    Ticket,
    is_open,
    require_from,
    require_may_enter,
    services_of,
    still_to_do,
)
from station_desk.cases.ticket_parts import Service, TicketMovedPublic
from station_desk.core.errors import RuleError
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.counter.moving import answer_of, begin_day, counter_of, record_move
from station_desk.counter.queue import MOST_SERVICES, Asked, TooMuchAtOnce, service_of
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

ACCEPTED_FROM: frozenset[TicketState] = MAY_ENTER["done"] | frozenset[TicketState]({"expired"})
"""What expired overnight may still be accepted: its form may have lain half filled on the counter."""


class NoMoreServices(RuleError):
    code = "ticket.no_more_services"


class NextService(msgspec.Struct, frozen=True):
    """Leaves the present item of a visit as it is and goes on to the next."""

    ticket: str
    counter: str = ""


class AddServices(msgspec.Struct, frozen=True):
    """The resident asks for more in the same visit."""

    ticket: str
    more: tuple[Asked, ...]


def next_service(desk: Desk, wish: NextService, command: str) -> Done[TicketAnswer]:
    """The ticket with its next item in service. Raises NoMoreServices when there is none."""
    counter = counter_of(desk, wish.counter)

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        if ticket.state != "serving":
            require_may_enter(ticket, "serving")
        services = _without_present(services_of(ticket))
        if still_to_do(services) is None:
            raise NoMoreServices(ticket=ticket.number)
        moved = TicketMovedPublic("serving", counter, services=services)
        return answer_of(record_move(desk, unit, ticket, moved))

    return desk.once(Command(command, wish), TicketAnswer, act)


def add_services(desk: Desk, wish: AddServices, command: str) -> Done[TicketAnswer]:
    """The ticket with more items, in the state it was in. Raises ItemUnknown, TooMuchAtOnce."""
    more = tuple(service_of(desk, asked) for asked in wish.more)

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        require_from(ticket, ticket.state, frozenset({"waiting", "serving"}))
        services = (*services_of(ticket), *more)
        if len(services) > MOST_SERVICES:
            raise TooMuchAtOnce(most=MOST_SERVICES)
        moved = TicketMovedPublic(ticket.state, ticket.counter, services=services)
        return answer_of(record_move(desk, unit, ticket, moved))

    return desk.once(Command(command, wish), TicketAnswer, act)


def end_service(desk: Desk, unit: Unit, ticket: Ticket, made: Mapping[str, str]) -> None:
    """Cases came of a ticket (item → case): it is done, or its next item comes. Raises TicketNotInState."""
    require_from(ticket, "done", ACCEPTED_FROM)
    services = _with_cases(services_of(ticket), made)
    # What expired is over: its other items were not asked for again today.
    over = ticket.state == "expired" or still_to_do(services) is None
    moved = TicketMovedPublic(
        "done" if over else "serving", desk.station.counter, next(iter(made.values())), services
    )
    record_move(desk, unit, ticket, moved)


def _with_cases(services: Sequence[Service], made: Mapping[str, str]) -> tuple[Service, ...]:
    """The services with what came of them; a case for something else belongs to the present one."""
    after = list(services)
    for item, case in made.items():
        open_ = [n for n, one in enumerate(after) if is_open(one)]
        meant = next((n for n in open_ if after[n].item == item), None)
        if meant is None and not {one.item for one in services} & made.keys():
            meant = next(iter(open_), len(after) - 1)
        if meant is not None:
            after[meant] = msgspec.structs.replace(after[meant], cases=(*after[meant].cases, case))
    return tuple(after)


def _without_present(services: Sequence[Service]) -> tuple[Service, ...]:
    present = still_to_do(tuple(services))
    first = next((n for n, one in enumerate(services) if one is present), None)
    return tuple(
        msgspec.structs.replace(one, left=True) if n == first else one for n, one in enumerate(services)
    )
