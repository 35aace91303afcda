"""What the log says when a resident's data are corrected or destroyed, and what is left of a case then.

Erasing takes the private parts and their salts away; the chain holds because it hashed commitments only. So
an erased case must be exactly what its log makes of it without any private part: `erased` is that case, and a
test holds the two equal.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Away, Case, Posting
from station_desk.cases.seal import Certificate
from station_desk.cases.trace import may_be_named
from station_desk.catalogue.item import Words

CORRECTED, ERASED, DESTROYED = "case.corrected", "case.erased", "data.destroyed"
Ground = Literal["retention", "request"]
"""The term of keeping is over; somebody who may ask for it asked (PIPL art. 47)."""
NOBODY = p.Applicant("")
UNSAID = Words("", "", "")


class CorrectedPublic(msgspec.Struct, frozen=True):
    """The values at these places (`applicant.phone`, a key of the form) were wrong.

    `dossier` is the place of the case in the writer's row of finished cases, 0 while it is still open.
    """

    places: tuple[str, ...]
    dossier: int = 0


class CorrectedPrivate(msgspec.Struct, frozen=True):
    """What is right, by place, and who said so. What was wrong stays in the earlier events."""

    values: dict[str, str]
    reason: str


class ErasedPublic(msgspec.Struct, frozen=True):
    """All private parts of the case up to here were destroyed, with their salts; by which record."""

    ground: Ground
    record: str


class DestroyedLine(msgspec.Struct, frozen=True):
    """A case on a destruction record: nothing of a person."""

    case: str
    item: str
    category: str
    ended: str
    years: int


class DestroyedPublic(msgspec.Struct, frozen=True):
    """A destruction record (销毁清册): its number, on what ground, who approved, which cases."""

    record: str
    ground: Ground
    approver: str
    lines: tuple[DestroyedLine, ...]


class DestroyedPrivate(msgspec.Struct, frozen=True):
    reason: str = ""


def corrected(case: Case, values: Mapping[str, str]) -> Case:
    """The case with right values at some places."""
    who, agent, answers = case.applicant, case.agent, dict(case.answers)
    for place, value in values.items():
        area, _, part = place.rpartition(".")
        match area:
            case "applicant":
                who = msgspec.structs.replace(who, **{part: value})
            case "agent" if agent:
                agent = msgspec.structs.replace(agent, **{part: value})
            case _:
                answers[place] = value
    return replace(case, applicant=who, agent=agent, answers={k: v for k, v in answers.items() if v})


def erased(case: Case, at: str) -> Case:
    """The case without anything that was said privately."""
    named = may_be_named(case.sensitivity)
    return replace(
        case,
        erased_at=at, title=case.title if named else UNSAID,
        steps=case.steps if named else tuple(_unnamed(step) for step in case.steps),
        applicant=NOBODY, agent=None, answers={}, materials=(), token="", result="", note="", receiver="",
        void_reason="", repeat_reason="", defects=(),
        trail=tuple(replace(step, opinion="") for step in case.trail),
        away=_bare(case.away) if case.away else None, trips=tuple(_bare(trip) for trip in case.trips),
        postings=tuple(
            Posting(up.start, up.until, ended=up.ended, objections=up.objections) for up in case.postings
        ),
        certificates=tuple(
            Certificate(one.seal, one.at, one.clerk, one.copies, one.again, voided=one.voided)
            for one in case.certificates
        ),
    )  # fmt: skip


def ended_on(case: Case) -> str:
    """The day from which a case is kept: its end, or its delivery; empty while it is open."""
    return max(case.finished_at, case.delivered_at)[:10]


def due_on(ended: date, years: int) -> date:
    """The first day on which what ended that day need not be kept any longer."""
    if ended.year + years > date.max.year:
        return date.max
    try:
        return ended.replace(year=ended.year + years)
    except ValueError:
        # 29 February: the day after the 28th of a common year.
        return date(ended.year + years, 3, 1)


def _bare(trip: Away) -> Away:
    return Away(trip.role, trip.sent, trip.back_by, returned=trip.returned)


def _unnamed(step: p.StepPlan) -> p.StepPlan:
    ways = tuple(msgspec.structs.replace(way, when=None) for way in step.next)
    return msgspec.structs.replace(step, name=None, next=ways)
