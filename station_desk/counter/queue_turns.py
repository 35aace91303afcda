"""The less common turns of a ticket: put aside, skipped, sent elsewhere, a mistake taken back."""

from datetime import datetime, time, timedelta

import msgspec

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import (
    Ticket,
    apply,
    is_open,
    read_moved,
    require_from,
    require_may_enter,
    services_of,
)
from station_desk.cases.ticket_parts import Service, TicketMovedPublic
from station_desk.core.clock import CHINA, moment, stamp
from station_desk.core.errors import RuleError
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.counter.moving import answer_of, begin_day, counter_of, record_move
from station_desk.counter.queue import Asked, place_after_skip, place_of_return, service_of
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

SKIPPED_FROM: frozenset[TicketState] = frozenset({"waiting", "called"})
TRANSFERRED_FROM: frozenset[TicketState] = frozenset({"waiting", "called", "serving", "held", "parked"})
RESUMED: dict[TicketState, TicketState] = {"parked": "waiting", "held": "serving", "missed": "waiting"}
"""Where a ticket goes on that was put aside."""


class ParkedForNothing(RuleError):
    code = "ticket.park_until_or_reason"


class ReasonUnknown(RuleError):
    code = "ticket.reason_unknown"


class NoSuchTime(RuleError):
    code = "ticket.no_such_time"


class TransferNowhere(RuleError):
    code = "ticket.transfer_nowhere"


class NothingToUndo(RuleError):
    code = "ticket.nothing_to_undo"


class Park(msgspec.Struct, frozen=True):
    """Puts a ticket aside: until a time today (`14:30`), for a published reason, or both."""

    ticket: str
    until: str = ""
    reason: str = ""
    counter: str = ""


class Resume(msgspec.Struct, frozen=True):
    """Goes on with a ticket: held at the counter again, parked or missed in the queue again."""

    ticket: str
    counter: str = ""


class Skip(msgspec.Struct, frozen=True):
    """Passes somebody over who is not there: called again after a few others."""

    ticket: str
    counter: str = ""


class Transfer(msgspec.Struct, frozen=True):
    """Sends a ticket on: to another item, to another counter that alone calls it then (`0`: to any), or both.

    It keeps its number and its place.
    """

    ticket: str
    item: str = ""
    to: str = ""
    counter: str = ""


class UndoTicket(msgspec.Struct, frozen=True):
    """Takes the last move of a ticket back."""

    ticket: str
    counter: str = ""


def park(desk: Desk, wish: Park, command: str) -> Done[TicketAnswer]:
    """The parked ticket. Raises ParkedForNothing, ReasonUnknown, NoSuchTime, TicketNotInState."""
    counter = counter_of(desk, wish.counter)
    if not wish.until.strip() and not wish.reason:
        raise ParkedForNothing
    known = [reason.code for reason in desk.catalogue.queue.reason]
    if wish.reason and wish.reason not in known:
        raise ReasonUnknown(reason=wish.reason, known=", ".join(known))
    until = _time_today(desk, wish.until.strip())

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        require_may_enter(ticket, "parked")
        moved = TicketMovedPublic("parked", counter, until=until, reason=wish.reason)
        return answer_of(record_move(desk, unit, ticket, moved))

    return desk.once(Command(command, wish), TicketAnswer, act)


def resume(desk: Desk, wish: Resume, command: str) -> Done[TicketAnswer]:
    """The ticket where it goes on. Raises TicketNotInState."""
    counter = counter_of(desk, wish.counter)

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        require_from(ticket, "waiting", frozenset(RESUMED))
        place = place_of_return(desk, unit, ticket)
        moved = TicketMovedPublic(RESUMED[ticket.state], counter, place=place)
        return answer_of(record_move(desk, unit, ticket, moved))

    return desk.once(Command(command, wish), TicketAnswer, act)


def skip(desk: Desk, wish: Skip, command: str) -> Done[TicketAnswer]:
    """The ticket, waiting behind a few others. Raises TicketNotInState."""
    counter = counter_of(desk, wish.counter)

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        require_from(ticket, "waiting", SKIPPED_FROM)
        moved = TicketMovedPublic("waiting", counter, place=place_after_skip(desk, unit, ticket))
        return answer_of(record_move(desk, unit, ticket, moved))

    return desk.once(Command(command, wish), TicketAnswer, act)


def transfer(desk: Desk, wish: Transfer, command: str) -> Done[TicketAnswer]:
    """The ticket, waiting for another item or counter. Raises TransferNowhere, ItemUnknown, NoSuchCounter."""
    counter = counter_of(desk, wish.counter)
    if not wish.item and not wish.to.strip():
        raise TransferNowhere
    other = service_of(desk, Asked(wish.item)) if wish.item else None
    bound = None if not wish.to.strip() else "" if wish.to.strip() == "0" else counter_of(desk, wish.to)

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        require_from(ticket, "waiting", TRANSFERRED_FROM)
        services = _with_other(ticket, other) if other else ()
        moved = TicketMovedPublic("waiting", counter, services=services, bound=bound)
        return answer_of(record_move(desk, unit, ticket, moved))

    return desk.once(Command(command, wish), TicketAnswer, act)


def undo_ticket(desk: Desk, wish: UndoTicket, command: str) -> Done[TicketAnswer]:
    """The ticket as it was before its last move; a missed one waits again at its old place.

    Raises NothingToUndo when the move made a case, was such an undoing itself, or is too long ago.
    """
    counter = counter_of(desk, wish.counter)

    def act(unit: Unit) -> TicketAnswer:
        begin_day(desk, unit)
        ticket = unit.ticket(wish.ticket)
        before = _before(desk, unit, ticket)
        state: TicketState = "waiting" if ticket.state == "missed" else before.state
        moved = TicketMovedPublic(
            state, counter if state != "waiting" else before.counter, services=before.services,
            place=before.place, bound=before.bound, until=before.until, reason=before.reason,
            undoes=ticket.revision,
        )  # fmt: skip
        return answer_of(record_move(desk, unit, ticket, moved))

    return desk.once(Command(command, wish), TicketAnswer, act)


def _before(desk: Desk, unit: Unit, ticket: Ticket) -> Ticket:
    """The ticket before its last move, if that may be taken back."""
    *earlier, last = [event for event, _ in unit.log_of(ticket.id)]
    late = timedelta(minutes=desk.catalogue.queue.undo_minutes)
    moved = read_moved(last) if earlier else None
    if not moved or moved.case or moved.undoes or moved.as_of or desk.clock() - moment(last.at) > late:
        raise NothingToUndo(ticket=ticket.number)
    before: Ticket | None = None
    for event in earlier:
        before = apply(before, event)
    if before is None:
        raise NothingToUndo(ticket=ticket.number)
    return before


def _with_other(ticket: Ticket, other: Service) -> tuple[Service, ...]:
    """The services with another in the place of the present one; what was made of that one stays."""
    services: list[Service] = []
    put = False
    for one in services_of(ticket):
        if put or not is_open(one):
            services.append(one)
            continue
        if one.cases:
            services.append(msgspec.structs.replace(one, left=True))
        services.append(other)
        put = True
    return tuple(services if put else (*services, other))


def _time_today(desk: Desk, asked: str) -> str:
    """The stamp of a time of today, to come. Raises NoSuchTime."""
    if not asked:
        return ""
    now = desk.clock()
    try:
        until = moment(asked) if "T" in asked else datetime.combine(now, time.fromisoformat(asked), CHINA)
    except ValueError as error:
        raise NoSuchTime(time=asked) from error
    if until <= now or until.date() != now.date():
        raise NoSuchTime(time=asked)
    return stamp(until)
