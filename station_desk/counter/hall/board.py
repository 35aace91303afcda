"""The living half of the hall display: who is called where, who waits how long, who was missed.

It holds ticket numbers, counters and counts: no name, no item. Restricted items (S3) are counted nowhere; a
call of theirs shows the number, as every call does.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from station_desk.cases.ticket import Ticket
from station_desk.cases.waiting import Wait, pace_of, waits
from station_desk.catalogue.item import Catalogue
from station_desk.core.clock import stamp
from station_desk.core.texts import Texts
from station_desk.counter.wording import worded
from station_desk.store.hall_file import HallRows

MOST_CALLS = 6
MOST_MISSED = 8
PACE = 60
"""The last visits of the day from which the pace is taken, as at the counter."""


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


def board_of(rows: HallRows, catalogue: Catalogue, now: datetime, say: Texts) -> Board:
    """The board in a language, by the queue of the day."""
    return Board(_calls(rows, say), _groups(rows, catalogue, stamp(now), say), _missed(rows.tickets))


def is_shown(item: str, catalogue: Catalogue) -> bool:
    """Whether an item may be told of in the hall: a published one that is not restricted."""
    known = catalogue.items.get(item)
    return known is not None and known.sensitivity != "S3"


def _calls(rows: HallRows, say: Texts) -> tuple[Call, ...]:
    """Of each ticket its last call, the newest first. A call that was taken back is none."""
    wanted = {ticket.id: ticket for ticket in rows.tickets if ticket.state in ("called", "serving")}
    shown: list[Call] = []
    for call in rows.calls:
        ticket = wanted.pop(call.ticket, None)
        if ticket and len(shown) < MOST_CALLS:
            where = _where(ticket.counter, say)
            serving = ticket.state == "serving"
            shown.append(Call(f"{ticket.id}/{call.place}", ticket.number, ticket.counter, where, serving))
    return tuple(shown)


def _where(counter: str, say: Texts) -> str:
    """02 → 2 号窗口."""
    return say("hall.where", counter=counter.lstrip("0") or counter) if counter else ""


def _groups(rows: HallRows, catalogue: Catalogue, now: str, say: Texts) -> tuple[Group, ...]:
    """All who wait are reckoned with; only those of items that may be told of are counted."""
    known = _waits(rows, catalogue, now)
    waiting: dict[str, list[Wait]] = {code: [] for code in catalogue.categories}
    for ticket in rows.tickets:
        if ticket.id in known and is_shown(ticket.item, catalogue) and ticket.category in waiting:
            waiting[ticket.category].append(known[ticket.id])
    return tuple(
        Group(
            worded(catalogue.categories[code].short, say), len(found),
            say("hall.people", count=len(found)), _wait_words(found, say),
        )
        for code, found in waiting.items()
        if found
    )  # fmt: skip


def _waits(rows: HallRows, catalogue: Catalogue, now: str) -> Mapping[str, Wait]:
    """As the window and the slip reckon them; the share of the priority classes over all counters."""
    ended = sorted(
        (ticket for ticket in rows.tickets if ticket.state == "done"),
        key=lambda ticket: ticket.periods[-1].began, reverse=True,
    )  # fmt: skip
    published = {code: category.usual_minutes for code, category in catalogue.categories.items()}
    pace = pace_of(ended[:PACE], len({call.counter for call in rows.calls}), published)
    recent = [call.rank for call in rows.calls if call.others and not call.among]
    waiting = [ticket for ticket in rows.tickets if _waits_now(ticket, now)]
    return waits(waiting, recent[: catalogue.queue.calls - 1], pace, catalogue.queue)


def _waits_now(ticket: Ticket, now: str) -> bool:
    parked_until_now = ticket.state == "parked" and bool(ticket.until) and ticket.until <= now
    return ticket.state == "waiting" or parked_until_now


def _wait_words(found: Sequence[Wait], say: Texts) -> str:
    """For the last of them."""
    minutes = max((wait.minutes for wait in found if wait.minutes is not None), default=None)
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
