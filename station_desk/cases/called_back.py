"""The call-back after a bad rating, as the log keeps it: what the head of a station did about it, and when.

It is about the rating and not part of the case: whoever reads the history of the case sees nothing of it.
"""

import re
from datetime import date

import msgspec

from station_desk.core.clock import moment
from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible

ANSWERED = "callback.answered"
SUBJECT = "callback:"
MOST_DONE = 200
"""Characters of what was done: a sentence or two, as the resident's own words."""
_NUMBER_OF_SOMEBODY = re.compile(r"[0-9](?:[ -]?[0-9]){9,16}[ -]?[0-9Xx]")
"""Eleven digits and more: a mobile number, an identity number, a telephone with its area."""


class NotSaidWhatWasDone(RuleError):
    code = "callback.done_needed"


class SaidTooLong(RuleError):
    code = "callback.done_not_fit"


class SaysWhoItWas(RuleError):
    code = "callback.personal"


class DayNotFit(RuleError):
    code = "callback.day_not_fit"


class CallBackAnsweredPublic(msgspec.Struct, frozen=True):
    """`rated_at` names the rating of the case that was answered; `done_on` is the day (ISO) of the call."""

    number: str
    rated_at: str
    done_on: str
    done: str


def subject_of(number: str) -> str:
    """The name of the call-back of a case in the log."""
    return f"{SUBJECT}{number}"


def read_done(typed: str) -> str:
    """What was done, as typed. Raises NotSaidWhatWasDone, SaidTooLong, SaysWhoItWas.

    It goes to the district at once and stays in the log for good, so no number of a person may be in it.
    """
    done = " ".join(typed.split())
    if not done:
        raise NotSaidWhatWasDone
    if len(done) > MOST_DONE or not is_visible(done):
        raise SaidTooLong(size=len(done), most=MOST_DONE)
    if found := _NUMBER_OF_SOMEBODY.search(done):
        raise SaysWhoItWas(found=f"{found[0][:3]}…")
    return done


def read_day(typed: str, rated_at: str, today: date) -> str:
    """The day of the call, today where none was typed. Raises DayNotFit: none, to come, before the rating."""
    try:
        day = date.fromisoformat(typed.strip()) if typed.strip() else today
        first = moment(rated_at).date()
    except ValueError:
        raise DayNotFit(day=typed.strip()[:20], first=rated_at[:10], last=today) from None
    if not min(first, today) <= day <= today:
        raise DayNotFit(day=day, first=first, last=today)
    return day.isoformat()
