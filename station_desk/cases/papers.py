"""Which papers a case has: each reports something that happened, and says of it what was known then.

A paper is told apart by its kind and by which time it happened: `notice` is the first one-time notice of a
case, `notice-2` the second. So a reprint of the first says what the first said, whatever came after.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from station_desk.cases import changes
from station_desk.cases.case import Case
from station_desk.cases.certifying import certificate_of
from station_desk.cases.event import Event
from station_desk.cases.permits import require_here
from station_desk.cases.seal import CERTIFIED, VOIDED
from station_desk.core.errors import RuleError, Term

Part = TypeVar("Part", bound=msgspec.Struct)

TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "intake": ("case.received",),
    "receipt": ("case.accepted", "case.taken_on"),
    "notice": ("case.noticed",),
    "refusal": ("case.declined",),
    "supplement": ("case.stopped",),
    "posting": ("case.notice_posted",),
    "suspension": ("case.suspended",),
    "extension": ("case.extended",),
    "follow": ("case.accepted", "case.received"),
    "commitment": ("case.accepted", "case.received"),
    "completion": ("case.finished",),
    "delivery": ("case.finished", "case.declined"),
    "sheet": ("case.accepted", "case.taken_on"),
    "handover": ("case.forwarded",),
    "application": ("case.accepted", "case.received"),
    "certificate": (CERTIFIED,),
    "annulment": (VOIDED,),
    "void": ("case.voided",),
}
"""For each kind the events of which one must have happened; the paper tells of it."""

ON_TRUST: Mapping[str, str] = {"follow": "bring", "commitment": "verify"}
"""Kinds that there are only where something was accepted on trust: papers that follow, a commitment."""

INTENDED_WITH: Mapping[str, tuple[str, ...]] = {
    "case.received": ("intake",),
    "case.accepted": ("receipt",),
    "case.taken_on": ("receipt",),
    "case.noticed": ("notice",),
    "case.declined": ("refusal",),
    "case.stopped": ("supplement",),
    "case.notice_posted": ("posting",),
    "case.suspended": ("suspension",),
    "case.extended": ("extension",),
    "case.finished": ("completion",),
    CERTIFIED: ("certificate",),
}
"""What a station always prints when something happens: meant to be printed in the same commit."""

AS_NOW = frozenset({"sheet", "delivery", "application"})
"""Kinds that say where the case stands today, not only what happened then."""

OF_VOIDED = frozenset({"void", "annulment"})
"""Kinds that say that something holds no more: all that a voided case still prints."""

NAME = re.compile(r"([a-z_]+)(?:-([1-9][0-9]*))?")


class PaperNotYet(RuleError):
    code = "paper.not_yet"


class PaperOfVoided(RuleError):
    code = "paper.of_voided"


class PaperErased(RuleError):
    code = "paper.erased"


class PaperUnknown(RuleError):
    code = "paper.unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a case, and the case before (None: it began so) and after it."""

    event: Event
    private: str | None
    before: Case | None
    after: Case


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a paper tells of: the moment, which time it happened, the case as the paper shows it.

    `story` is all that happened to the case, for papers that say where it stands now.
    """

    kind: str
    turn: int
    moment: Moment
    case: Case
    story: tuple[Moment, ...]

    @property
    def name(self) -> str:
        """The name of the paper in the print journal."""
        return name_of(self.kind, self.turn)


def moments(events: Iterable[tuple[Event, str | None]]) -> tuple[Moment, ...]:
    """A case step by step; events that change nothing of it are left out."""
    case: Case | None = None
    found = []
    for event, private in events:
        if changes.changes_a_case(event.kind):
            after = changes.apply(case, event, private)
            found.append(Moment(event, private, case, after))
            case = after
    return tuple(found)


def name_of(kind: str, turn: int) -> str:
    """The name of a paper: its kind, and which time where it is not the first."""
    return kind if turn == 1 else f"{kind}-{turn}"


def read_name(name: str) -> tuple[str, int]:
    """The kind and the turn of a paper's name in the print journal. Raises PaperUnknown."""
    found = NAME.fullmatch(name)
    if not found or found[1] not in TOLD_BY:
        raise PaperUnknown(paper=name, known=", ".join(TOLD_BY))
    return found[1], int(found[2] or 1)


def occasions(story: tuple[Moment, ...], kind: str) -> tuple[Occasion, ...]:
    """Each time this kind of paper came to tell something."""
    happened = [moment for moment in story if _tells(kind, moment)]
    now = story[-1].after if story else None
    return tuple(
        Occasion(kind, turn, moment, now if now and kind in AS_NOW else moment.after, story)
        for turn, moment in enumerate(happened, 1)
    )


def occasion_of(story: tuple[Moment, ...], kind: str, turn: int = 0) -> Occasion:
    """What a paper tells of: which time it happened, from 1; 0 means the last, of certificates the
    last that holds.

    Raises PaperUnknown, PaperNotYet with what must happen first, PaperOfVoided, PaperErased, CaseHandedOver.
    """
    if kind not in TOLD_BY:
        raise PaperUnknown(paper=kind, known=", ".join(TOLD_BY))
    found = occasions(story, kind)
    now = story[-1].after
    if now.state == "voided" and kind not in OF_VOIDED:
        raise PaperOfVoided(number=now.number)
    require_here(now)
    if not found or not 0 <= turn <= len(found):
        raise PaperNotYet(
            number=now.number, paper=Term(f"papers.kind.{kind}"), needed=Term(f"papers.needs.{kind}"),
            state=Term(f"term.state.{now.state}"),
        )  # fmt: skip
    holding = [one for one in found if not _is_void(one)] or found
    chosen = found[turn - 1] if turn else holding[-1]
    if any(moment.event.commitment and moment.private is None for moment in story):
        raise PaperErased(number=now.number)
    if chosen.moment.event.kind == CERTIFIED:
        certificate_of(now, chosen.moment.after.certificates[-1].seal)
    return chosen


def possible(story: tuple[Moment, ...]) -> tuple[str, ...]:
    """The kinds that can be printed now, what happened last first."""
    state = story[-1].after.state if story else "transferred"
    if state == "transferred":
        return ()
    last = {
        kind: found[-1].moment.event.revision
        for kind in (OF_VOIDED if state == "voided" else TOLD_BY)
        if (found := [one for one in occasions(story, kind) if not _is_void(one)])
    }
    return tuple(sorted(last, key=lambda kind: -last[kind]))


def _is_void(occasion: Occasion) -> bool:
    """Whether the paper is a certificate that holds no more."""
    if occasion.moment.event.kind != CERTIFIED:
        return False
    seal = occasion.moment.after.certificates[-1].seal
    return any(one.voided for one in occasion.story[-1].after.certificates if one.seal == seal)


def public_part(moment: Moment, shape: type[Part]) -> Part:
    """What everybody may know of what happened."""
    return msgspec.json.decode(moment.event.public, type=shape)


def private_part(moment: Moment, shape: type[Part]) -> Part:
    """What stays between the applicant and the station."""
    return msgspec.json.decode(moment.private or b"{}", type=shape)


def _tells(kind: str, moment: Moment) -> bool:
    if moment.event.kind not in TOLD_BY[kind]:
        return False
    trusted = ON_TRUST.get(kind)
    return trusted is None or any(follow.how == trusted for follow in moment.after.follow_ups)
