"""Looks at a case: masked for everybody; in full with a reason, and the log has it before the eye has.

The order is the promise: the event is committed, then the answer is made. A PC that dies in between has an
entry too many, never one too few.
"""

from typing import get_args

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.contents import Line, lines_of
from station_desk.cases.event import Fact
from station_desk.cases.number import read_number
from station_desk.cases.opened import (
    READ,
    REASONS,
    UNMASKED,
    AccessReadPublic,
    AccessUnmaskedPrivate,
    AccessUnmaskedPublic,
    Reason,
    Way,
    What,
    subject_of,
)
from station_desk.cases.rights import Field
from station_desk.cases.sight import can_open, seen_case, sight_of
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible
from station_desk.counter.desk import Desk
from station_desk.counter.papers.published import says_in_full
from station_desk.store.desk_store import Command
from station_desk.store.unit import Unit

LONGEST = 200
LOGGED: frozenset[str] = frozenset({"S2", "S3"})
"""Of these the contents are never looked at unwritten, masked or not."""


class AccessReasonNeeded(RuleError):
    """Values: known (the codes of the list)."""

    code = "access.reason_needed"


class NothingToOpen(RuleError):
    """The role sees no more of this case than it shows already. Values: number."""

    code = "access.nothing_to_open"


class Unmask(msgspec.Struct, frozen=True):
    """Asks to see fields of a case in full (none named: all that may be opened), and says why."""

    case: str
    reason: str
    words: str = ""
    fields: tuple[Field, ...] = ()
    way: Way = "window"


class Unmasked(msgspec.Struct, frozen=True):
    """What was opened: the answer that a repeated command gives again, without any value."""

    case: str
    fields: tuple[Field, ...]


def look_at_case(desk: Desk, number: str, way: Way) -> Case:
    """The case as whoever acts may see it. A look at a restricted one is written down first.

    Raises CaseUnknown.
    """
    desk.require("look")
    case = desk.store.case(str(read_number(number)))
    if case.sensitivity == "S3":
        note_read(desk, case.number, "case", way)
    return seen_case(sight_of(desk.role, case), case)


def look_again(desk: Desk, number: str) -> Case:
    """The case after a change, for who has it before him: the same look goes on. Raises CaseUnknown."""
    case = desk.store.case(str(read_number(number)))
    return seen_case(sight_of(desk.role, case), case)


def contents_of(desk: Desk, number: str, way: Way) -> tuple[Line, ...]:
    """What the case says of people, masked. Of sensitive cases the look is written down first.

    Raises CaseUnknown.
    """
    desk.require("look")
    case = desk.store.case(str(read_number(number)))
    if case.sensitivity in LOGGED:
        note_read(desk, case.number, "contents", way)
    return lines_of(case, sight_of(desk.role, case))


def unmask(desk: Desk, wish: Unmask, command: str) -> tuple[Line, ...]:
    """What the case says, with the fields that were asked for in full.

    Raises CaseUnknown, NotAllowed, AccessReasonNeeded, NothingToOpen.
    """
    reason, words = _reason(wish)

    def act(unit: Unit) -> Unmasked:
        case = unit.case(str(read_number(wish.case)))
        allowed = can_open(desk.role, case)
        fields = tuple(f for f in allowed if not wish.fields or f in wish.fields)
        if not fields:
            raise NothingToOpen(number=case.number)
        public = AccessUnmaskedPublic(case.number, fields, reason, wish.way)
        _record(desk, unit, case.number, UNMASKED, public, AccessUnmaskedPrivate(words))
        return Unmasked(case.number, fields)

    done = desk.once(Command(command, wish), Unmasked, act)
    opened = done.answer
    if not done.changes.outbox:
        # The same command again shows it again: a look of its own.
        note_read(desk, opened.case, "contents", wish.way)
    case = desk.store.case(opened.case)
    return lines_of(case, sight_of(desk.role, case, opened.fields))


def note_paper(desk: Desk, number: str, kind: str) -> None:
    """Writes down a look at a paper: of a sensitive case, or one that says something of a person in full."""
    case = desk.store.case(number)
    if case.sensitivity in LOGGED or says_in_full(desk, case, kind):
        note_read(desk, number, "paper", "window", kind)


def note_read(desk: Desk, number: str, what: What, way: Way, paper: str = "") -> None:
    """Writes down that a case is about to be looked at."""
    with desk.store.writing() as unit:
        _record(desk, unit, number, READ, AccessReadPublic(number, what, way, paper), None)


def _record(
    desk: Desk, unit: Unit, number: str, kind: str, public: msgspec.Struct, private: msgspec.Struct | None
) -> None:
    subject = subject_of(number)
    revision = unit.subject_revision(subject) + 1
    unit.record(Fact(subject, revision, kind, stamp(desk.clock()), desk.actor, public, private))


def _reason(wish: Unmask) -> tuple[Reason, str]:
    words = wish.words.strip()[:LONGEST]
    known = {reason: reason for reason in get_args(Reason)}
    if wish.reason not in known or not is_visible(words) or (wish.reason == "other" and not words):
        raise AccessReasonNeeded(known=", ".join(REASONS))
    return known[wish.reason], words
