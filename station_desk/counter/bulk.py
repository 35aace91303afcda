"""One act for several cases: each is done by itself, under an id of its own; what is refused is named.

What was done stays done, whatever happens to the next. A printer or a disk that fails ends the row.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from station_desk.cases.parts import PaperSent
from station_desk.core.errors import DeskError, RuleError, TroubleError
from station_desk.counter.advance import Advance, advance
from station_desk.counter.desk import Desk
from station_desk.counter.forward import Forward, forward
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.store.unit import Changes

KeepOn = Callable[[int, int], bool]
"""Hears how many are done of how many; False ends it after the present one."""


@dataclass(frozen=True, slots=True)
class One:
    """One case of many: the step in which it was seen, and the id of its command."""

    number: str
    stage: str
    command: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A case that was left as it is, and why."""

    number: str
    error: DeskError


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of it: the cases that were done, refused, and not begun because it ended before."""

    done: tuple[str, ...]
    refused: tuple[Refused, ...]
    left: tuple[str, ...]
    changes: Changes


def advance_all(desk: Desk, cases: Sequence[One], opinion: str, keep_on: KeepOn) -> Bulk:
    """Ends the present step of each case, where it is still the step in which it was seen."""

    def act(one: One) -> Changes:
        return advance(desk, Advance(one.number, one.stage, opinion), one.command).changes

    return _each(cases, act, keep_on)


def print_all(desk: Desk, cases: Sequence[One], paper: str, keep_on: KeepOn) -> Bulk:
    """Prints a paper of each case."""

    def act(one: One) -> Changes:
        return print_paper(desk, PrintPaper(one.number, paper), one.command).changes

    return _each(cases, act, keep_on)


def forward_all(
    desk: Desk, cases: Sequence[One], body: str, signature: str, keep_on: KeepOn, list_command: str
) -> Bulk:
    """Sends the papers of each case to one office, and prints the hand-over list of those that went."""

    def act(one: One) -> Changes:
        papers = papers_of(desk, one.number)
        return forward(desk, Forward(one.number, body, papers, signature), one.command).changes

    went = _each(cases, act, keep_on)
    if not went.done:
        return went
    first, *others = went.done
    try:
        printed = print_paper(desk, PrintPaper(first, "handover", others=tuple(others)), list_command)
    except DeskError as error:
        # The papers are on their way all the same: the list can be printed again.
        return Bulk(went.done, (*went.refused, Refused(first, error)), went.left, went.changes)
    return Bulk(went.done, went.refused, went.left, both(went.changes, printed.changes))


def papers_of(desk: Desk, number: str) -> tuple[PaperSent, ...]:
    """The papers that lie in a case: each material that was brought, with its copies as pages."""
    case = desk.store.case(number)
    brought = [seen for seen in case.materials if seen.how == "brought"]
    return tuple(PaperSent(seen.name.in_language("zh-Hans"), max(seen.copies, 1)) for seen in brought)


def both(one: Changes, other: Changes) -> Changes:
    """Two changes as one."""
    return Changes(
        one.tickets | other.tickets, one.cases | other.cases, one.papers or other.papers,
        one.outbox or other.outbox,
    )  # fmt: skip


def _each(cases: Sequence[One], act: Callable[[One], Changes], keep_on: KeepOn) -> Bulk:
    done: list[str] = []
    refused: list[Refused] = []
    changes, count = Changes(), 0
    for one in _while(cases, keep_on):
        count += 1
        try:
            changes = both(changes, act(one))
            done.append(one.number)
        except RuleError as error:
            refused.append(Refused(one.number, error))
        except TroubleError as error:
            refused.append(Refused(one.number, error))
            break
    return Bulk(tuple(done), tuple(refused), tuple(one.number for one in cases[count:]), changes)


def _while(cases: Sequence[One], keep_on: KeepOn) -> Iterator[One]:
    for place, one in enumerate(cases):
        if not keep_on(place, len(cases)):
            return
        yield one
