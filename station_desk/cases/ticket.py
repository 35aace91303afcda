"""A place in the queue: its number, what is asked for, its states with exact times, where it may go next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from station_desk.cases import ticket_parts as t
from station_desk.cases.event import Event
from station_desk.cases.parts import Priority, TicketState
from station_desk.cases.ticket_parts import Service
from station_desk.catalogue.item import Words
from station_desk.core.errors import RuleError, Term

if TYPE_CHECKING:
    # The same to a reader of types, who then knows the fields.
    from dataclasses import replace
else:
    from station_desk.core.quick_replace import replace

PRIORITIES: tuple[Priority, ...] = ("normal", "elderly", "disabled", "pregnant", "military", "emergency")
RANK: Mapping[str, int] = {
    "emergency": 2,
    "elderly": 1,
    "disabled": 1,
    "pregnant": 1,
    "military": 1,
    "normal": 0,
}
"""The three rows of the queue: emergencies (2), the green lane (绿色通道, 1), everybody else (0)."""

LIVE: frozenset[TicketState] = frozenset({"waiting", "called", "serving", "held", "parked"})
"""Whoever is in one of these is still to be served today."""

# From which states a ticket may enter a state. A missed resident who comes back waits again. What expired
# overnight may still be done: its form may have lain half filled on the counter.
MAY_ENTER: Mapping[TicketState, frozenset[TicketState]] = {
    "waiting": frozenset({"held", "missed", "called", "parked", "serving"}),
    "called": frozenset({"waiting", "held", "called", "parked"}),
    "serving": frozenset({"called", "held", "parked"}),
    "held": frozenset({"called", "serving"}),
    "parked": frozenset({"waiting", "called", "serving", "held"}),
    "missed": frozenset({"called"}),
    "done": frozenset({"called", "serving"}),
    "expired": frozenset(),
}


class TicketNotInState(RuleError):
    code = "ticket.not_in_state"


class TicketUnknown(RuleError):
    code = "ticket.unknown"


class QueueEmpty(RuleError):
    code = "ticket.queue_empty"


@dataclass(frozen=True, slots=True)
class Period:
    """How long a ticket was in a state, for which item type and at which counter; `ended` is empty while it
    is.
    """

    state: TicketState
    began: str
    ended: str = ""
    category: str = ""
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One visit. `id` (`T261122-A012`) is unique for ever, `number` (`A012`) within its day.

    `item`, `category` and `title` are those of the service that comes now; `services` are all of the visit.
    `place` is what the queue is sorted by, `bound` the only counter that may call it (empty: any), `until`
    and `reason` tell why it is parked, `recalls` how often it was called again.
    """

    id: str
    number: str
    day: str
    item: str
    category: str
    title: Words | None
    priority: Priority
    agent: bool
    state: TicketState
    revision: int
    taken_at: str
    periods: tuple[Period, ...]
    counter: str = ""
    case: str = ""
    services: tuple[Service, ...] = ()
    place: str = ""
    bound: str = ""
    until: str = ""
    reason: str = ""
    recalls: int = 0


def ticket_number(letter: str, serial: int) -> str:
    """The letter of the item type and three digits; the thousandth of a day gets a fourth."""
    return f"{letter}{serial:03d}"


def ticket_id(day: str, number: str) -> str:
    """The name of a ticket in the log: its ISO day and its number."""
    return f"T{day[2:4]}{day[5:7]}{day[8:10]}-{number}"


def place_at(writer: str, seq: int) -> str:
    """The place of who comes with this event of a log: its number is the order, whatever the clock says.

    A log that goes on after a restore (`QSQ001.02~01ab12`) begins at 1 again: its places come after those of
    the log before it.
    """
    _, goes_on, order = writer.partition("~")
    return f"{goes_on}{order}{seq:012d}"


def services_of(ticket: Ticket) -> tuple[Service, ...]:
    """All items of the visit; a ticket from before there were several has its one."""
    return ticket.services or (Service(ticket.item, ticket.category, ticket.title),)


def is_open(service: Service) -> bool:
    """Whether something of this service is still to be done."""
    return not service.left and len(service.cases) < service.quantity


def still_to_do(services: tuple[Service, ...]) -> Service | None:
    """The service that comes next: the first that is open."""
    return next((service for service in services if is_open(service)), None)


def require_may_enter(ticket: Ticket, state: TicketState) -> None:
    """Raises unless the ticket may go from its state into `state`."""
    require_from(ticket, state, MAY_ENTER[state])


def require_from(ticket: Ticket, state: TicketState, states: frozenset[TicketState]) -> None:
    """Raises unless the ticket is in one of `states`, from which `state` was asked for."""
    if ticket.state not in states:
        now, asked = Term(f"term.ticket.{ticket.state}"), Term(f"term.ticket.{state}")
        raise TicketNotInState(ticket=ticket.number, now=now, asked=asked)


def apply(ticket: Ticket | None, event: Event) -> Ticket:
    """The ticket after an event."""
    if event.kind == "ticket.taken":
        return _taken(event)
    if ticket is None:
        raise ValueError(f"{event.kind} of {event.subject} comes before its taking")
    moved = read_moved(event)
    services = moved.services or ticket.services
    now = still_to_do(services) or Service(ticket.item, ticket.category, ticket.title)
    last = ticket.periods[-1]
    # A clock that was set back ends no period before it began.
    at = max(moved.as_of or event.at, last.began)
    began = Period(moved.state, at, "", now.category, moved.counter)
    return replace(
        ticket, state=moved.state, counter=moved.counter, case=moved.case or ticket.case, services=services,
        item=now.item, category=now.category, title=now.title, place=moved.place or ticket.place,
        bound=ticket.bound if moved.bound is None else moved.bound, until=moved.until, reason=moved.reason,
        recalls=_recalls(ticket, moved), revision=event.revision,
        periods=(*ticket.periods[:-1], replace(last, ended=at), began),
    )  # fmt: skip


def read_moved(event: Event) -> t.TicketMovedPublic:
    """What a move says."""
    return msgspec.json.decode(event.public, type=t.TicketMovedPublic)


def is_call(moved: t.TicketMovedPublic) -> bool:
    """Whether the number is called out: for the first time, or again."""
    return moved.state == "called" and not moved.undoes


def changes_a_ticket(kind: str) -> bool:
    """Whether events of this kind change the state of a ticket."""
    return kind in ("ticket.taken", "ticket.moved")


def _recalls(ticket: Ticket, moved: t.TicketMovedPublic) -> int:
    if moved.undoes and ticket.state == moved.state == "called":
        return max(0, ticket.recalls - 1)
    if is_call(moved):
        return ticket.recalls + 1 if ticket.state == "called" else 0
    return ticket.recalls


def _taken(event: Event) -> Ticket:
    public = msgspec.json.decode(event.public, type=t.TicketTakenPublic)
    return Ticket(
        event.subject, public.number, public.day, public.item, public.category, public.title, public.priority,
        public.agent, "waiting", event.revision, event.at,
        (Period("waiting", event.at, "", public.category),),
        services=public.services or (Service(public.item, public.category, public.title),),
        place=place_at(event.writer, event.seq),
    )  # fmt: skip
