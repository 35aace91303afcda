"""Until when a case is to be finished, in the words of its papers: the day, and how it was counted."""

from collections.abc import Sequence

from station_desk.cases.case import Case
from station_desk.cases.parts import StepPlan
from station_desk.counter.papers.telling import Telling, as_written
from station_desk.counter.wording import step_name


def promise_at_acceptance(told: Telling) -> str:
    """The day as it was promised, with the count behind it."""
    case = told.case
    times = case.accepted_times
    return _words(told, times.promised, counted=True, provisional=times.provisional) if times.promised else ""


def promise_now(told: Telling) -> str:
    """The day as it is today; while the clock stands, the one of the acceptance, which will move."""
    case = told.case
    times = case.times if case.times.promised else case.accepted_times
    if not times.promised:
        return ""
    return _words(told, times.promised, counted=bool(case.times.promised), provisional=times.provisional)


def _words(told: Telling, due: str, *, counted: bool, provisional: bool) -> str:
    case, say = told.case, told.say
    count = say(
        f"paper.promise.{case.limits.unit if case.limits.promised else 'now'}", count=case.limits.promised
    )
    lines = [as_written(due) + (count if counted else "")]
    if uncounted := _uncounted(case):
        steps = say("paper.promise.and").join(step_name(step, say) for step in uncounted)
        lines.append(say("paper.promise.uncounted", steps=steps))
    if provisional:
        lines.append(say("paper.promise.provisional"))
    return "\n".join(lines)


def _uncounted(case: Case) -> Sequence[StepPlan]:
    return [step for step in case.steps if step.clock == "stop"]
