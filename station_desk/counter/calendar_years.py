"""Enters a calendar year when its notice is out, and counts the due days of open cases again by it.

The days move with the same limits and stops; what was printed keeps its date (`accepted_times` of the case).
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.event import Fact
from station_desk.cases.times import day_of_due, depends_on, times_now
from station_desk.catalogue.calendar import CalendarYear, WorkingCalendar, overrules
from station_desk.catalogue.check.year_file import require_sound
from station_desk.core.clock import day_of, stamp
from station_desk.core.errors import RuleError
from station_desk.counter.answers import YearEntered
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.lists import open_cases_whole
from station_desk.store.unit import Changes, Unit
from station_desk.store.years import imported_years, subject_of

COUNTED_BY = "calendar"
"""Under this name the profile notes by which calendar its open cases were last counted."""
PROGRESS_EVERY = 50
Progress = Callable[[int, int], None]
"""Hears how many cases were counted of how many."""


class YearAlreadyOfficial(RuleError):
    code = "calendar.already_official"


def unheard(_done: int, _total: int) -> None:
    """For acts of which nobody hears how far they are."""


class YearPreview(msgspec.Struct, frozen=True):
    """What entering a year would do: so many open cases depend on it, so many would be dated anew."""

    year: int
    looked: int
    changed: int


class ImportYear(msgspec.Struct, frozen=True):
    """The year as the notice has it."""

    year: CalendarYear


def preview_year(desk: Desk, year: CalendarYear, progress: Progress = unheard) -> YearPreview:
    """What entering the year would do; writes nothing. Raises like `import_year`."""
    require_sound(year)
    before = renewed(desk).calendar
    _require_overruling(year, before)
    calendar = before.with_years([year])
    known = desk.store.about().get(COUNTED_BY, "")
    years = changed_years(known, counted_by(calendar)).union((year.year,))
    at = stamp(desk.clock())
    cases = [case for case in open_cases_whole(desk.store) if depends_on(case, years)]
    changed = sum(times != case.times for case, times in _dated_anew(calendar, cases, at, progress))
    return YearPreview(year.year, len(cases), changed)


def import_year(
    desk: Desk, wish: ImportYear, command: str, progress: Progress = unheard
) -> Done[YearEntered]:
    """Enters the year and counts every open case that depends on it again, all in one commit.

    `progress` is told how many cases were counted; what it raises stops the act, and nothing was entered.
    Raises YearFaulty, YearAlreadyOfficial (a provisional year never takes the place of an official one).
    """
    year = wish.year
    require_sound(year)

    def act(unit: Unit) -> YearEntered:
        before = desk.calendar_in(unit)
        _require_overruling(year, before)
        if year not in imported_years(unit):
            subject = subject_of(year.year)
            public = p.YearImportedPublic(**msgspec.structs.asdict(year))
            revision = unit.subject_revision(subject) + 1
            at = stamp(desk.clock())
            unit.record(Fact(subject, revision, "calendar.imported", at, desk.actor, public))
        calendar = before.with_years([year])
        looked, changed = _count_again(desk, unit, calendar, (year.year,), progress)
        return YearEntered(year.year, year.status, year.number, looked, changed)

    return desk.once(Command(command, wish), YearEntered, act)


def keep_up(desk: Desk) -> Changes:
    """Counts open cases again when the calendar is not the one that they were last counted by.

    So it is after a newer program, or newer published files, brought a year's notice. Else nothing is done.
    """
    if desk.store.about().get(COUNTED_BY) == counted_by(desk.calendar):
        return Changes()
    with desk.store.writing("calendar") as unit:
        _count_again(desk, unit, desk.calendar_in(unit), (), unheard)
        return unit.changes()


def date_by_own_calendar(desk: Desk, unit: Unit, case: Case) -> None:
    """Counts the days of a case that came from another counter again, when our calendar says otherwise."""
    calendar, at = desk.calendar_in(unit), stamp(desk.clock())
    if not depends_on(case, [year.year for year in calendar.years]):
        return
    times = times_now(calendar, case, at)
    if times != case.times:
        begun, last = day_of(case.received_at), day_of_due(times.statutory or times.promised)
        notices = tuple(_notice(calendar, year) for year in range(begun.year, last.year + 1))
        public = p.RedatedPublic(case.times, times, notices)
        revision = unit.subject_revision(case.number) + 1
        unit.record(Fact(case.number, revision, "case.redated", at, desk.actor, public))


def renewed(desk: Desk) -> Desk:
    """The desk with the years that were entered since it was opened: for what a screen shows."""
    return replace(desk, calendar=desk.calendar.with_years(imported_years(desk.store)))


def counted_by(calendar: WorkingCalendar) -> str:
    """Each year of the calendar with a mark of its days: calendars that count alike have the same text."""
    return " ".join(f"{year.year}={_mark(year)}" for year in calendar.years)


def changed_years(before: str, now: str) -> frozenset[int]:
    """The years in which two such texts differ."""
    return frozenset(int(part.split("=")[0]) for part in {*before.split()} ^ {*now.split()})


def _mark(year: CalendarYear) -> str:
    days = [year.status, sorted(year.rest_weekdays), sorted(year.work_weekends)]
    return hashlib.sha256(msgspec.json.encode(days)).hexdigest()[:12]


def _require_overruling(year: CalendarYear, before: WorkingCalendar) -> None:
    if not overrules(year, before.year(year.year)):
        raise YearAlreadyOfficial(year=year.year)


def _dated_anew(
    calendar: WorkingCalendar, cases: Sequence[Case], at: str, progress: Progress
) -> Iterator[tuple[Case, p.Times]]:
    """Each case with the due days that the calendar gives it."""
    for done, case in enumerate(cases):
        if done % PROGRESS_EVERY == 0:
            progress(done, len(cases))
        yield case, times_now(calendar, case, at)


def _count_again(
    desk: Desk, unit: Unit, calendar: WorkingCalendar, entered: Collection[int], progress: Progress
) -> tuple[int, int]:
    """How many open cases depend on the years that are new or were entered, and how many of them changed."""
    at, mark = stamp(desk.clock()), counted_by(calendar)
    years = changed_years(unit.about(COUNTED_BY), mark).union(entered)
    notices = tuple(_notice(calendar, year) for year in sorted(years))
    cases = [case for case in unit.open_cases() if depends_on(case, years)]
    anew = _dated_anew(calendar, cases, at, progress)
    changed = [(case, times) for case, times in anew if times != case.times]
    for case, times in changed:
        public = p.RedatedPublic(case.times, times, notices)
        revision = unit.subject_revision(case.number) + 1
        unit.record(Fact(case.number, revision, "case.redated", at, desk.actor, public))
    unit.set_about(COUNTED_BY, mark)
    return len(cases), len(changed)


def _notice(calendar: WorkingCalendar, number: int) -> p.YearNotice:
    year = calendar.year(number)
    if year is None:
        return p.YearNotice(number, "provisional")
    return p.YearNotice(number, year.status, year.number, year.notice.isoformat() if year.notice else "")
