"""Takes a mistaken acceptance back within the hour, by an event of its own: the case is void and says why.

Nothing is taken out of the log. What the resident holds is void too, and its code says so when it is scanned.
"""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.number import read_number
from station_desk.cases.permits import require_may, require_reason
from station_desk.core.clock import moment
from station_desk.core.errors import RuleError
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.counter.finish import next_dossier
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

UNDO_MINUTES = 60


class UndoTooLate(RuleError):
    code = "case.undo_too_late"


class CaseWentOn(RuleError):
    code = "case.undo_went_on"


class UndoAcceptance(msgspec.Struct, frozen=True):
    """The case should not have been accepted, and why not."""

    number: str
    reason: str


def undo_acceptance(desk: Desk, wish: UndoAcceptance, command: str) -> Done[Moved]:
    """The voided case. Raises CaseUnknown, ReasonNeeded, UndoTooLate, CaseWentOn, CaseVoided."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.voided")
        reason = require_reason(case, wish.reason)
        waited = (desk.clock() - moment(case.accepted_at or case.received_at)).total_seconds() / 60
        if waited > UNDO_MINUTES:
            raise UndoTooLate(number=case.number, minutes=UNDO_MINUTES)
        kinds = [event.kind for event, _ in unit.log_of(case.number)]
        if kinds[0] != "case.accepted" or any(not kind.startswith("paper.") for kind in kinds[1:]):
            raise CaseWentOn(number=case.number)
        public = p.VoidedPublic(next_dossier(unit))
        return recorded(desk, unit, case.number, "case.voided", public, p.Opinion(reason))

    return desk.once(Command(command, wish), Moved, act)
