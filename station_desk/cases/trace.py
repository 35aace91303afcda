"""What a resident may see of a case: folded from public parts alone, so it can hold nothing personal.

The district folds it from the pushed events; the desk prints the token that leads to it. Ordinary items (S1)
are named; sensitive ones (S2) show only the roles that work on them; restricted ones (S3) have no trace at
all.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.event import Event
from station_desk.cases.handover_parts import TAKEN_OVER, TakenOverPublic, TransferredPublic, log_of
from station_desk.cases.step_back import STEP_BACK, StepTakenBackPublic
from station_desk.catalogue.flow import END, followers, reached_from
from station_desk.catalogue.item import Sensitivity, Words

TOKEN_BYTES = 16


class TraceStep(msgspec.Struct, frozen=True):
    """One step on the page: `name` is None for sensitive items, where only the role is shown."""

    id: str
    name: Words | None
    role: str
    limit: int
    unit: str
    done_at: str = ""
    next: tuple[p.WayPlan, ...] = ()


class Trace(msgspec.Struct, frozen=True):
    """Where a case stands, as the page shows it. `state` is that of the case."""

    number: str
    station: str
    title: Words | None
    state: str
    stage: str
    steps: tuple[TraceStep, ...]
    times: p.Times
    accepted_at: str
    updated_at: str
    revision: int
    trace: str
    clock_stands: bool = False
    bring: tuple[Words, ...] = ()
    bring_until: str = ""
    finished_at: str = ""
    delivered_at: str = ""
    outcome: str = ""
    notice_until: str = ""
    """While a public notice of the case hangs somewhere: its last day."""

    holder: str = ""
    """The log of the counter that took the case over; what others say of it after that does not count."""

    to: str = ""
    """The counter that the case is on its way to."""

    kept_state: str = ""


def ahead_of(trace: Trace) -> frozenset[str]:
    """The steps that may still come after the present one; of a case not yet accepted all of them."""
    if not trace.accepted_at:
        return frozenset(step.id for step in trace.steps)
    return frozenset(reached_from(trace.stage, followers(trace.steps)) - {trace.stage, END})


def passed_over(trace: Trace) -> frozenset[str]:
    """The steps that the case will not come to any more, because it took another way."""
    ahead = ahead_of(trace)
    return frozenset(
        step.id
        for step in trace.steps
        if not step.done_at and step.id not in ahead and step.id != trace.stage
    )


def new_token() -> str:
    """A fresh tracking token of 128 random bits, 22 characters that fit in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def trace_of(token: str) -> str:
    """What the district keeps of a token: its SHA-256, so that a stolen database opens no page."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_public_trace(sensitivity: Sensitivity) -> bool:
    """Whether cases of this sensitivity may be followed on the public page."""
    return sensitivity != "S3"


def may_be_named(sensitivity: Sensitivity) -> bool:
    """Whether the item and its steps may be named in public parts."""
    return sensitivity == "S1"


def may_be_followed(public: p.AcceptedPublic) -> bool:
    """Whether the case that begins so has a page: the desk decided, and the district does not rely on it."""
    return bool(public.trace) and has_public_trace(public.sensitivity)


def fold(trace: Trace | None, event: Event) -> Trace | None:
    """The trace after an event; None stays None for what is no public case."""
    return _folded(trace, event, _accepted)


def fold_every(trace: Trace | None, event: Event) -> Trace | None:
    """The same of any case, restricted ones too: to count them, never to be shown to anybody."""
    return _folded(trace, event, _begun)


def _folded(trace: Trace | None, event: Event, begin: Callable[[Event], Trace | None]) -> Trace | None:
    if event.kind == "case.accepted":
        return begin(event)
    if event.kind == "case.received":
        return _received(begin(event))
    if event.kind == TAKEN_OVER:
        return _taken_over(event, begin)
    change = _CHANGES.get(event.kind)
    if trace is None or change is None or trace.holder not in ("", log_of(event.writer)):
        return trace
    changed = change(trace, event)
    return msgspec.structs.replace(changed, updated_at=event.at, revision=event.revision)


def _accepted(event: Event) -> Trace | None:
    public = msgspec.json.decode(event.public, type=p.AcceptedPublic)
    return _begun(event) if may_be_followed(public) else None


def _begun(event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.AcceptedPublic)
    named = may_be_named(public.sensitivity)
    steps = tuple(
        TraceStep(
            s.id,
            s.name if named else None,
            s.role,
            s.limit,
            s.unit,
            event.at if n == 0 and public.stage != s.id else "",
            tuple(p.WayPlan(way.to) for way in s.next),
        )
        for n, s in enumerate(public.steps)
    )
    times = p.Times() if public.clock == "stop" else public.times
    return Trace(
        event.subject, public.station, public.title if named else None, "processing", public.stage, steps,
        times, event.at, event.at, event.revision, public.trace, public.clock == "stop",
    )  # fmt: skip


def _received(begun: Trace | None) -> Trace | None:
    if begun is None:
        return None
    steps = tuple(msgspec.structs.replace(step, done_at="") for step in begun.steps)
    return msgspec.structs.replace(
        begun, state="received", stage="", steps=steps, times=p.Times(), accepted_at="", clock_stands=False
    )


def _noticed(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.NoticedPublic)
    return msgspec.structs.replace(trace, state="noticed", bring=public.bring, bring_until=public.until)


def _completed(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.CompletedPublic)
    if public.open:
        return msgspec.structs.replace(trace, bring=public.left)
    return msgspec.structs.replace(trace, state="received", bring=(), bring_until="")


def _taken_on(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.TakenOnPublic)
    first, *others = trace.steps
    if public.stage != first.id:
        first = msgspec.structs.replace(first, done_at=event.at)
    stands = public.clock == "stop"
    return msgspec.structs.replace(
        trace, state="processing", stage=public.stage, steps=(first, *others), accepted_at=public.accepted,
        times=p.Times() if stands else public.times, clock_stands=stands,
    )  # fmt: skip


def _suspended(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.SuspendedPublic)
    return msgspec.structs.replace(
        trace, state="suspended", bring_until=public.until, times=p.Times(), clock_stands=True
    )


def _extended(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.ExtendedPublic)
    return msgspec.structs.replace(trace, times=public.times)


def _declined(trace: Trace, event: Event) -> Trace:
    return msgspec.structs.replace(trace, state="declined", finished_at=event.at, bring=(), bring_until="")


def _withdrawn(trace: Trace, event: Event) -> Trace:
    return msgspec.structs.replace(trace, state="withdrawn", finished_at=event.at, bring=(), bring_until="")


def _advanced(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.AdvancedPublic)
    steps = tuple(
        msgspec.structs.replace(step, done_at=event.at) if step.id == public.done else step
        for step in trace.steps
    )
    return msgspec.structs.replace(
        trace, steps=steps, stage=public.stage, times=public.times, clock_stands=public.clock == "stop"
    )


def _step_taken_back(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=StepTakenBackPublic)
    steps = tuple(
        msgspec.structs.replace(step, done_at="") if step.id == public.step else step for step in trace.steps
    )
    return msgspec.structs.replace(
        trace, steps=steps, stage=public.step, times=public.times, clock_stands=public.clock == "stop"
    )


def _stopped(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.StoppedPublic)
    return msgspec.structs.replace(
        trace,
        state="supplement",
        bring=public.bring,
        bring_until=public.until,
        times=p.Times(),
        clock_stands=True,
    )


def _resumed(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.ResumedPublic)
    return msgspec.structs.replace(
        trace,
        state="processing",
        bring=(),
        bring_until="",
        times=public.times,
        clock_stands=public.clock == "stop",
    )


def _redated(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.RedatedPublic)
    return msgspec.structs.replace(trace, times=public.times)


def _transferred(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=TransferredPublic)
    return msgspec.structs.replace(trace, state="transferred", kept_state=trace.state, to=public.to)


def _taken_back(trace: Trace, _event: Event) -> Trace:
    return _here_again(trace)


def _taken_over(event: Event, begin: Callable[[Event], Trace | None]) -> Trace | None:
    trace: Trace | None = None
    for one in msgspec.json.decode(event.public, type=TakenOverPublic).carried:
        trace = _folded(trace, one.event(), begin)
    if trace is None:
        return None
    return msgspec.structs.replace(
        _here_again(trace), holder=log_of(event.writer), updated_at=event.at, revision=event.revision
    )


def _here_again(trace: Trace) -> Trace:
    return msgspec.structs.replace(trace, state=trace.kept_state or trace.state, kept_state="", to="")


def _notice_posted(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.NoticePostedPublic)
    return msgspec.structs.replace(trace, notice_until=public.until)


def _notice_ended(trace: Trace, _event: Event) -> Trace:
    return msgspec.structs.replace(trace, notice_until="")


def _finished(trace: Trace, event: Event) -> Trace:
    public = msgspec.json.decode(event.public, type=p.FinishedPublic)
    return msgspec.structs.replace(trace, state="finished", finished_at=event.at, outcome=public.outcome)


def _delivered(trace: Trace, event: Event) -> Trace:
    return msgspec.structs.replace(trace, state="delivered", delivered_at=event.at)


def _voided(trace: Trace, event: Event) -> Trace:
    return msgspec.structs.replace(trace, state="voided", finished_at=event.at)


_CHANGES: Mapping[str, Callable[[Trace, Event], Trace]] = {
    "case.noticed": _noticed,
    "case.completed": _completed,
    "case.taken_on": _taken_on,
    "case.declined": _declined,
    "case.advanced": _advanced,
    STEP_BACK: _step_taken_back,
    "case.stopped": _stopped,
    "case.resumed": _resumed,
    "case.redated": _redated,
    "case.suspended": _suspended,
    "case.continued": _resumed,
    "case.extended": _extended,
    "case.notice_posted": _notice_posted,
    "case.notice_ended": _notice_ended,
    "case.transferred": _transferred,
    "case.taken_back": _taken_back,
    "case.withdrawn": _withdrawn,
    "case.finished": _finished,
    "case.delivered": _delivered,
    "case.voided": _voided,
}
