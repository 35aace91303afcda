"""The living half of the hall display: who is called where, who waits how long, who was missed.

It holds ticket numbers, counters and counts: no name, no item. Restricted items (S3) are counted nowhere; a
call of theirs shows the number, as every call does.
"""

from collections.abc import Mapping, Sequence

import msgspec

from station_desk.cases.ticket import Ticket, queue_rank
from station_desk.cases.waiting import wait_of
from station_desk.catalogue.item import Catalogue
from station_desk.core.texts import Texts
from station_desk.counter.wording import worded

MOST_CALLS = 6
MOST_MISSED = 8


class Call(msgspec.Struct, frozen=True):
    """A ticket that a counter wants or serves. `key` changes with each call: a recall is a new one."""

    key: str
    number: str
    counter: str
    where: str
    serving: bool


class Group(msgspec.Struct, frozen=True):
    """An item type for which people wait: how many, and about how long for the last of them."""

    name: str
    count: int
    people: str
    wait: str


class Board(msgspec.Struct, frozen=True):
    """What is shown of the queue now; the newest call first."""

    calls: tuple[Call, ...] = ()
    groups: tuple[Group, ...] = ()
    missed: tuple[str, ...] = ()


def board_of(today: Sequence[Ticket], catalogue: Catalogue, say: Texts) -> Board:
    """The board in a language, by all tickets of the day."""
    return Board(_calls(today, say), _groups(today, catalogue, say), _missed(today))


def is_shown(item: str, catalogue: Catalogue) -> bool:
    """Whether an item may be told of in the hall: a published one that is not restricted."""
    known = catalogue.items.get(item)
    return known is not None and known.sensitivity != "S3"


def _calls(today: Sequence[Ticket], say: Texts) -> tuple[Call, ...]:
    wanted = [(_called_at(ticket), ticket) for ticket in today if ticket.state in ("called", "serving")]
    wanted.sort(key=lambda pair: (pair[0], pair[1].revision, pair[1].id), reverse=True)
    return tuple(
        Call(
            f"{ticket.id}/{sum(period.state == 'called' for period in ticket.periods)}",
            ticket.number, ticket.counter, _where(ticket.counter, say), ticket.state == "serving",
        )
        for _, ticket in wanted[:MOST_CALLS]
    )  # fmt: skip


def _where(counter: str, say: Texts) -> str:
    """02 → 2 号窗口."""
    return say("hall.where", counter=counter.lstrip("0") or counter) if counter else ""


def _called_at(ticket: Ticket) -> str:
    return max((period.began for period in ticket.periods if period.state == "called"), default="")


def _groups(today: Sequence[Ticket], catalogue: Catalogue, say: Texts) -> tuple[Group, ...]:
    waiting: dict[str, list[Ticket]] = {code: [] for code in catalogue.categories}
    for ticket in today:
        if ticket.state == "waiting" and is_shown(ticket.item, catalogue) and ticket.category in waiting:
            waiting[ticket.category].append(ticket)
    return tuple(
        Group(
            worded(catalogue.categories[code].short, say), len(tickets),
            say("hall.people", count=len(tickets)), _wait(tickets, today, say),
        )
        for code, tickets in waiting.items()
        if tickets
    )  # fmt: skip


def _wait(tickets: Sequence[Ticket], today: Sequence[Ticket], say: Texts) -> str:
    minutes = wait_of(max(tickets, key=queue_rank), today).minutes
    if minutes is None:
        return ""
    return say("hall.minutes", count=minutes) if minutes else say("hall.next")


def _missed(today: Sequence[Ticket]) -> tuple[str, ...]:
    missed = [ticket for ticket in today if ticket.state == "missed"]
    missed.sort(key=lambda ticket: ticket.periods[-1].began, reverse=True)
    return tuple(ticket.number for ticket in missed[:MOST_MISSED])


LABELS = (
    "calling", "waiting", "missed", "missed_what", "nobody_called", "nobody_waits", "please", "serving",
    "bring", "steps", "basics", "hours", "scan", "silent", "muted", "quiet", "lost", "start_sound", "notice",
)  # fmt: skip


def labels(say: Texts) -> Mapping[str, str]:
    """The fixed words of the display."""
    return {name: say(f"hall.{name}") for name in LABELS}
