"""The tickets of a day as they came out: each with its periods, the times by item type and all together."""

from collections.abc import Mapping
from datetime import date

from station_desk.cases.ticket import Ticket, apply
from station_desk.cases.ticket_times import Times, times_of
from station_desk.counter.desk import Desk
from station_desk.store.rows import ticket_of

TICKETS_OF_DAY = "SELECT body FROM tickets WHERE day = ? ORDER BY taken_at, id"


def tickets_of_day(desk: Desk, day: date) -> list[Ticket]:
    """The tickets of a day, in the order in which they were taken."""
    return [ticket_of(body) for (body,) in desk.store.read(TICKETS_OF_DAY, (day.isoformat(),))]


def ticket_times(desk: Desk, day: date) -> Mapping[str, Times]:
    """The times of a day by item type, in the order of the queue, and under an empty name all together."""
    tickets = tickets_of_day(desk, day)
    by_type = {code: [one for one in tickets if one.category == code] for code in desk.catalogue.categories}
    return {**{code: times_of(some) for code, some in by_type.items() if some}, "": times_of(tickets)}


def recounted(desk: Desk, day: date) -> Times:
    """The times of a day made anew from the log alone: what `ticket_times` must agree with."""
    tickets: list[Ticket] = []
    for kept in tickets_of_day(desk, day):
        ticket: Ticket | None = None
        for event, _ in desk.store.log_of(kept.id):
            ticket = apply(ticket, event)
        if ticket:
            tickets.append(ticket)
    return times_of(tickets)
