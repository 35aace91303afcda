"""A case: one resident's request from the door to the delivery, as its events have made it.

The desk keeps the newest state in a table for its screens and can make it again from the log at any time;
`verify` compares the two. What may happen next says `permits.py`; what an event changes says `changes.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from station_desk.cases import parts as p
from station_desk.cases.deadlines import Stop
from station_desk.cases.seal import Certificate
from station_desk.catalogue.flow import followers, reached_from
from station_desk.catalogue.item import Sensitivity, Words
from station_desk.core.clock import moment

State = Literal[
    "received", "noticed", "processing", "supplement", "suspended", "transferred",
    "finished", "delivered", "declined", "withdrawn", "voided",
]  # fmt: skip
"""收件, 一次性告知, 办理中, 补正, 中止, 已转交其他窗口, 办结, 送达, 不予受理, 撤回, 作废."""

BEFORE_ACCEPTANCE: frozenset[State] = frozenset({"received", "noticed"})
OPEN_STATES: frozenset[State] = BEFORE_ACCEPTANCE | {"processing", "supplement", "suspended"}
FINAL_STATES: frozenset[State] = frozenset({"finished", "delivered", "declined", "withdrawn", "voided"})


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step that ended: when it began and ended, and what was found."""

    id: str
    began: str
    ended: str
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class StepBack:
    """A step was ended by mistake at `ended` and taken back at `at`."""

    step: str
    ended: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """The papers of a case on their way: to whom, when, what came back. `returned` is empty meanwhile."""

    role: str
    sent: str
    back_by: str = ""
    body: str = ""
    papers: tuple[p.PaperSent, ...] = ()
    signature: str = ""
    returned: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Redated:
    """A line of the history: the due days were counted again, because calendar years changed."""

    at: str
    before: p.Times
    after: p.Times
    years: tuple[p.YearNotice, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """A public notice of the case. `ended` is empty while it hangs there."""

    start: str
    until: str
    place: str = ""
    phone: str = ""
    lines: tuple[p.NoticeLine, ...] = ()
    ended: str = ""
    objections: bool = False
    note: str = ""
    objection: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The case left one counter for another; `taken` and `back` are empty while neither is known."""

    at: str
    source: str
    to: str
    taken: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One resident's request from acceptance to delivery, as its events have made it.

    `stops` are the times that do not count against its limits, `waits` those in which the work itself waited:
    for papers, or suspended. `kept_state` is the state in which a case that was handed over goes on. Once
    `erased_at` is told, nothing of a person is left.
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
    clock_stands: bool = False
    away: Away | None = None
    trips: tuple[Away, ...] = ()
    follow_ups: tuple[p.FollowUp, ...] = ()
    defects: tuple[str, ...] = ()
    notices: int = 0
    silent: bool = False
    waits: tuple[p.StopSpan, ...] = ()
    redated: tuple[Redated, ...] = ()
    postings: tuple[Posting, ...] = ()
    bundle: str = ""
    bundled: tuple[str, ...] = ()
    handed: tuple[HandOver, ...] = ()
    kept_state: State | None = None
    repeat_reason: str = ""
    certificates: tuple[Certificate, ...] = ()
    erased_at: str = ""
    steps_back: tuple[StepBack, ...] = ()


def step_of(case: Case, step_id: str) -> p.StepPlan:
    """The published step of that id, as it was when the case was accepted."""
    return next(step for step in case.steps if step.id == step_id)


def ways_on(case: Case) -> tuple[p.WayPlan, ...]:
    """The ways out of the present step: to a step by its id, or to the end."""
    return step_of(case, case.stage).next or tuple(p.WayPlan(to) for to in followers(case.steps)[case.stage])


def passed_over(case: Case) -> frozenset[str]:
    """The steps that the case will not come to any more, because it took another way."""
    if not case.accepted_at:
        return frozenset()
    ahead = reached_from(case.stage, followers(case.steps)) if case.stage else set()
    done = {step.id for step in case.trail}
    return frozenset(step.id for step in case.steps if step.id not in ahead | done)


def valid_certificates(case: Case) -> tuple[Certificate, ...]:
    """The certificates of the case that were sealed and not voided."""
    return tuple(one for one in case.certificates if not one.voided)


def posting_up(case: Case) -> Posting | None:
    """The public notice that hangs there now."""
    return case.postings[-1] if case.postings and not case.postings[-1].ended else None


def closed_stops(case: Case, until: str) -> tuple[Stop, ...]:
    """The times that do not count, a stop that lasts closed at `until`."""
    return tuple(Stop(moment(s.start), moment(s.end)) for s in ended_spans(case.stops, until))


def closed_waits(case: Case, until: str) -> tuple[Stop, ...]:
    """The times in which the work waited, one that lasts closed at `until`."""
    return tuple(Stop(moment(s.start), moment(s.end)) for s in ended_spans(case.waits, until))


def ended_spans(spans: tuple[p.StopSpan, ...], at: str) -> tuple[p.StopSpan, ...]:
    """The spans as they are when what lasts ends `at` that moment."""
    return tuple(span if span.end else p.StopSpan(span.start, at) for span in spans)
