"""A step that was ended by mistake is taken back: which one, until when, and what the case is then.

Nothing leaves the log. The case is again as if the step had never ended: its clock stands or runs as it did
all the time, and the time in between counts, or does not count, as it does for that step.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case, StepBack, StepDone, step_of
from station_desk.cases.event import Event
from station_desk.cases.permits import (
    CertificateHolds,
    PapersAway,
    StepOutOfOrder,
    require_may,
    step_named,
)
from station_desk.cases.seal import CERTIFIED, VOIDED
from station_desk.catalogue.item import ClockRun
from station_desk.core.clock import moment
from station_desk.core.errors import RuleError, Term

if TYPE_CHECKING:
    # The same to a reader of types, who then knows the fields.
    from dataclasses import replace
else:
    from station_desk.core.quick_replace import replace

STEP_BACK = "case.step_taken_back"
MINUTES = 60
"""So long after its end a step can be taken back: as long as an acceptance."""

CHANGES_NO_STEP = frozenset({"case.redated", "case.extended", "case.followed_up", CERTIFIED, VOIDED})
"""What may have happened since: it touches neither the step nor the clock."""

SAYS_THE_STEP = frozenset({"sheet"})
"""Papers that say how far the case has come when they are printed."""


class NoStepEnded(RuleError):
    code = "case.no_step_ended"


class StepTooLate(RuleError):
    code = "case.step_too_late"


class StepWentOn(RuleError):
    code = "case.step_went_on"


class StepPaperOut(RuleError):
    code = "case.step_paper_out"


class StepTakenBackPublic(msgspec.Struct, frozen=True):
    """`step` is under way again with these due days. `papers` are those that said otherwise and hold no more.

    Each is named as in the print journal, with its copy: `sheet:2`. The reason is in the private part.
    """

    step: str
    times: p.Times
    clock: ClockRun = "run"
    papers: tuple[str, ...] = ()


def last_ended(case: Case) -> StepDone | None:
    """The step that ended last by an act of its own; what the acceptance itself ended is none."""
    by_acceptance = bool(case.trail) and case.accepted_stage != case.steps[0].id
    return case.trail[-1] if len(case.trail) > by_acceptance else None


def may_step_back(case: Case, now: datetime) -> bool:
    """Whether it is worth offering: a step ended lately, and the case is still at work."""
    done = last_ended(case)
    return done is not None and case.state == "processing" and not case.away and _is_early(done, now)


def require_step_back(case: Case, step: str, since: Sequence[Event], now: datetime) -> StepDone:
    """The step to take back; `step`, when given, names it. `since`: what happened to the case after its end.

    Raises NoStepEnded, StepOutOfOrder, PapersAway, StepTooLate, StepWentOn, CertificateHolds and what the
    state forbids.
    """
    require_may(case, STEP_BACK)
    done = last_ended(case)
    if done is None:
        raise NoStepEnded(number=case.number)
    name = step_named(case, done.id)
    if step and step != done.id:
        raise StepOutOfOrder(number=case.number, asked=step_named(case, step), now=name)
    if case.away:
        raise PapersAway(number=case.number, body=case.away.body or Term(f"term.role.{case.away.role}"))
    if not _is_early(done, now):
        raise StepTooLate(number=case.number, step=name, minutes=MINUTES)
    kinds = [event.kind for event in since]
    if any(kind.startswith("case.") and kind not in CHANGES_NO_STEP for kind in kinds):
        raise StepWentOn(number=case.number, step=name)
    sealed = case.certificates[len(case.certificates) - kinds.count(CERTIFIED) :]
    for one in sealed:
        if not one.voided:
            raise CertificateHolds(number=case.number, seal=one.seal)
    return done


def since_the_end(events: Sequence[Event]) -> tuple[Event, ...]:
    """What happened to a case after the step that ended last; steps that were taken back never ended."""
    ends: list[int] = []
    undone: set[int] = set()
    for place, event in enumerate(events):
        if event.kind == "case.advanced":
            ends.append(place)
        elif event.kind == STEP_BACK:
            undone |= {ends.pop(), place}
    start = ends[-1] + 1 if ends else 0
    return tuple(event for place, event in enumerate(events) if place >= start and place not in undone)


def papers_against(since: Sequence[Event]) -> tuple[str, ...]:
    """The papers that came out since the step ended and say that it did, each with its copy."""
    out = (event for event in since if event.kind in ("paper.sent", "paper.confirmed"))
    told = (msgspec.json.decode(event.public, type=p.PaperPublic) for event in out)
    return tuple(dict.fromkeys(f"{one.paper}:{one.copy}" for one in told if one.paper in SAYS_THE_STEP))


def require_papers_back(case: Case, papers: tuple[str, ...], *, back: bool) -> None:
    """Raises while a paper that says otherwise is in somebody's hand."""
    if papers and not back:
        kind, _, copy = papers[-1].partition(":")
        raise StepPaperOut(number=case.number, paper=Term(f"papers.kind.{kind}"), copy=copy)


def at_the_step_again(case: Case) -> Case:
    """The case as if its last step had never ended; its due days are still to be counted."""
    done = case.trail[-1]
    stood = step_of(case, done.id).clock == "stop"
    stops = case.stops
    if stood and not case.clock_stands:
        stops = (*stops[:-1], p.StopSpan(stops[-1].start))
    if not stood and case.clock_stands:
        stops = stops[:-1]
    return replace(
        case, stage=done.id, stage_since=done.began, trail=case.trail[:-1], stops=stops, clock_stands=stood
    )


def stepped_back(case: Case, event: Event, reason: str) -> Case:
    """What the event makes of the case."""
    public = msgspec.json.decode(event.public, type=StepTakenBackPublic)
    if not case.trail or case.trail[-1].id != public.step:
        raise ValueError(f"{event.subject} takes back a step that did not end last")
    line = StepBack(public.step, case.trail[-1].ended, event.at, reason)
    again = at_the_step_again(case)
    return replace(again, times=public.times, steps_back=(*case.steps_back, line))


def _is_early(done: StepDone, now: datetime) -> bool:
    return (now - moment(done.ended)).total_seconds() <= MINUTES * 60
