"""What happens before acceptance: intake, the one-time notice of all defects, acceptance, refusal, silence.

Who hands something in gets a number at once. Within five working days the station must accept, tell all
defects at once, or refuse; a case about which nothing was told counts as accepted on the day of its receipt
(Administrative Licensing Law art. 32).
"""

from datetime import date

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.deadlines import due
from station_desk.cases.event import Fact
from station_desk.cases.number import read_number
from station_desk.cases.parts import How
from station_desk.cases.permits import NothingToBring, require_day, require_may, require_reason
from station_desk.cases.times import times_of
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.core.clock import moment, stamp
from station_desk.counter.accept import beginning, end_ticket, first_stage, new_number
from station_desk.counter.advance import named_for, recorded
from station_desk.counter.answers import Moved
from station_desk.counter.application import (
    Application,
    certificate_faults,
    faults_of,
    papers_seen,
    require_acceptable,
    require_receivable,
    tidy,
)
from station_desk.counter.desk import Desk
from station_desk.counter.finish import next_dossier
from station_desk.counter.papers.journal import intend_papers
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

SILENCE_DAYS = 5
"""Working days after receipt in which the station must have spoken."""


class Receive(msgspec.Struct, frozen=True):
    """An application as it was handed in; it may still have faults."""

    application: Application


class GiveNotice(msgspec.Struct, frozen=True):
    """All defects at once: materials to bring by key, each defect in words, until the day `until` (ISO)."""

    number: str
    materials: tuple[str, ...]
    until: str
    defects: tuple[str, ...] = ()


class TakeCompletion(msgspec.Struct, frozen=True):
    """What was missing is in: the answers and the materials as they are now."""

    number: str
    answers: dict[str, str]
    materials: dict[str, How]


class TakeOn(msgspec.Struct, frozen=True):
    """Accepts a received case."""

    number: str


class Decline(msgspec.Struct, frozen=True):
    """Refuses to accept (不予受理): why, by what law, who is competent instead."""

    number: str
    reason: str
    basis: str
    body: str = ""


class AcceptSilent(msgspec.Struct, frozen=True):
    """Accepts every case about which the station was silent for too long, as of the day `today` (ISO)."""

    today: str


class SilentlyAccepted(msgspec.Struct, frozen=True):
    """The numbers of the cases that count as accepted."""

    numbers: tuple[str, ...]


def receive(desk: Desk, wish: Receive, command: str) -> Done[Moved]:
    """A received case with its number, its receipt meant to be printed.

    Raises ItemUnknown, ApplicationFaulty when nobody can be named.
    """
    return desk.once(Command(command, wish), Moved, lambda unit: received_in(desk, unit, wish.application))


def received_in(desk: Desk, unit: Unit, written: Application) -> Moved:
    """Writes the receipt of an application, its paper and the end of its ticket into a unit."""
    application = tidy(written)
    item = desk.item(application.item)
    require_receivable(application, item, desk.catalogue, desk.clock().date())
    at = stamp(desk.clock())
    number = new_number(desk, unit)
    public, private = beginning(desk, unit, item, application, at)
    happened = Fact(number, 1, "case.received", at, desk.actor, public, private)
    intend_papers(desk, unit, unit.record(happened))
    end_ticket(desk, unit, application.ticket, {item.code: number})
    return Moved(number, "received", "", "", 1)


def give_notice(desk: Desk, wish: GiveNotice, command: str) -> Done[Moved]:
    """Tells all defects of a received case at once. Raises CaseUnknown, AlreadyAccepted, NothingToBring."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.noticed")
        require_day(wish.until, desk.clock().date())
        if not wish.materials and not wish.defects:
            raise NothingToBring(number=case.number)
        told = p.NoticedPrivate(wish.defects)
        public = p.NoticedPublic(named_for(desk, case, wish.materials), wish.until)
        return recorded(desk, unit, case.number, "case.noticed", public, told)

    return desk.once(Command(command, wish), Moved, act)


def take_completion(desk: Desk, wish: TakeCompletion, command: str) -> Done[Moved]:
    """The case with its papers, waiting to be accepted. Raises CaseUnknown, AlreadyAccepted."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.completed")
        now = application_of(case, wish.answers, wish.materials)
        then = desk.under(case)
        require_acceptable(certificate_faults(now.answers, then.item(case.item), then.catalogue))
        papers = papers_seen(now, then.item(case.item), then.catalogue)
        told = p.CompletedPrivate(now.answers, papers)
        return recorded(desk, unit, case.number, "case.completed", p.CompletedPublic(), told)

    return desk.once(Command(command, wish), Moved, act)


def take_on(desk: Desk, wish: TakeOn, command: str) -> Done[Moved]:
    """The accepted case, its receipt meant to be printed. Raises ApplicationFaulty, AlreadyAccepted."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.taken_on")
        shown: dict[str, How] = {paper.key: paper.how for paper in case.materials}
        form = application_of(case, dict(case.answers), shown)
        then = desk.under(case)
        require_acceptable(faults_of(form, then.item(case.item), then.catalogue, desk.clock().date()))
        return _taken_on(desk, unit, case, stamp(desk.clock()), silent=False)

    return desk.once(Command(command, wish), Moved, act)


def decline(desk: Desk, wish: Decline, command: str) -> Done[Moved]:
    """The refused case; its reason goes onto paper. Raises CaseUnknown, AlreadyAccepted, ReasonNeeded."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.declined")
        told = p.Reason(require_reason(case, wish.reason), require_reason(case, wish.basis), wish.body)
        return recorded(desk, unit, case.number, "case.declined", p.EndedPublic(next_dossier(unit)), told)

    return desk.once(Command(command, wish), Moved, act)


def accept_silent(desk: Desk, wish: AcceptSilent, command: str) -> Done[SilentlyAccepted]:
    """Accepts by silence what lies too long: run at every start and every morning; twice changes nothing."""

    def act(unit: Unit) -> SilentlyAccepted:
        today = date.fromisoformat(wish.today)
        calendar = desk.calendar_in(unit)
        numbers = []
        for case in unit.cases_in("received"):
            if not case.notices and silent_since(calendar, case) < today:
                _taken_on(desk, unit, case, case.received_at, silent=True)
                numbers.append(case.number)
        return SilentlyAccepted(tuple(numbers))

    return desk.once(Command(command, wish), SilentlyAccepted, act)


def silent_since(calendar: WorkingCalendar, case: Case) -> date:
    """The last day on which the station may still speak about a received case."""
    return due(calendar, moment(case.received_at), SILENCE_DAYS, "wd").day


def application_of(case: Case, answers: dict[str, str], materials: dict[str, How]) -> Application:
    """The application of a case with answers and materials as they are now."""
    return tidy(Application(case.item, case.applicant, answers, materials, case.agent))


def _taken_on(desk: Desk, unit: Unit, case: Case, accepted: str, *, silent: bool) -> Moved:
    stage, clock = first_stage(case.steps)
    times = times_of(desk.calendar_in(unit), case.limits, case.received_at, accepted)
    public = p.TakenOnPublic(accepted, stage, times, clock, silent)
    recorded(desk, unit, case.number, "case.taken_on", public, None)
    taken = unit.case(case.number)
    return Moved(case.number, taken.state, taken.stage, taken.times.promised, taken.revision)
