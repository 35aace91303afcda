"""What a resident says of a finished case (好差评): five grades, once a case, and what a bad one sets going.

GB/T 39735-2020 and the rules for rating government services: one case, one rating; nobody presses the rater;
a bad rating is mended and the resident is called back within fifteen working days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from station_desk.catalogue.calendar import WorkingCalendar

Grade = Literal["very_good", "good", "fair", "poor", "very_poor"]
GRADES: tuple[Grade, ...] = get_args(Grade)
BAD: frozenset[Grade] = frozenset({"poor", "very_poor"})

Reason = Literal[
    "quick", "clear", "friendly", "slow", "unclear", "unfriendly", "extra_papers", "many_visits", "fee"
]  # fmt: skip
REASONS: tuple[Reason, ...] = get_args(Reason)

MOST_WORDS = 200
"""Characters of the resident's own words."""

MEND_WORKING_DAYS = 15
MAY_BE_RATED = ("finished", "delivered")
RATED_WITHIN = timedelta(days=365)
"""After the finish; later nobody could mend anything, and the page of the case itself may be gone."""


class RatingNotUnderstood(ValueError):
    """No grade, or one that there is not: nobody rates by default."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What was said: a grade, reasons out of the list, own words."""

    grade: Grade
    reasons: tuple[Reason, ...]
    words: str

    @property
    def is_bad(self) -> bool:
        """Whether somebody must be called back."""
        return self.grade in BAD


def read_rating(grade: str, reasons: Iterable[str], words: str) -> Rating:
    """The rating out of what a form sent. Raises RatingNotUnderstood unless it has one of the five grades."""
    known = next((one for one in GRADES if one == grade), None)
    if known is None:
        raise RatingNotUnderstood(grade[:20])
    told = set(reasons)
    shown = " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())
    return Rating(known, tuple(reason for reason in REASONS if reason in told), shown[:MOST_WORDS])


def mend_by(calendar: WorkingCalendar, rated_on: date) -> date:
    """The last day to mend a bad rating and call back: fifteen working days after the day of rating."""
    day, left = rated_on, MEND_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return day
