"""The figures of the day that stand in sight all day: accepted, finished, late. They are counted as in the
daily report: what waits for missing papers was not accepted yet, and an acceptance that was undone is none.
"""

from dataclasses import dataclass
from datetime import timedelta

from station_desk.core.clock import stamp
from station_desk.counter.desk import Desk
from station_desk.store.tables import OPEN

COUNTS = (
    "SELECT (SELECT count(*) FROM cases WHERE number > ? AND number < ?"
    "  AND accepted_at <> '' AND state <> 'voided'),"
    " (SELECT count(*) FROM cases WHERE finished_at <> '' AND finished_at >= ? AND finished_at < ?"
    "  AND state <> 'voided'),"
    f" (SELECT count(*) FROM cases WHERE {OPEN} AND state IN ('processing', 'supplement')"
    "  AND promised > '' AND promised < CASE length(promised) WHEN 10 THEN ? ELSE ? END)"
)


@dataclass(frozen=True, slots=True)
class Today:
    """How many cases were accepted and finished today, and how many open ones are past their promised day."""

    accepted: int
    finished: int
    overdue: int


def today(desk: Desk) -> Today:
    """The figures as they are now."""
    now = desk.clock()
    day, following = now.date().isoformat(), (now.date() + timedelta(days=1)).isoformat()
    # The number begins with station, day and counter, and its index is there: none more has to be written.
    ours = f"{desk.station.code}-{now:%y%m%d}-{desk.station.counter}"
    values = (ours, f"{ours}~", day, following, day, stamp(now))
    ((accepted, finished, overdue),) = desk.store.read(COUNTS, values)
    return Today(accepted, finished, overdue)
