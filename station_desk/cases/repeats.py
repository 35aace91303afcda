"""Whether the same person has asked for the same already: a case that is open, or one of a few days ago."""

from collections.abc import Iterable
from datetime import date, timedelta

from station_desk.cases.case import OPEN_STATES, Case
from station_desk.cases.known import same_person
from station_desk.cases.parts import Applicant
from station_desk.core.errors import RuleError

COUNT = frozenset({*OPEN_STATES, "transferred", "finished", "delivered"})
"""A case that was refused, withdrawn or void is no reason not to ask again."""


class CaseRepeated(RuleError):
    code = "case.repeated"


def repeats(cases: Iterable[Case], who: Applicant, again_days: int, today: date) -> tuple[Case, ...]:
    """Those of an item's cases that make another one of the same person doubtful, the newest first."""
    since = (today - timedelta(days=again_days)).isoformat()
    found = [
        case for case in cases
        if case.state in COUNT and same_person(case.applicant, who)
        if case.state in OPEN_STATES or (again_days and case.received_at[:10] >= since)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda case: case.received_at, reverse=True))
