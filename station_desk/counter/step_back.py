"""Takes back a step that was ended by mistake, within the hour, by an event of its own with the reason."""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import step_of
from station_desk.cases.handover_parts import whole
from station_desk.cases.number import read_number
from station_desk.cases.permits import require_reason
from station_desk.cases.step_back import (
    STEP_BACK,
    StepTakenBackPublic,
    at_the_step_again,
    papers_against,
    require_papers_back,
    require_step_back,
    since_the_end,
)
from station_desk.cases.times import times_now
from station_desk.core.clock import stamp
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


class TakeStepBack(msgspec.Struct, frozen=True):
    """The step that ended last had not ended. `step`, when given, must be that step.

    `papers_back` says that the workflow sheets which were printed since are back at the counter.
    """

    number: str
    reason: str
    step: str = ""
    papers_back: bool = False


def take_step_back(desk: Desk, wish: TakeStepBack, command: str) -> Done[Moved]:
    """The case at the step again, its days counted as if the step had never ended.

    Raises CaseUnknown, ReasonNeeded, what `require_step_back` raises, StepPaperOut.
    """

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        now = desk.clock()
        since = since_the_end([event for event, _ in whole(unit.log_of(case.number))])
        done = require_step_back(case, wish.step, since, now)
        reason = require_reason(case, wish.reason)
        papers = papers_against(since)
        require_papers_back(case, papers, back=wish.papers_back)
        again = at_the_step_again(case)
        clock = step_of(case, done.id).clock
        times = p.Times() if clock == "stop" else times_now(desk.calendar_in(unit), again, stamp(now))
        public = StepTakenBackPublic(done.id, times, clock, papers)
        return recorded(desk, unit, case.number, STEP_BACK, public, p.Opinion(reason))

    return desk.once(Command(command, wish), Moved, act)
