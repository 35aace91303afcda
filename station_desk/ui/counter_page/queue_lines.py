"""The queue as lines ready to paint: a heading for each item type with its count, then its tickets."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from station_desk.core.clock import moment
from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow, Waits
from station_desk.ui.counter_page.groups import Group
from station_desk.ui.look.palette import Tone

LONG_WAIT_MINUTES = 10
KNOWN_MOMENTS = 2000
NOBODY: Waits = {}
ORDER = ("called", "serving", "held", "waiting")
"""Within an item type: first who is at a counter, then who waits, in the order of calling."""
ASIDE = ("parked", "missed")
"""Put aside, and gone when called: below all item types, each under a heading of its own."""


class Mark(NamedTuple):
    """A pill of a line."""

    text: str
    tone: Tone


class GroupLine(NamedTuple):
    """The heading of an item type; `waiting` counts those who wait."""

    name: str
    colour: str
    waiting: int


class TicketLine(NamedTuple):
    """One ticket: what is asked for, since when, and what to look out for."""

    ticket: TicketRow
    title: str
    state: str
    marks: tuple[Mark, ...]


Line = GroupLine | TicketLine


class KnownLines:
    """The lines of tickets as they were shown last: most are the same with each look at the queue."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[TicketRow, object, TicketLine]] = {}

    def line(self, row: TicketRow, say: Texts, now: datetime, waits: Waits) -> TicketLine:
        """The line of a ticket; made anew when the row, its minutes or its wait are other ones."""
        _, wait = waits.get(row.id, (row.before, row.wait))
        told = (_minutes(row.taken_at, now), _minutes(row.since, now), wait)
        before = self._lines.get(row.id)
        if before and before[0] is row and before[1] == told:
            return before[2]
        line = _ticket_line(row, say, now, wait)
        self._lines[row.id] = (row, told, line)
        return line

    def keep(self, rows: Iterable[TicketRow]) -> None:
        """The other tickets are gone."""
        here = {row.id for row in rows}
        for gone in self._lines.keys() - here:
            del self._lines[gone]


def queue_lines(
    rows: Iterable[TicketRow], groups: Mapping[str, Group], say: Texts, now: datetime,
    waits: Waits = NOBODY, known: KnownLines | None = None,
) -> tuple[Line, ...]:  # fmt: skip
    """The lines in the order of the item types; below them who is parked, and who missed the call.

    Where the wait of a row is not known (yet), it says none. `known` are the lines shown before.
    """
    known = known or KnownLines()
    order, listed = list(groups), list(rows)
    here = [row for row in listed if row.state not in ASIDE]
    ordered = sorted(here, key=lambda row: (order.index(row.category), ORDER.index(row.state)))
    lines: list[Line] = []
    for code, tickets in groupby(ordered, key=lambda row: row.category):
        of_group = [known.line(row, say, now, waits) for row in tickets]
        waiting = sum(line.ticket.state == "waiting" for line in of_group)
        lines += [GroupLine(groups[code].name, groups[code].colour, waiting), *of_group]
    for state in ASIDE:
        if aside := [known.line(row, say, now, waits) for row in listed if row.state == state]:
            lines += [GroupLine(say(f"ui.queue.aside.{state}"), "", len(aside)), *aside]
    known.keep(listed)
    return tuple(lines)


def waiting_count(rows: Iterable[TicketRow]) -> int:
    """How many wait to be called."""
    return sum(row.state == "waiting" for row in rows)


def ticket_title(row: TicketRow, say: Texts) -> str:
    """What the ticket is for; restricted items are not named on a queue."""
    return row.title.get(say.language) or say("ui.queue.restricted")


def spoken(line: Line, say: Texts) -> str:
    """A line for a screen reader."""
    match line:
        case GroupLine():
            return say("ui.queue.group", name=line.name, count=line.waiting)
        case TicketLine():
            marks = "".join(f", {mark.text}" for mark in line.marks)
            return f"{line.ticket.number}, {line.title}, {line.state}{marks}"


def _ticket_line(row: TicketRow, say: Texts, now: datetime, wait: int | None) -> TicketLine:
    state = _state_words(row, say, now, wait)
    return TicketLine(row, ticket_title(row, say), state, tuple(_marks(row, say, now)))


def _state_words(row: TicketRow, say: Texts, now: datetime, wait: int | None) -> str:
    counter = row.counter.lstrip("0")
    minutes = _minutes(row.taken_at if row.state == "waiting" else row.since, now)
    if row.state == "parked" and row.until:
        return say("ui.queue.state.parked_until", time=row.until[11:16])
    if row.state == "waiting" and row.bound:
        return say("ui.queue.state.bound", minutes=minutes, counter=row.bound.lstrip("0"))
    if row.state == "waiting" and wait:
        return say("ui.queue.state.waiting_about", minutes=minutes, wait=wait)
    return say(f"ui.queue.state.{row.state}", counter=counter, minutes=minutes)


def _marks(row: TicketRow, say: Texts, now: datetime) -> Iterable[Mark]:
    if row.priority != "normal":
        yield Mark(say(f"term.priority.{row.priority}"), "bad" if row.priority == "emergency" else "warn")
    if row.agent:
        yield Mark(say("ui.queue.agent"), "accent")
    if len(row.services) > 1:
        done = sum(not one.is_open() for one in row.services)
        yield Mark(say("ui.queue.services", done=done, count=len(row.services)), "accent")
    if row.recalls and row.state == "called":
        yield Mark(say("ui.queue.recalls", count=row.recalls), "warn")
    if row.state == "waiting" and _minutes(row.taken_at, now) > LONG_WAIT_MINUTES:
        yield Mark(say("ui.queue.long_wait", minutes=LONG_WAIT_MINUTES), "bad")


def _minutes(since: str, now: datetime) -> int:
    return max(0, int((now - _moment(since)).total_seconds() // 60))


# Each look at the queue reckons with the same moments.
_moment = lru_cache(maxsize=KNOWN_MOMENTS)(moment)
