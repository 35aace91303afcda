"""What every act of the queue shares: the day it happens on, the counter that acts, the move it writes.

The first act of a day ends what earlier days left over, each ticket by an event of its own: whoever was
called and did not come has missed it, everybody else's number expires. Nobody vanishes from the log.
"""

from datetime import date, timedelta

from station_desk.cases.event import Fact
from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import Ticket, is_open, services_of
from station_desk.cases.ticket_parts import TicketMovedPublic
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.store.queue import left_over
from station_desk.store.unit import Unit


class NoSuchCounter(RuleError):
    code = "ticket.no_such_counter"


def begin_day(desk: Desk, unit: Unit) -> str:
    """Today as ISO day; tickets of earlier days are ended first, as of the end of their day."""
    today = stamp(desk.clock())[:10]
    for ticket in left_over(unit, today):
        state: TicketState = "missed" if ticket.state == "called" else "expired"
        record_move(desk, unit, ticket, TicketMovedPublic(state, "", as_of=_end_of(ticket.day)))
    return today


def record_move(desk: Desk, unit: Unit, ticket: Ticket, moved: TicketMovedPublic) -> Ticket:
    """Writes that a ticket moved, and answers what it is now."""
    at = stamp(desk.clock())
    unit.record(Fact(ticket.id, ticket.revision + 1, "ticket.moved", at, desk.actor, moved))
    return unit.ticket(ticket.id)


def answer_of(ticket: Ticket) -> TicketAnswer:
    """A ticket after an act."""
    left = sum(is_open(service) for service in services_of(ticket))
    return TicketAnswer(
        ticket.id, ticket.number, ticket.item, ticket.state, counter=ticket.counter, services_left=left
    )


def counter_of(desk: Desk, asked: str) -> str:
    """The counter that acts, two digits; this one when none is named. Raises NoSuchCounter."""
    if not asked.strip():
        return desk.station.counter
    number = asked.strip().rjust(2, "0")
    if not (len(number) == 2 and number.isascii() and number.isdecimal() and number != "00"):
        raise NoSuchCounter(counter=asked)
    return number


def _end_of(day: str) -> str:
    night = date.fromisoformat(day) + timedelta(days=1)
    return f"{night.isoformat()}T00:00:00+08:00"
