"""What an official may do with an edition that was brought: put it in force, withdraw it, throw it away."""

from collections.abc import Mapping
from datetime import date

from station_desk.core.errors import RuleError
from station_desk.district.desk.asked import Asked, Done
from station_desk.district.edition_root import trusted_root
from station_desk.district.editions import discard, release, withdraw

LONGEST_REASON = 200


class DayNotUnderstood(RuleError):
    code = "edition.day_not_understood"


def released(asked: Asked, form: Mapping[str, str]) -> Done:
    """From the day on that the form names."""
    try:
        day = date.fromisoformat(form.get("day", ""))
    except ValueError as error:
        raise DayNotUnderstood(day=form.get("day", "")[:20]) from error
    root = trusted_root(asked.district, asked.forms.folder)
    release(asked.district, root, form.get("edition", ""), day, asked.session.staff)
    return _done(asked, form, "released")


def withdrawn(asked: Asked, form: Mapping[str, str]) -> Done:
    """At once, with the reason."""
    reason = " ".join(form.get("reason", "").split())[:LONGEST_REASON]
    withdraw(asked.district, form.get("edition", ""), reason, asked.session.staff)
    return _done(asked, form, "withdrawn")


def discarded(asked: Asked, form: Mapping[str, str]) -> Done:
    """Only one that never was in force."""
    discard(asked.district, form.get("edition", ""))
    return Done("discarded")


def _done(asked: Asked, form: Mapping[str, str], said: str) -> Done:
    asked.forms.look_again()
    return Done(said, about={"edition": form.get("edition", "")})
