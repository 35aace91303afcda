"""Who is called next: emergencies at once, the priority classes by their published share, else by arrival.

The share is held by looking back: of the last calls that were made while somebody without priority waited,
only so many may have gone to the priority classes. So a crowd of priority tickets never stops the others, and
how many may pass somebody can be said beforehand (`passed_at_most`).
"""

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

from station_desk.cases.ticket import RANK
from station_desk.catalogue.item import QueueRules

AT_ONCE, PRIORITY, NORMAL = 2, 1, 0
"""The rows of the queue, by the rank of their classes."""


class Waiting(Protocol):
    """What the order of the queue looks at in a ticket, or in its row on a screen."""

    @property
    def id(self) -> str: ...

    @property
    def place(self) -> str: ...

    @property
    def priority(self) -> str: ...


W = TypeVar("W", bound=Waiting)


def row_of(ticket: Waiting) -> int:
    """The row in which a ticket waits."""
    return RANK[ticket.priority]


def next_row(waiting: Collection[int], recent: Sequence[int], rules: QueueRules) -> int | None:
    """The row that is called next, out of those in which somebody waits; None when nobody does.

    `recent` are the rows of the last calls made while somebody without priority waited, the newest first.
    """
    if AT_ONCE in waiting:
        return AT_ONCE
    if PRIORITY in waiting and NORMAL in waiting:
        used = sum(row == PRIORITY for row in recent[: rules.calls - 1])
        return PRIORITY if used < rules.priority_calls else NORMAL
    return max(waiting, default=None)


def counts(row: int, waiting: Collection[int]) -> bool:
    """Whether a call of this row uses up a place of the share: somebody without priority waited for it."""
    return row != AT_ONCE and NORMAL in waiting


def in_order(waiting: Iterable[W], recent: Sequence[int], rules: QueueRules) -> list[W]:
    """The tickets that wait, in the order in which they will be called if nobody else comes."""
    rows: dict[int, list[W]] = {AT_ONCE: [], PRIORITY: [], NORMAL: []}
    for ticket in sorted(waiting, key=attrgetter("place", "id")):
        rows[row_of(ticket)].append(ticket)
    if not (rows[PRIORITY] and rows[NORMAL]):
        return [*rows[AT_ONCE], *rows[PRIORITY], *rows[NORMAL]]
    order, past = rows[AT_ONCE], list(recent)
    left = {row: rows[row][::-1] for row in (PRIORITY, NORMAL)}
    while (row := next_row([r for r in left if left[r]], past, rules)) is not None:
        if counts(row, [r for r in left if left[r]]):
            past = [row, *past][: max(rules.calls - 1, 0)]
        order.append(left[row].pop())
    return order


def behind(others: Sequence[str], place: str, places: int, now: str) -> str:
    """The place of a ticket that is put behind so many `others` (their places, in order) of its row.

    A place is that of an arrival; who was put behind it adds his own new one (`now`), so that two of them
    keep their order and those who come later stay later.
    """
    later = [other for other in others if other > place][:places]
    return f"{(later[-1] if later else place).partition('/')[0]}/{now}"


def passed_at_most(before: int, rules: QueueRules) -> int:
    """How many priority tickets can at most be called before one that has so many before it in its row."""
    others = rules.calls - rules.priority_calls
    return rules.priority_calls * -(-(before + 1) // others)
