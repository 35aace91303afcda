"""Finishes a case when all its steps are done, hands the result over, or voids a case that should not be."""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.number import read_number
from station_desk.cases.permits import require_all_steps_done, require_may, require_reason
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


class Finish(msgspec.Struct, frozen=True):
    """The result as the resident gets it. `outcome` is granted, refused or recorded."""

    number: str
    outcome: p.Outcome
    result: str
    note: str = ""


class Deliver(msgspec.Struct, frozen=True):
    """Who took the result and how: at the counter, by post, online; by which document they were known.

    With `to_applicant` and no receiver it is the applicant, whose name nobody needs to have before him.
    """

    number: str
    way: p.Way
    receiver: str
    relation: str = ""
    document: str = ""
    to_applicant: bool = False


class VoidCase(msgspec.Struct, frozen=True):
    """A case that was accepted by mistake keeps its number and its row, and says why."""

    number: str
    reason: str


def finish(desk: Desk, wish: Finish, command: str) -> Done[Moved]:
    """The finished case; its private parts go to the district from now on.

    Raises CaseUnknown, StepsOpen, ClockStands, CaseAlreadyFinished.
    """

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_all_steps_done(case)
        told = p.FinishedPrivate(require_reason(case, wish.result), wish.note)
        public = p.FinishedPublic(wish.outcome, next_dossier(unit))
        return recorded(desk, unit, case.number, "case.finished", public, told)

    return desk.once(Command(command, wish), Moved, act)


def deliver(desk: Desk, wish: Deliver, command: str) -> Done[Moved]:
    """The delivered case. Raises CaseUnknown, CaseNotFinished, CaseAlreadyDelivered, CaseVoided."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.delivered")
        public = p.DeliveredPublic(wish.way, next_dossier(unit))
        receiver = wish.receiver.strip() or (case.applicant.name if wish.to_applicant else "")
        told = p.DeliveredPrivate(require_reason(case, receiver), wish.relation, wish.document.strip())
        return recorded(desk, unit, case.number, "case.delivered", public, told)

    return desk.once(Command(command, wish), Moved, act)


def void_case(desk: Desk, wish: VoidCase, command: str) -> Done[Moved]:
    """The voided case: number and row stay. Raises CaseUnknown, ReasonNeeded, CaseAlreadyFinished."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.voided")
        reason = require_reason(case, wish.reason)
        public = p.VoidedPublic(next_dossier(unit))
        return recorded(desk, unit, case.number, "case.voided", public, p.Opinion(reason))

    return desk.once(Command(command, wish), Moved, act)


def next_dossier(unit: Unit) -> int:
    """The next place in this writer's row of finished cases.

    The row is gap-free, so that the district can tell what it lacks.
    """
    return unit.next_serial(f"dossier:{unit.writer}")
