"""Closes a day: one person closes, another confirms; an event of the log, told next morning if missing."""

from datetime import date, timedelta

import msgspec

from station_desk.cases.closed_day import CLOSED, SUBJECT, DayClosedPublic, subject_of
from station_desk.cases.day_close import DayClose
from station_desk.cases.event import Fact, Head
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.counter.checks import head_code
from station_desk.counter.day_close import close_of
from station_desk.counter.desk import Desk
from station_desk.counter.staff.accounts import accounts
from station_desk.residents.finding import plain
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

LOOK_BACK = timedelta(days=7)
"""So far back it is told that a day was not closed."""

LONGEST = 50
WORKED = (
    "SELECT DISTINCT substr(name, instr(name, ':') + 1, 10) FROM serials"
    " WHERE (name > 'case:' AND name < 'case;' OR name > 'ticket:' AND name < 'ticket;')"
)


class SamePerson(RuleError):
    code = "report.same_person"


class NamesNeeded(RuleError):
    code = "report.names_needed"


class ConfirmYourself(RuleError):
    """Values: name (who confirms by what was typed), acting (who is signed in)."""

    code = "report.confirm_yourself"


class NotOfStation(RuleError):
    """Values: name."""

    code = "report.not_of_station"


class DayUnknown(RuleError):
    code = "report.day_unknown"


class DayToCome(RuleError):
    code = "report.day_to_come"


class CloseDay(msgspec.Struct, frozen=True):
    """Which day (ISO), who closed it (empty: the clerk of this counter), who confirms it."""

    day: str
    confirmed_by: str = ""
    closed_by: str = ""


class DayClosed(msgspec.Struct, frozen=True):
    """The closing that is in the log now; `code` is what the sheet carries: log, number, hash."""

    day: str
    closed_by: str
    confirmed_by: str
    gaps: int
    code: str


def read_day(typed: str) -> date:
    """The day that somebody typed. Raises DayUnknown."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise DayUnknown(day=typed) from None


def close_day_now(desk: Desk, wish: CloseDay, command: str) -> Done[DayClosed]:
    """Writes the closing of a day into the log.

    Raises DayUnknown, NamesNeeded, SamePerson, ConfirmYourself, NotOfStation, DayToCome. A day may be closed
    again: what came after the first closing is then in the second.
    """
    day = read_day(wish.day)
    closed_by = wish.closed_by.strip() or desk.station.clerk
    confirmed_by = wish.confirmed_by.strip() or (desk.acting.name if desk.acting else "")
    _require_two(closed_by, confirmed_by)
    if desk.acting:
        _require_known(desk, desk.acting.name, closed_by, confirmed_by)
    if day > desk.clock().date():
        raise DayToCome(day=wish.day)
    close = close_of(desk, day)

    def act(unit: Unit) -> DayClosed:
        subject = subject_of(wish.day, desk.station.counter)
        revision, at, head = unit.subject_revision(subject) + 1, stamp(desk.clock()), unit.head
        public = DayClosedPublic(
            wish.day, desk.station.counter, closed_by, confirmed_by, close.issued, close.stored,
            len(close.gaps), unit.writer, head.seq, head.hash,
        )  # fmt: skip
        unit.record(Fact(subject, revision, CLOSED, at, desk.actor, public))
        unit.tells_answers = True
        return _told(public)

    return desk.once(Command(command, wish), DayClosed, act)


def closing_of(desk: Desk, day: date) -> DayClosed | None:
    """The last closing of a day of this counter; None while it is open."""
    told = desk.store.newest(subject_of(day.isoformat(), desk.station.counter))
    return _told(msgspec.json.decode(told[0], type=DayClosedPublic)) if told else None


def code_now(desk: Desk, close: DayClose) -> str:
    """What the sheet carries: where the log stood when the day was closed, or stands now."""
    closed = closing_of(desk, date.fromisoformat(close.day))
    if closed:
        return closed.code
    rows = desk.store.read(
        "SELECT w.writer, w.seq, w.hash FROM writers w WHERE w.writer ="
        " (SELECT value FROM about WHERE key = 'writer')"
    )
    writer, seq, end = rows[0]
    return head_code(writer, Head(seq, end))


def unclosed_days(desk: Desk) -> list[date]:
    """The days of the last week on which this counter gave out numbers and that nobody closed, in order."""
    today = desk.clock().date()
    closed = {
        told.day
        for told in (
            msgspec.json.decode(public, type=DayClosedPublic) for public in desk.store.newest(SUBJECT)
        )
        if told.counter == desk.station.counter
    }
    worked = {day for (day,) in desk.store.read(WORKED)}
    return sorted(
        day
        for day in (date.fromisoformat(one) for one in worked - closed)
        if today - LOOK_BACK <= day < today
    )


def _require_two(closed_by: str, confirmed_by: str) -> None:
    if not closed_by or not confirmed_by or max(len(closed_by), len(confirmed_by)) > LONGEST:
        raise NamesNeeded
    # A gap, a wide letter or a dot does not make two people of one.
    if plain(closed_by) == plain(confirmed_by):
        raise SamePerson(name=confirmed_by)


def _require_known(desk: Desk, acting: str, closed_by: str, confirmed_by: str) -> None:
    """With accounts nobody confirms in another's name, and who closed it is of this station."""
    if plain(confirmed_by) != plain(acting):
        raise ConfirmYourself(name=confirmed_by, acting=acting)
    known = (desk.station.clerk, *(one.name for one in accounts(desk)))
    if plain(closed_by) not in map(plain, known):
        raise NotOfStation(name=closed_by)


def _told(public: DayClosedPublic) -> DayClosed:
    code = head_code(public.log, Head(public.seq, public.hash))
    return DayClosed(public.day, public.closed_by, public.confirmed_by, public.gaps, code)
