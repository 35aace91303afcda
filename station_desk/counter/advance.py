"""Takes a case along its published workflow: a step ends, the next begins, the clock stops or runs."""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case, step_of
from station_desk.cases.event import Fact
from station_desk.cases.number import read_number
from station_desk.cases.permits import NothingToBring, chosen_way, require_day, require_may, require_step
from station_desk.cases.times import times_now
from station_desk.catalogue.item import Words
from station_desk.core.clock import stamp
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import intend_papers
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


class Advance(msgspec.Struct, frozen=True):
    """Ends the present step. `step`, when given, must be that step: who acts on an old screen is told.

    `to` names the way on, a step or `end`, where the present step has several.
    """

    number: str
    step: str = ""
    opinion: str = ""
    to: str = ""


class AskSupplement(msgspec.Struct, frozen=True):
    """Stops the clock until the resident has brought the named materials, by the day `until` (ISO)."""

    number: str
    materials: tuple[str, ...]
    until: str
    note: str = ""


class TakeSupplement(msgspec.Struct, frozen=True):
    """The resident has brought what was asked: the clock runs on."""

    number: str


def advance(desk: Desk, wish: Advance, command: str) -> Done[Moved]:
    """The case after the step.

    Raises CaseUnknown, StepOutOfOrder, WayNeeded, NoSuchWay, NoStepLeft, ClockStands, CaseAlreadyFinished.
    """

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_step(case, wish.step)
        at = stamp(desk.clock())
        following = chosen_way(case, wish.to)
        stands = following is not None and following.clock == "stop"
        public = p.AdvancedPublic(
            case.stage, following.id if following else "",
            p.Times() if stands else times_now(desk.calendar_in(unit), case, at), "stop" if stands else "run",
        )  # fmt: skip
        return recorded(desk, unit, case.number, "case.advanced", public, p.Opinion(wish.opinion))

    return desk.once(Command(command, wish), Moved, act)


def ask_supplement(desk: Desk, wish: AskSupplement, command: str) -> Done[Moved]:
    """Stops the clock of a case until its papers are in.

    Raises CaseUnknown, ClockStands, CaseAlreadyFinished.
    """

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.stopped")
        require_day(wish.until, desk.clock().date())
        if not wish.materials:
            raise NothingToBring(number=case.number)
        public = p.StoppedPublic(named_for(desk, case, wish.materials), wish.until)
        return recorded(desk, unit, case.number, "case.stopped", public, p.Opinion(wish.note))

    return desk.once(Command(command, wish), Moved, act)


def take_supplement(desk: Desk, wish: TakeSupplement, command: str) -> Done[Moved]:
    """Lets the clock run on, with due days that leave the stop out. Raises CaseUnknown, ClockRuns."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.resumed")
        return recorded(desk, unit, case.number, "case.resumed", running_again(desk, unit, case), None)

    return desk.once(Command(command, wish), Moved, act)


def running_again(desk: Desk, unit: Unit, case: Case) -> p.ResumedPublic:
    """The clock runs on with days that leave the stop out, unless the present step does not count."""
    clock = step_of(case, case.stage).clock if case.stage else "run"
    now = stamp(desk.clock())
    times = p.Times() if clock == "stop" else times_now(desk.calendar_in(unit), case, now)
    return p.ResumedPublic(times, clock)


def named_for(desk: Desk, case: Case, materials: tuple[str, ...]) -> tuple[Words, ...]:
    """The names of materials as the edition of the case has them. Raises MaterialUnknown.

    A later edition may no longer know a paper that this case was accepted with.
    """
    known = {seen.key: seen.name for seen in case.materials}
    then = desk.under(case)
    return tuple(known.get(key) or then.material_name(key) for key in materials)


def recorded(
    desk: Desk, unit: Unit, number: str, kind: str, public: msgspec.Struct, private: msgspec.Struct | None
) -> Moved:
    """Writes the next event of a case, what it intends to print, and says where the case stands then."""
    revision = unit.subject_revision(number) + 1
    happened = Fact(number, revision, kind, stamp(desk.clock()), desk.actor, public, private)
    intend_papers(desk, unit, unit.record(happened))
    case = unit.case(number)
    return Moved(number, case.state, case.stage, case.times.promised, case.revision)
