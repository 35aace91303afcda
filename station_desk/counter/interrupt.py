"""What interrupts or lengthens the way of a case: suspension, extension, withdrawal."""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.number import read_number
from station_desk.cases.permits import (
    ApproverNeeded,
    ExtensionTooShort,
    require_day,
    require_may,
    require_reason,
)
from station_desk.cases.times import times_now
from station_desk.core.clock import stamp
from station_desk.counter.advance import recorded, running_again
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.counter.finish import next_dossier
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


class Suspend(msgspec.Struct, frozen=True):
    """Stops the clock for a reason that lies outside (中止); `until` is the expected day or empty."""

    number: str
    reason: str
    basis: str
    approver: str
    until: str = ""


class Continue(msgspec.Struct, frozen=True):
    """The reason of the suspension is gone: the clock runs on."""

    number: str


class Extend(msgspec.Struct, frozen=True):
    """A longer promised limit (延期), in the units of the item; the statutory limit stays."""

    number: str
    promised: int
    reason: str
    approver: str
    basis: str = ""


class Withdraw(msgspec.Struct, frozen=True):
    """The applicant takes the application back."""

    number: str
    reason: str


def suspend(desk: Desk, wish: Suspend, command: str) -> Done[Moved]:
    """The suspended case. Raises CaseUnknown, ReasonNeeded, ApproverNeeded and what its state forbids."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.suspended")
        told = p.Reason(require_reason(case, wish.reason), wish.basis, "", wish.approver.strip())
        if not told.approver:
            raise ApproverNeeded(number=case.number)
        if wish.until:
            require_day(wish.until, desk.clock().date())
        return recorded(desk, unit, case.number, "case.suspended", p.SuspendedPublic(wish.until), told)

    return desk.once(Command(command, wish), Moved, act)


def carry_on(desk: Desk, wish: Continue, command: str) -> Done[Moved]:
    """The case whose clock runs on, its days recounted. Raises CaseUnknown, NotSuspended."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.continued")
        return recorded(desk, unit, case.number, "case.continued", running_again(desk, unit, case), None)

    return desk.once(Command(command, wish), Moved, act)


def extend(desk: Desk, wish: Extend, command: str) -> Done[Moved]:
    """The case with its longer limit. Raises ExtensionTooShort, ReasonNeeded, ApproverNeeded."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.extended")
        told = p.Reason(require_reason(case, wish.reason), wish.basis, "", wish.approver.strip())
        if not told.approver:
            raise ApproverNeeded(number=case.number)
        if wish.promised <= case.limits.promised:
            raise ExtensionTooShort(number=case.number, asked=wish.promised, now=case.limits.promised)
        longer = msgspec.structs.replace(case.limits, promised=wish.promised)
        at = stamp(desk.clock())
        times = p.Times() if case.clock_stands else times_now(desk.calendar_in(unit), case, at, longer)
        public = p.ExtendedPublic(wish.promised, times)
        return recorded(desk, unit, case.number, "case.extended", public, told)

    return desk.once(Command(command, wish), Moved, act)


def withdraw(desk: Desk, wish: Withdraw, command: str) -> Done[Moved]:
    """The withdrawn case; number and row stay. Raises ReasonNeeded and what its state forbids."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.withdrawn")
        told = p.Reason(require_reason(case, wish.reason))
        return recorded(desk, unit, case.number, "case.withdrawn", p.EndedPublic(next_dossier(unit)), told)

    return desk.once(Command(command, wish), Moved, act)
