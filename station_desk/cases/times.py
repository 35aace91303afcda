"""The due days of a case out of its published limits and the times its clock stood."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from station_desk.cases import parts as p
from station_desk.cases.case import OPEN_STATES, Case, closed_stops, closed_waits, step_of
from station_desk.cases.deadlines import Due, Stop, due, working_days_between
from station_desk.cases.explain import Explanation, explain
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.core.clock import day_of, moment, stamp


def times_of(
    calendar: WorkingCalendar, limits: p.Limits, received: str, accepted: str, stops: Sequence[Stop] = ()
) -> p.Times:
    """The promised and the statutory due day, counted from acceptance or receipt as the item says."""
    start = _start(limits, received, accepted)
    promised = due(calendar, start, limits.promised, limits.unit, stops)
    if limits.statutory is None:
        return p.Times(due_text(promised), "", promised.provisional)
    statutory = due(calendar, start, limits.statutory, limits.unit, stops)
    return p.Times(due_text(promised), due_text(statutory), promised.provisional or statutory.provisional)


def times_now(calendar: WorkingCalendar, case: Case, at: str, limits: p.Limits | None = None) -> p.Times:
    """The due days of a case whose clock runs on from `at`, by its own limits or by longer ones."""
    return times_of(
        calendar, limits or case.limits, case.received_at, case.accepted_at, closed_stops(case, at)
    )


def explained(calendar: WorkingCalendar, case: Case, at: str) -> tuple[Explanation, ...]:
    """Why the promised day is what it is, then why the statutory one is, where the law names one.

    Empty while the clock stands and for what was never accepted: no day is certain then.
    """
    if case.clock_stands or not case.accepted_at:
        return ()
    limits, stops = case.limits, closed_stops(case, at)
    start = _start(limits, case.received_at, case.accepted_at)
    counts = (limits.promised,) if limits.statutory is None else (limits.promised, limits.statutory)
    return tuple(explain(calendar, start, count, limits.unit, stops) for count in counts)


def step_due(calendar: WorkingCalendar, case: Case, at: str) -> Due | None:
    """Until when the present step must be done: its own limit from its begin, the stops left out.

    A step that does not count against the item still has its own limit; only the wait for papers and a
    suspension hold it up. While these last the day is told as if they ended `at` that moment. None without a
    step.
    """
    if case.state not in OPEN_STATES or not case.stage:
        return None
    step = step_of(case, case.stage)
    stops = closed_waits(case, at) if step.clock == "stop" else closed_stops(case, at)
    return due(calendar, moment(case.stage_since), step.limit, step.unit, stops)


def depends_on(case: Case, years: Collection[int]) -> bool:
    """Whether the due days of an open case may change when these calendar years do.

    They may when they were provisional, or when the clock runs through one of the years. A clock that stands
    has no due day to change, and what is not yet accepted has none either.
    """
    if case.state not in OPEN_STATES or not case.times.promised:
        return False
    first = _start(case.limits, case.received_at, case.accepted_at).year
    last = max(day_of_due(day).year for day in (case.times.promised, case.times.statutory) if day)
    return case.times.provisional or any(first <= year <= last for year in years)


def days_left(calendar: WorkingCalendar, promised: str, today: date) -> int | None:
    """Working days that remain until the promised day: 0 today, negative when late; None without a day."""
    return working_days_between(calendar, today, day_of_due(promised)) if promised else None


def day_of_due(promised: str) -> date:
    """The day of a due text, which is a day or a moment."""
    return day_of(promised) if "T" in promised else date.fromisoformat(promised)


def due_text(when: Due) -> str:
    """A due day as it is stored: the day, or the moment for limits in hours."""
    return stamp(when.moment) if when.moment else when.day.isoformat()


def _start(limits: p.Limits, received: str, accepted: str) -> datetime:
    return moment(received if limits.start == "received" else accepted)
