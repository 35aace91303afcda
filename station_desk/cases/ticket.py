"""A place in the queue: its number, its states with exact times, and who is called next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.event import Event
from station_desk.cases.parts import Priority, TicketState
from station_desk.catalogue.item import Words
from station_desk.core.errors import RuleError, Term

PRIORITIES: tuple[Priority, ...] = ("normal", "elderly", "disabled", "pregnant", "military", "emergency")
RANK: Mapping[str, int] = {
    "emergency": 2,
    "elderly": 1,
    "disabled": 1,
    "pregnant": 1,
    "military": 1,
    "normal": 0,
}
"""Green lane (绿色通道): emergencies first, then the other priority classes, then by arrival."""

# From which states a ticket may enter a state. A missed resident who comes back waits again.
MAY_ENTER: Mapping[TicketState, frozenset[TicketState]] = {
    "waiting": frozenset({"held", "missed", "called"}),
    "called": frozenset({"waiting", "held", "called"}),
    "serving": frozenset({"called", "held"}),
    "held": frozenset({"called", "serving"}),
    "missed": frozenset({"called"}),
    "done": frozenset({"called", "serving"}),
}


class TicketNotInState(RuleError):
    code = "ticket.not_in_state"


class TicketUnknown(RuleError):
    code = "ticket.unknown"


class QueueEmpty(RuleError):
    code = "ticket.queue_empty"


@dataclass(frozen=True, slots=True)
class Period:
    """How long a ticket was in a state; `ended` is empty while it is."""

    state: TicketState
    began: str
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One visit for one item. `id` (`T261122-A012`) is unique for ever, `number` (`A012`) within its day."""

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


def ticket_number(letter: str, serial: int) -> str:
    """The letter of the item type and three digits; the thousandth of a day gets a fourth."""
    return f"{letter}{serial:03d}"


def ticket_id(day: str, number: str) -> str:
    """The name of a ticket in the log: its ISO day and its number."""
    return f"T{day[2:4]}{day[5:7]}{day[8:10]}-{number}"


def queue_rank(ticket: Ticket) -> tuple[int, str, str]:
    """What the queue is sorted by: priority class, then arrival, then number."""
    return (-RANK[ticket.priority], ticket.taken_at, ticket.id)


def next_in_queue(waiting: Iterable[Ticket]) -> Ticket | None:
    """Who is called next."""
    return min(waiting, key=queue_rank, default=None)


def require_may_enter(ticket: Ticket, state: TicketState) -> None:
    """Raises unless the ticket may go from its state into `state`."""
    if ticket.state not in MAY_ENTER[state]:
        now, asked = Term(f"term.ticket.{ticket.state}"), Term(f"term.ticket.{state}")
        raise TicketNotInState(ticket=ticket.number, now=now, asked=asked)


def apply(ticket: Ticket | None, event: Event) -> Ticket:
    """The ticket after an event."""
    if event.kind == "ticket.taken":
        return _taken(event)
    if ticket is None:
        raise ValueError(f"{event.kind} of {event.subject} comes before its taking")
    moved = msgspec.json.decode(event.public, type=p.TicketMovedPublic)
    last = replace(ticket.periods[-1], ended=event.at)
    return replace(
        ticket, state=moved.state, counter=moved.counter, case=moved.case or ticket.case,
        revision=event.revision, periods=(*ticket.periods[:-1], last, Period(moved.state, event.at)),
    )  # fmt: skip


def changes_a_ticket(kind: str) -> bool:
    """Whether events of this kind change the state of a ticket."""
    return kind in ("ticket.taken", "ticket.moved")


def _taken(event: Event) -> Ticket:
    public = msgspec.json.decode(event.public, type=p.TicketTakenPublic)
    return Ticket(
        event.subject, public.number, public.day, public.item, public.category, public.title, public.priority,
        public.agent, "waiting", event.revision, event.at, (Period("waiting", event.at),),
    )  # fmt: skip
