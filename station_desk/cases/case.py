"""A case and how events change it: the state machine of the counter, by pure functions.

A case is what its events make of it. The desk keeps the newest state in a table for its screens and can make
it again from the log at any time; `verify` compares the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.deadlines import Stop
from station_desk.cases.event import Event
from station_desk.catalogue.item import ClockRun, Sensitivity, Words
from station_desk.core.clock import moment
from station_desk.core.errors import RuleError

State = Literal["processing", "supplement", "finished", "delivered", "voided"]
OPEN_STATES: tuple[State, ...] = ("processing", "supplement")
FINAL_STATES: tuple[State, ...] = ("finished", "delivered", "voided")
Part = TypeVar("Part", bound=msgspec.Struct)


class CaseAlreadyFinished(RuleError):
    code = "case.already_finished"


class CaseNotFinished(RuleError):
    code = "case.not_finished"


class CaseAlreadyDelivered(RuleError):
    code = "case.already_delivered"


class StepOutOfOrder(RuleError):
    code = "case.step_out_of_order"


class NoStepLeft(RuleError):
    code = "case.no_step_left"


class StepsOpen(RuleError):
    code = "case.steps_open"


class ClockStands(RuleError):
    code = "case.clock_stands"


class ClockRuns(RuleError):
    code = "case.clock_runs"


class CaseVoided(RuleError):
    code = "case.voided"


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that ended: when it began and ended, and what was found."""

    id: str
    began: str
    ended: str
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Redated:
    """A line of the history: the due days were counted again, because calendar years changed."""

    at: str
    before: p.Times
    after: p.Times
    years: tuple[p.YearNotice, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One resident's request from acceptance to delivery, as its events have made it.

    `stops` are the times that do not count against its limits, `waits` those in which papers were awaited.
    """

    number: str
    item: str
    category: str
    title: Words
    kind: str
    sensitivity: Sensitivity
    station: str
    counter: str
    edition: str
    digest: str
    ticket: str
    state: State
    revision: int
    received_at: str
    accepted_at: str
    clerk: str
    stage: str
    stage_since: str
    times: p.Times
    limits: p.Limits
    fee: int
    accepted_stage: str
    accepted_times: p.Times
    steps: tuple[p.StepPlan, ...]
    applicant: p.Applicant
    answers: Mapping[str, str]
    materials: tuple[p.PaperSeen, ...]
    token: str
    agent: p.Agent | None = None
    trail: tuple[StepDone, ...] = ()
    stops: tuple[p.StopSpan, ...] = ()
    bring: tuple[Words, ...] = ()
    outcome: str = ""
    result: str = ""
    note: str = ""
    finished_at: str = ""
    delivered_at: str = ""
    receiver: str = ""
    dossier: int = 0
    void_reason: str = ""
    clock_stands: bool = field(default=False)
    waits: tuple[p.StopSpan, ...] = ()
    redated: tuple[Redated, ...] = ()


def step_of(case: Case, step_id: str) -> p.StepPlan:
    """The published step of that id, as it was when the case was accepted."""
    return next(step for step in case.steps if step.id == step_id)


def next_step(case: Case) -> p.StepPlan | None:
    """The step after the present one; None when the present one is the last."""
    ids = [step.id for step in case.steps]
    after = ids.index(case.stage) + 1
    return case.steps[after] if after < len(ids) else None


def closed_stops(case: Case, until: str) -> tuple[Stop, ...]:
    """The times that do not count, a stop that lasts closed at `until`."""
    return tuple(Stop(moment(s.start), moment(s.end)) for s in _ended(case.stops, until))


def closed_waits(case: Case, until: str) -> tuple[Stop, ...]:
    """The times in which papers were awaited, one that lasts closed at `until`."""
    return tuple(Stop(moment(s.start), moment(s.end)) for s in _ended(case.waits, until))


def require_open(case: Case) -> None:
    """Raises the rule that says why nothing more can be done with the case."""
    if case.state == "voided":
        raise CaseVoided(number=case.number)
    if case.state in FINAL_STATES:
        raise CaseAlreadyFinished(number=case.number, at=case.finished_at[:10])


def require_step(case: Case, step_id: str) -> None:
    """Raises unless the named step is the present one and its clock may run."""
    require_open(case)
    if case.state == "supplement":
        raise ClockStands(number=case.number)
    if not case.stage:
        raise NoStepLeft(number=case.number)
    if step_id and step_id != case.stage:
        raise StepOutOfOrder(number=case.number, asked=step_id, now=case.stage)


def require_all_steps_done(case: Case) -> None:
    """Raises while a step of the published workflow is still open."""
    require_open(case)
    if case.state == "supplement":
        raise ClockStands(number=case.number)
    if case.stage:
        raise StepsOpen(number=case.number, now=case.stage)


def apply(case: Case | None, event: Event, private: str | None) -> Case:
    """The case after an event. `private` is the text of the private part, None once it was destroyed."""
    if event.kind == "case.accepted":
        return _accepted(event, private)
    if case is None:
        raise ValueError(f"{event.kind} of {event.subject} comes before its acceptance")
    return replace(_CHANGES[event.kind](case, event, private), revision=event.revision)


def changes_a_case(kind: str) -> bool:
    """Whether events of this kind change the state of a case."""
    return kind == "case.accepted" or kind in _CHANGES


def _accepted(event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.AcceptedPublic)
    told = _private(private, p.AcceptedPrivate)
    steps = told.steps if told and told.steps else public.steps
    hidden = told.title if told else None
    done = () if public.stage == steps[0].id else (StepDone(steps[0].id, public.received, event.at),)
    return Case(
        number=event.subject, item=public.item, category=public.category,
        title=public.title or hidden or Words("", "", ""), kind=public.kind,
        sensitivity=public.sensitivity, station=public.station, counter=public.counter,
        edition=public.edition, digest=public.digest, ticket=public.ticket, state="processing",
        revision=event.revision, received_at=public.received, accepted_at=event.at, clerk=event.actor,
        stage=public.stage, stage_since=event.at, times=_running(public), limits=public.limits,
        fee=public.fee, accepted_stage=public.stage, accepted_times=public.times, steps=steps,
        applicant=told.applicant if told else p.Applicant(""), answers=told.answers if told else {},
        materials=told.materials if told else (), token=told.token if told else "",
        agent=told.agent if told else None, trail=done, clock_stands=public.clock == "stop",
        stops=(p.StopSpan(event.at),) if public.clock == "stop" else (),
    )  # fmt: skip


def _running(public: p.AcceptedPublic) -> p.Times:
    # While a first step does not count no day is certain; the promise on paper is kept in `accepted_times`.
    return p.Times() if public.clock == "stop" else public.times


def _advanced(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.AdvancedPublic)
    told = _private(private, p.Opinion)
    done = StepDone(public.done, case.stage_since, event.at, told.text if told else "")
    moved = replace(
        case, stage=public.stage, stage_since=event.at, times=public.times, trail=(*case.trail, done)
    )
    return _with_clock(moved, public.clock, event.at)


def _stopped(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.StoppedPublic)
    told = _private(private, p.Opinion)
    stopped = replace(
        case, state="supplement", bring=public.bring, times=p.Times(), note=told.text if told else "",
        waits=(*case.waits, p.StopSpan(event.at)),
    )  # fmt: skip
    return _clock_stands(stopped, event.at)


def _resumed(case: Case, event: Event, _private_part: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.ResumedPublic)
    waits = _ended(case.waits, event.at)
    resumed = replace(case, state="processing", bring=(), times=public.times, waits=waits)
    return _with_clock(resumed, public.clock, event.at)


def _redated(case: Case, event: Event, _private_part: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.RedatedPublic)
    line = Redated(event.at, public.before, public.times, public.years)
    return replace(case, times=public.times, redated=(*case.redated, line))


def _finished(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.FinishedPublic)
    told = _private(private, p.FinishedPrivate)
    done = replace(
        case, state="finished", outcome=public.outcome, dossier=public.dossier, finished_at=event.at,
        result=told.result if told else "", note=told.note if told else "",
    )  # fmt: skip
    return _clock_runs(done, event.at)


def _delivered(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.DeliveredPublic)
    told = _private(private, p.DeliveredPrivate)
    receiver = told.receiver if told else ""
    return replace(case, state="delivered", delivered_at=event.at, receiver=receiver, dossier=public.dossier)


def _voided(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.VoidedPublic)
    told = _private(private, p.Opinion)
    reason = told.text if told else ""
    gone = replace(case, state="voided", void_reason=reason, dossier=public.dossier, finished_at=event.at)
    return _clock_runs(gone, event.at)


def _with_clock(case: Case, clock: ClockRun, at: str) -> Case:
    return _clock_stands(case, at) if clock == "stop" else _clock_runs(case, at)


def _clock_stands(case: Case, since: str) -> Case:
    if case.clock_stands:
        return case
    return replace(case, stops=(*case.stops, p.StopSpan(since)), clock_stands=True)


def _clock_runs(case: Case, since: str) -> Case:
    if not case.clock_stands:
        return case
    return replace(case, stops=_ended(case.stops, since), clock_stands=False)


def _ended(spans: tuple[p.StopSpan, ...], at: str) -> tuple[p.StopSpan, ...]:
    return tuple(span if span.end else p.StopSpan(span.start, at) for span in spans)


def _private(text: str | None, shape: type[Part]) -> Part | None:
    return msgspec.json.decode(text, type=shape) if text else None


_CHANGES: Mapping[str, Callable[[Case, Event, str | None], Case]] = {
    "case.advanced": _advanced,
    "case.stopped": _stopped,
    "case.resumed": _resumed,
    "case.redated": _redated,
    "case.finished": _finished,
    "case.delivered": _delivered,
    "case.voided": _voided,
}
