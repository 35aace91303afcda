"""Random walks of cases through the published workflows, by the pure rules alone: no disk, no window.

A walk starts with an intake or an acceptance and takes legal turns at random until the case has ended. After
every turn the case must be in a defined state, and its clock must be accounted for.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import (
    BEFORE_ACCEPTANCE,
    FINAL_STATES,
    OPEN_STATES,
    Case,
    posting_up,
    step_of,
    valid_certificates,
    ways_on,
)
from station_desk.cases.changes import apply
from station_desk.cases.data_rights import CorrectedPublic
from station_desk.cases.event import Event, Fact, Head, Secret, head_of, seal
from station_desk.cases.handover import packet_of, sound_case, taken_over
from station_desk.cases.handover_parts import TAKEN_OVER, TakenBackPublic, TransferredPublic
from station_desk.cases.notice import notice_step
from station_desk.cases.permits import MAY_HAPPEN, NOT_WHILE_PUBLIC, chosen_way
from station_desk.cases.seal import CertificateVoidedPublic, CertifiedPublic, SealNumber
from station_desk.cases.step_back import (
    STEP_BACK,
    StepTakenBackPublic,
    at_the_step_again,
    require_step_back,
    since_the_end,
)
from station_desk.cases.times import times_now, times_of
from station_desk.cases.trace import Trace, fold
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.catalogue.item import Item, Words
from station_desk.core.clock import CHINA, stamp
from station_desk.core.errors import RuleError
from station_desk.counter.accept import first_stage, steps_of

PAPER = Words("材料", "材料", "paper")
MOST_TURNS = 400
MOST_HANDS = 4
NUMBER = "QSQ001-x"
COUNTERS = ("02", "03", "04")
TURNS_TO_THE_END = (
    "case.advanced", "case.finished", "case.resumed", "case.continued", "case.returned", "case.notice_ended",
    "case.taken_over",
)  # fmt: skip


@dataclass
class Walk:
    """One case under way: what it is now, the logs of the counters it came to, the time."""

    calendar: WorkingCalendar
    item: Item
    dice: Random
    now: datetime
    case: Case | None = None
    trace: Trace | None = None
    counter: str = "02"
    logs: dict[str, list[tuple[Event, Secret | None]]] = field(default_factory=dict)
    dossiers: int = 0
    turns: int = 0
    ends: list[Case] = field(default_factory=list)
    """The case before each end of a step that still stands."""

    steps_back: int = 0

    def at(self) -> str:
        """The present moment as the log writes it."""
        return stamp(self.now)

    def events(self) -> list[Event]:
        """All that happened, at whatever counter, in order."""
        return sorted((event for log in self.logs.values() for event, _ in log), key=lambda e: e.revision)

    def wait(self) -> None:
        """Time goes by: minutes, hours or days."""
        self.now += timedelta(minutes=self.dice.choice((1, 30, 300, 1440, 4320)))


def walk(calendar: WorkingCalendar, item: Item, dice: Random) -> Walk:
    """A case from its beginning to its end. Raises AssertionError at the first turn that breaks a promise."""
    start = datetime(2023, 1, 3, 9, tzinfo=CHINA) + timedelta(days=dice.randrange(1300))
    going = Walk(calendar, item, dice, start)
    _happen(going, dice.choice(("case.accepted", "case.received")))
    while going.case and going.case.state not in FINAL_STATES:
        going.wait()
        _happen(going, _next_turn(going))
        assert going.turns <= MOST_TURNS, f"{item.code} does not end"
    return going


def legal_turns(going: Walk, case: Case) -> list[str]:
    """The kinds of event that the rules allow now."""
    turns = [kind for kind, states in MAY_HAPPEN.items() if case.state in states]
    fit = [kind for kind in turns if kind != STEP_BACK and _fits(case, kind)]
    return [*fit, STEP_BACK] if STEP_BACK in turns and _may_step_back(going, case) else fit


def _may_step_back(going: Walk, case: Case) -> bool:
    try:
        require_step_back(case, "", since_the_end(going.events()), going.now)
    except RuleError:
        return False
    return True


def _fits(case: Case, kind: str) -> bool:
    if kind in NOT_WHILE_PUBLIC and posting_up(case):
        return False
    match kind:
        case "case.advanced":
            return bool(case.stage) and not case.away
        case "case.forwarded":
            return bool(case.stage) and not case.away
        case "case.returned":
            return case.away is not None
        case "case.finished":
            return not case.stage
        case "case.followed_up":
            return any(not f.done for f in case.follow_ups)
        case "case.transferred":
            return len(case.handed) < MOST_HANDS
        case "case.notice_posted":
            return notice_step(case) is not None and posting_up(case) is None
        case "case.notice_ended":
            return posting_up(case) is not None
        case "case.certificate_voided":
            return bool(valid_certificates(case))
        case "case.withdrawn" | "case.voided":
            return not valid_certificates(case)
        case _:
            return True


def _next_turn(going: Walk) -> str:
    assert going.case
    turns = legal_turns(going, going.case)
    assert turns, f"{going.item.code}: no way out of {going.case.state}"
    # The longer a walk, the straighter it goes.
    straight = [turn for turn in turns if turn in TURNS_TO_THE_END]
    if straight and going.dice.random() < 0.5 + going.turns / MOST_TURNS:
        return going.dice.choice(straight)
    return going.dice.choice(turns)


def _happen(going: Walk, kind: str) -> None:
    public = _begin(going, kind) if going.case is None else _turn(going, going.case, kind)
    if kind == TAKEN_OVER and going.case:
        public = _arrive(going, going.case)
    log = going.logs.setdefault(going.counter, [])
    fact = Fact(NUMBER, going.turns + 1, kind, going.at(), "clerk", public)
    head = head_of(log[-1][0]) if log else Head()
    event, _ = seal(fact, f"QSQ001.{going.counter}", head, f"c{going.turns}")
    before, going.case = going.case, apply(going.case, event, None)
    going.trace = fold(going.trace, event)
    log.append((event, None))
    going.turns += 1
    _check(going, going.case)
    if kind == "case.advanced" and before:
        going.ends.append(before)
    if kind == STEP_BACK:
        _check_stepped_back(going, going.ends.pop(), going.case)
    if kind == TAKEN_OVER and before:
        _check_arrived(going, before, going.case)


def _arrive(going: Walk, case: Case) -> msgspec.Struct:
    """The case arrives at another counter in a packet that holds together."""
    source, to = case.handed[-1].source, case.handed[-1].to
    packet = packet_of(NUMBER, going.logs[source])
    assert sound_case(packet, "QSQ001", source, to) == case
    going.counter = to
    return taken_over(packet, source, to)[0]


def _check_arrived(going: Walk, before: Case, after: Case) -> None:
    """Nothing but where it is has changed: neither a clock nor a step got lost on the way."""
    same = replace(
        after,
        handed=before.handed,
        state=before.state,
        kept_state=before.kept_state,
        revision=before.revision,
    )
    assert same == before, f"{going.item.code} turn {going.turns}: it lost something on its way"
    assert after.state == before.kept_state
    assert apply(None, going.logs[going.counter][-1][0], None) == after
    assert going.trace is None or going.trace.holder == f"QSQ001.{going.counter}"


def _check_stepped_back(going: Walk, before: Case, after: Case) -> None:
    """The step and its clock are as if it had never ended, and the days are counted through."""
    where = f"{going.item.code} turn {going.turns}: the step was not taken back whole"
    kept = ("stage", "stage_since", "trail", "stops", "waits", "clock_stands", "state", "trips", "away")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept], where
    through = times_now(going.calendar, replace(before, limits=after.limits), going.at())
    assert after.times == (p.Times() if before.clock_stands else through), where
    going.steps_back += 1


def _begin(going: Walk, kind: str) -> msgspec.Struct:
    item = going.item
    steps = steps_of(item)
    stage, clock = first_stage(steps)
    limits = p.Limits(item.limit.promised, item.limit.statutory, item.limit.unit, item.limit.start)
    times = times_of(going.calendar, limits, going.at(), going.at())
    trust = (p.FollowUp("event_proof", "bring", "2026-12-04"),) if kind == "case.accepted" else ()
    return p.AcceptedPublic(
        item=item.code, category=item.category, title=item.name, kind=item.kind, sensitivity=item.sensitivity,
        station="QSQ001", counter="02", edition="1", digest="d", received=going.at(), ticket="", trace="t",
        steps=steps, limits=limits, fee=item.fee, stage=stage, times=times, clock=clock, follow_ups=trust,
    )  # fmt: skip


def _turn(going: Walk, case: Case, kind: str) -> msgspec.Struct:
    at = going.at()
    match kind:
        case "case.noticed":
            return p.NoticedPublic((PAPER,), at[:10])
        case "case.completed":
            partly = p.CompletedPublic((PAPER,), open=True)
            return partly if going.dice.random() < 0.2 else p.CompletedPublic()
        case "case.taken_on":
            stage, clock = first_stage(case.steps)
            return p.TakenOnPublic(
                at, stage, times_of(going.calendar, case.limits, case.received_at, at), clock
            )
        case "case.advanced":
            following = chosen_way(case, going.dice.choice(ways_on(case)).to)
            stands = following is not None and following.clock == "stop"
            times = p.Times() if stands else times_now(going.calendar, case, at)
            return p.AdvancedPublic(
                case.stage, following.id if following else "", times, "stop" if stands else "run"
            )
        case "case.step_taken_back":
            again = at_the_step_again(case)
            clock = step_of(case, again.stage).clock
            times = p.Times() if clock == "stop" else times_now(going.calendar, again, at)
            return StepTakenBackPublic(again.stage, times, clock)
        case "case.stopped":
            return p.StoppedPublic((PAPER,), at[:10])
        case "case.resumed" | "case.continued":
            clock = step_of(case, case.stage).clock if case.stage else "run"
            return p.ResumedPublic(
                p.Times() if clock == "stop" else times_now(going.calendar, case, at), clock
            )
        case "case.redated":
            times = p.Times() if case.clock_stands else times_now(going.calendar, case, at)
            return p.RedatedPublic(case.times, times, (p.YearNotice(2027, "provisional"),))
        case "case.extended":
            longer = msgspec.structs.replace(case.limits, promised=case.limits.promised + 5)
            times = p.Times() if case.clock_stands else times_now(going.calendar, case, at, longer)
            return p.ExtendedPublic(longer.promised, times)
        case "case.corrected":
            return CorrectedPublic(("applicant.phone",))
        case _:
            return _plain_turn(going, case, kind)


def _plain_turn(going: Walk, case: Case, kind: str) -> msgspec.Struct:
    match kind:
        case "case.suspended":
            return p.SuspendedPublic()
        case "case.forwarded":
            return p.ForwardedPublic(step_of(case, case.stage).role)
        case "case.returned":
            return p.ReturnedPublic()
        case "case.followed_up":
            return p.FollowedUpPublic(next(f.key for f in case.follow_ups if not f.done), "brought")
        case "case.transferred":
            elsewhere = [counter for counter in COUNTERS if counter != going.counter]
            return TransferredPublic(going.counter, going.dice.choice(elsewhere))
        case "case.taken_back" | "case.taken_over":
            return TakenBackPublic(going.logs[going.counter][-1][0].hash)
        case "case.notice_posted":
            return p.NoticePostedPublic(going.at()[:10], going.at()[:10])
        case "case.notice_ended":
            return p.NoticeEndedPublic(going.at()[:10], objections=going.dice.random() < 0.5)
        case "case.certified":
            return CertifiedPublic(str(SealNumber("QSQ001", 2026, going.counter, going.turns)), 1)
        case "case.certificate_voided":
            return CertificateVoidedPublic(valid_certificates(case)[-1].seal)
        case "case.finished":
            going.dossiers += 1
            return p.FinishedPublic("granted", going.dossiers)
        case _:
            going.dossiers += 1
            return p.EndedPublic(going.dossiers)


def _check(going: Walk, case: Case) -> None:
    where = f"{going.item.code} turn {going.turns}: {case.state}"
    assert case.state in OPEN_STATES | FINAL_STATES | {"transferred"}, where
    if going.trace:
        assert going.trace.state == case.state, f"{where}: the page says {going.trace.state}"
        if case.state == "processing":
            page, done = going.trace, {step.id for step in going.trace.steps if step.done_at}
            shown = (page.stage, page.times, page.clock_stands, done)
            ours = (case.stage, case.times, case.clock_stands, {step.id for step in case.trail})
            assert shown == ours, f"{where}: the page shows {shown}, the case {ours}"
    assert case.clock_stands == any(not stop.end for stop in case.stops), f"{where}: the clock is lost"
    assert sum(not stop.end for stop in case.stops) <= 1, f"{where}: two stops at once"
    assert all(stop.start <= stop.end for stop in case.stops if stop.end), where
    if case.state in BEFORE_ACCEPTANCE:
        assert not case.accepted_at, where
    if case.state == "processing":
        assert bool(case.times.promised) != case.clock_stands, f"{where}: {case.times}"
        assert case.stage == "" or case.stage in {step.id for step in case.steps}, where
    if case.state in ("supplement", "suspended"):
        assert case.clock_stands, where
    if case.state == "transferred":
        assert case.kept_state in OPEN_STATES, where
    if case.state in FINAL_STATES:
        assert not case.clock_stands, where
        assert all(wait.end for wait in case.waits), f"{where}: it still waits"
        assert case.dossier, where
        assert posting_up(case) is None, f"{where}: it still hangs on a wall"
