"""The due days of a case out of its published limits and the times its clock stood."""

from collections.abc import Sequence
from datetime import date

from station_desk.cases import parts as p
from station_desk.cases.case import Case, closed_stops
from station_desk.cases.deadlines import Due, Stop, due, working_days_between
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.core.clock import day_of, moment, stamp


def times_of(
    calendar: WorkingCalendar, limits: p.Limits, received: str, accepted: str, stops: Sequence[Stop] = ()
) -> p.Times:
    """The promised and the statutory due day, counted from acceptance or receipt as the item says."""
    start = moment(received if limits.start == "received" else accepted)
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


def days_left(calendar: WorkingCalendar, promised: str, today: date) -> int | None:
    """Working days that remain until the promised day: 0 today, negative when late; None without a day."""
    return working_days_between(calendar, today, day_of_due(promised)) if promised else None


def day_of_due(promised: str) -> date:
    """The day of a due text, which is a day or a moment."""
    return day_of(promised) if "T" in promised else date.fromisoformat(promised)


def due_text(when: Due) -> str:
    """A due day as it is stored: the day, or the moment for limits in hours."""
    return stamp(when.moment) if when.moment else when.day.isoformat()
