"""What each kind of event makes of a case: the state machine of the counter, by pure functions."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import (
    Away,
    Case,
    HandOver,
    Posting,
    Redated,
    State,
    StepDone,
    ended_spans,
    posting_up,
)
from station_desk.cases.data_rights import (
    CORRECTED,
    ERASED,
    CorrectedPrivate,
    CorrectedPublic,
    corrected,
    erased,
)
from station_desk.cases.event import Event
from station_desk.cases.handover_parts import (
    TAKEN_OVER,
    TakenOverPublic,
    TransferredPublic,
    secrets_of,
)
from station_desk.cases.permits import MAY_HAPPEN
from station_desk.cases.seal import (
    CERTIFIED,
    VOIDED,
    Certificate,
    CertificateVoidedPublic,
    CertifiedPrivate,
    CertifiedPublic,
)
from station_desk.cases.step_back import STEP_BACK, stepped_back
from station_desk.catalogue.item import ClockRun, Words

if TYPE_CHECKING:
    # The same to a reader of types, who then knows the fields.
    from dataclasses import replace
else:
    from station_desk.core.quick_replace import replace

Part = TypeVar("Part", bound=msgspec.Struct)
FIRST = ("case.accepted", "case.received")


def apply(case: Case | None, event: Event, private: str | None) -> Case:
    """The case after an event. `private` is the text of the private part, None once it was destroyed."""
    if event.kind == "case.accepted":
        return _accepted(event, private)
    if event.kind == "case.received":
        return _received(event, private)
    if case is None and event.kind == TAKEN_OVER:
        return _taken_over(event, private)
    if case is None:
        raise ValueError(f"{event.kind} of {event.subject} comes before its beginning")
    if case.state not in MAY_HAPPEN[event.kind] or case.erased_at:
        raise ValueError(f"{event.kind} cannot happen to {event.subject} while it is {case.state}")
    if event.kind == TAKEN_OVER:
        return _taken_over(event, private)
    return replace(_CHANGES[event.kind](case, event, private), revision=event.revision)


def changes_a_case(kind: str) -> bool:
    """Whether events of this kind change the state of a case."""
    return kind in (*FIRST, TAKEN_OVER) or kind in _CHANGES


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
        stops=(p.StopSpan(event.at),) if public.clock == "stop" else (), follow_ups=public.follow_ups,
        bundle=public.bundle, bundled=public.bundled, repeat_reason=told.repeat_reason if told else "",
    )  # fmt: skip


def _received(event: Event, private: str | None) -> Case:
    # The same parts as an acceptance, but nothing counts yet: no step has begun, no day is promised.
    begun = _accepted(event, private)
    return replace(
        begun, state="received", accepted_at="", stage="", times=p.Times(), accepted_stage="",
        accepted_times=p.Times(), trail=(), stops=(), clock_stands=False,
    )  # fmt: skip


def _noticed(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.NoticedPublic)
    told = _private(private, p.NoticedPrivate)
    defects = told.defects if told else ()
    return replace(case, state="noticed", bring=public.bring, defects=defects, notices=case.notices + 1)


def _completed(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.CompletedPublic)
    told = _private(private, p.CompletedPrivate)
    answers, materials = (told.answers, told.materials) if told else (case.answers, case.materials)
    return replace(
        case, state="noticed" if public.open else "received", bring=public.left,
        defects=told.defects if told else (), answers=answers, materials=materials,
    )  # fmt: skip


def _taken_on(case: Case, event: Event, _private_part: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.TakenOnPublic)
    first = case.steps[0].id
    done = () if public.stage == first else (StepDone(first, case.received_at, event.at),)
    taken = replace(
        case, state="processing", accepted_at=public.accepted, stage=public.stage, stage_since=event.at,
        times=public.times if public.clock == "run" else p.Times(), accepted_stage=public.stage,
        accepted_times=public.times, trail=done, silent=public.silent,
    )  # fmt: skip
    return _with_clock(taken, public.clock, event.at)


def _declined(case: Case, event: Event, private: str | None) -> Case:
    return _ended(case, event, private, "declined")


def _withdrawn(case: Case, event: Event, private: str | None) -> Case:
    return _ended(case, event, private, "withdrawn")


def _ended(case: Case, event: Event, private: str | None, state: State) -> Case:
    public = msgspec.json.decode(event.public, type=p.EndedPublic)
    told = _private(private, p.Reason)
    ended = replace(
        case, state=state, outcome=state, dossier=public.dossier, finished_at=event.at, bring=(),
        note=told.text if told else "", away=None, waits=ended_spans(case.waits, event.at),
    )  # fmt: skip
    return _clock_runs(ended, event.at)


def _suspended(case: Case, event: Event, private: str | None) -> Case:
    told = _private(private, p.Reason)
    stopped = replace(
        case, state="suspended", times=p.Times(), note=told.text if told else "",
        waits=(*case.waits, p.StopSpan(event.at)),
    )  # fmt: skip
    return _clock_stands(stopped, event.at)


def _extended(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.ExtendedPublic)
    told = _private(private, p.Reason)
    limits = msgspec.structs.replace(case.limits, promised=public.promised)
    return replace(case, limits=limits, times=public.times, note=told.text if told else "")


def _forwarded(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.ForwardedPublic)
    told = _private(private, p.ForwardedPrivate)
    body, papers, signature = (told.body, told.papers, told.signature) if told else ("", (), "")
    return replace(case, away=Away(public.role, event.at, public.back_by, body, papers, signature))


def _returned(case: Case, event: Event, private: str | None) -> Case:
    if case.away is None:
        raise ValueError(f"the papers of {event.subject} come back without having left")
    told = _private(private, p.ReturnedPrivate)
    trip = replace(case.away, returned=event.at, opinion=told.opinion if told else "")
    return replace(case, away=None, trips=(*case.trips, trip))


def _followed_up(case: Case, event: Event, _private_part: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.FollowedUpPublic)
    follow_ups = tuple(
        msgspec.structs.replace(f, done=event.at, outcome=public.outcome) if f.key == public.key else f
        for f in case.follow_ups
    )
    return replace(case, follow_ups=follow_ups)


def _notice_posted(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=p.NoticePostedPublic)
    told = _private(private, p.NoticePostedPrivate)
    place, phone, lines = (told.place, told.phone, told.lines) if told else ("", "", ())
    up = Posting(public.start, public.until, place, phone, lines)
    return replace(case, postings=(*case.postings, up))


def _notice_ended(case: Case, event: Event, private: str | None) -> Case:
    up = posting_up(case)
    if up is None:
        raise ValueError(f"a notice of {event.subject} comes down without having been posted")
    public = msgspec.json.decode(event.public, type=p.NoticeEndedPublic)
    told = _private(private, p.NoticeEndedPrivate)
    note, objection = (told.note, told.objection) if told else ("", "")
    ended = replace(up, ended=public.on, objections=public.objections, note=note, objection=objection)
    return replace(case, postings=(*case.postings[:-1], ended))


def _transferred(case: Case, event: Event, _private_part: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=TransferredPublic)
    handed = HandOver(event.at, public.source, public.to)
    return replace(case, state="transferred", kept_state=case.state, handed=(*case.handed, handed))


def _taken_back(case: Case, event: Event, _private_part: str | None) -> Case:
    return _here_again(case, replace(case.handed[-1], back=event.at))


def _taken_over(event: Event, private: str | None) -> Case:
    secrets = secrets_of(private)
    case: Case | None = None
    for one in msgspec.json.decode(event.public, type=TakenOverPublic).carried:
        if changes_a_case(one.kind):
            secret = secrets.get((one.writer, one.seq))
            case = apply(case, one.event(), secret.text if secret else None)
    if case is None or case.state != "transferred":
        raise ValueError(f"{event.subject} is taken over without having been handed over")
    return replace(_here_again(case, replace(case.handed[-1], taken=event.at)), revision=event.revision)


def _here_again(case: Case, handed: HandOver) -> Case:
    if case.kept_state is None:
        raise ValueError(f"{case.number} was not handed over")
    return replace(case, state=case.kept_state, kept_state=None, handed=(*case.handed[:-1], handed))


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


def _step_taken_back(case: Case, event: Event, private: str | None) -> Case:
    told = _private(private, p.Opinion)
    return stepped_back(case, event, told.text if told else "")


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
    waits = ended_spans(case.waits, event.at)
    resumed = replace(case, state="processing", bring=(), times=public.times, note="", waits=waits)
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
    gone = replace(
        case, state="voided", void_reason=reason, dossier=public.dossier, finished_at=event.at,
        waits=ended_spans(case.waits, event.at),
    )  # fmt: skip
    return _clock_runs(gone, event.at)


def _certified(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=CertifiedPublic)
    told = _private(private, CertifiedPrivate)
    said = msgspec.structs.asdict(told) if told else {}
    made = Certificate(public.seal, event.at, event.actor, public.copies, public.again, **said)
    return replace(case, certificates=(*case.certificates, made), dossier=public.dossier or case.dossier)


def _certificate_voided(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=CertificateVoidedPublic)
    told = _private(private, p.Opinion)
    certificates = tuple(
        replace(one, voided=event.at, reason=told.text if told else "") if one.seal == public.seal else one
        for one in case.certificates
    )
    return replace(case, certificates=certificates, dossier=public.dossier or case.dossier)


def _corrected(case: Case, event: Event, private: str | None) -> Case:
    public = msgspec.json.decode(event.public, type=CorrectedPublic)
    told = _private(private, CorrectedPrivate)
    return replace(corrected(case, told.values if told else {}), dossier=public.dossier or case.dossier)


def _erased(case: Case, event: Event, _private_part: str | None) -> Case:
    return erased(case, event.at)


def _with_clock(case: Case, clock: ClockRun, at: str) -> Case:
    return _clock_stands(case, at) if clock == "stop" else _clock_runs(case, at)


def _clock_stands(case: Case, since: str) -> Case:
    if case.clock_stands:
        return case
    return replace(case, stops=(*case.stops, p.StopSpan(since)), clock_stands=True)


def _clock_runs(case: Case, since: str) -> Case:
    if not case.clock_stands:
        return case
    return replace(case, stops=ended_spans(case.stops, since), clock_stands=False)


def _private(text: str | None, shape: type[Part]) -> Part | None:
    return msgspec.json.decode(text, type=shape) if text else None


_CHANGES: Mapping[str, Callable[[Case, Event, str | None], Case]] = {
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
    "case.forwarded": _forwarded,
    "case.returned": _returned,
    "case.followed_up": _followed_up,
    "case.notice_posted": _notice_posted,
    "case.notice_ended": _notice_ended,
    "case.transferred": _transferred,
    "case.taken_back": _taken_back,
    "case.withdrawn": _withdrawn,
    "case.voided": _voided,
    "case.finished": _finished,
    "case.delivered": _delivered,
    CERTIFIED: _certified,
    VOIDED: _certificate_voided,
    CORRECTED: _corrected,
    ERASED: _erased,
}
