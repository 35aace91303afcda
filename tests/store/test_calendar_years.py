"""A year becomes official: open cases are dated anew, what was printed stays, nothing happens by halves."""

import itertools
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.cases.event import Event
from station_desk.cases.parts import Applicant, Times
from station_desk.cases.times import due_text, explained
from station_desk.cases.trace import Trace, fold
from station_desk.catalogue.calendar import CalendarYear
from station_desk.catalogue.check.year_file import YearFaulty
from station_desk.core.clock import stamp
from station_desk.counter.accept import accept
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.application import Application
from station_desk.counter.calendar_years import (
    COUNTED_BY,
    ImportYear,
    YearAlreadyOfficial,
    counted_by,
    import_year,
    keep_up,
    renewed,
)
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Finish, finish
from station_desk.counter.papers.print_paper import paper_pdf_of
from station_desk.main.open_desk import open_desk
from station_desk.store.desk_store import CommandReused
from station_desk.store.lists import due_cases, open_cases
from station_desk.store.unit import EVENT_COLUMNS
from station_desk.store.verify import verify_deep
from station_desk.store.years import imported_years
from tests.store.made_up_years import NUMBER, made_up, quiet, year_2027

Fresh = Callable[[], str]


@pytest.fixture
def long() -> Application:
    """Ten working days for a certificate about a child (HF-005)."""
    return Application(
        "HF-005", Applicant("李雷", "citizen_id", "11010519491231002X", "13912345678"), {"child": "李小雷"},
        {"app_form": "brought", "id_card": "brought", "hukou": "brought"},
    )  # fmt: skip


def events_of(desk: Desk, kind: str) -> list[Event]:
    rows = desk.store.read(f"SELECT {EVENT_COLUMNS} FROM events WHERE kind = ? ORDER BY place", (kind,))
    return [Event(*row) for row in rows]


def count_of_events(desk: Desk) -> int:
    return int(desk.store.read("SELECT count(*) FROM events")[0][0])


@pytest.mark.usefixtures("december")
def test_an_official_year_moves_the_days_that_it_moves(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    case = accept(desk, pension, fresh()).answer
    assert (case.promised, case.provisional) == ("2027-01-04", True)
    done = import_year(desk, ImportYear(year_2027(desk)), fresh())
    assert (done.answer.looked, done.answer.changed, list(done.changes.cases)) == (1, 1, [case.number])
    assert desk.store.case(case.number).times == Times("2027-01-05")
    assert [row.promised for row in open_cases(desk.store)] == ["2027-01-05"]
    assert due_cases(desk.store, "2027-01-04") == []
    assert verify_deep(desk.store, quiet) == []


@pytest.mark.usefixtures("december")
def test_a_case_whose_day_stays_is_certain_now(desk: Desk, fresh: Fresh, long: Application) -> None:
    number = accept(desk, long, fresh()).answer.number
    assert desk.store.case(number).times == Times("2027-01-13", "", provisional=True)
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    assert desk.store.case(number).times == Times("2027-01-13")
    assert len(events_of(desk, "case.redated")) == 1


def test_a_case_that_the_year_does_not_touch_gets_no_event(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    accept(desk, pension, fresh())
    answer = import_year(desk, ImportYear(year_2027(desk)), fresh()).answer
    assert (answer.looked, answer.changed) == (0, 0)
    assert events_of(desk, "case.redated") == []


@pytest.mark.usefixtures("december")
def test_the_event_says_in_public_what_changed_and_why_and_the_history_keeps_it(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    import_year(desk, ImportYear(year_2027(desk)), "the import")
    (event,) = events_of(desk, "case.redated")
    assert json.loads(event.public) == {
        "before": {"promised": "2027-01-04", "statutory": "", "provisional": True},
        "times": {"promised": "2027-01-05", "statutory": "", "provisional": False},
        "years": [{"year": 2027, "status": "official", "number": NUMBER, "day": "2026-11-10"}],
    }
    assert (event.subject, event.command, event.commitment) == (number, "the import", "")
    (imported,) = events_of(desk, "calendar.imported")
    assert (imported.subject, imported.revision, imported.command) == ("calendar:2027", 1, "the import")
    (line,) = desk.store.case(number).redated
    assert (line.before.promised, line.after.promised, line.years[0].number) == (
        "2027-01-04", "2027-01-05", NUMBER,
    )  # fmt: skip


@pytest.mark.usefixtures("december")
def test_the_residents_page_follows(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = accept(desk, pension, fresh()).answer.number
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    trace: Trace | None = None
    rows = f"SELECT {EVENT_COLUMNS} FROM events WHERE subject = ? AND kind LIKE 'case.%' ORDER BY revision"
    for row in desk.store.read(rows, (number,)):
        trace = fold(trace, Event(*row))
    assert trace is not None
    assert trace.times == desk.store.case(number).times == Times("2027-01-05")


@pytest.mark.usefixtures("december")
def test_what_was_printed_keeps_its_date_and_its_bytes(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    before = [paper_pdf_of(desk, number, "receipt", copy) for copy in (1, 2)]
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    assert [paper_pdf_of(renewed(desk), number, "receipt", copy) for copy in (1, 2)] == before
    assert desk.store.case(number).accepted_times == Times("2027-01-04", "", provisional=True)


@pytest.mark.usefixtures("december")
def test_limits_and_stops_stay_as_they_were(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    ask_supplement(desk, AskSupplement(number, ("hukou",), "2027-01-31"), fresh())
    clock.wait(days=1)
    take_supplement(desk, TakeSupplement(number), fresh())
    before = desk.store.case(number)
    assert before.times.promised == "2027-01-05"
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    after = desk.store.case(number)
    assert (after.limits, after.stops, after.times) == (before.limits, before.stops, Times("2027-01-06"))
    (why,) = explained(renewed(desk).calendar, after, stamp(clock()))
    assert due_text(why.due) == after.times.promised


@pytest.mark.usefixtures("december")
def test_a_clock_that_stands_is_dated_by_the_new_year_when_it_runs_on(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    ask_supplement(desk, AskSupplement(number, ("hukou",), "2027-01-31"), fresh())
    assert import_year(desk, ImportYear(year_2027(desk)), fresh()).answer.looked == 0
    clock.wait(days=1)
    assert take_supplement(desk, TakeSupplement(number), fresh()).answer.promised == "2027-01-06"


@pytest.mark.usefixtures("december")
def test_a_finished_case_is_left_alone(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = accept(desk, pension, fresh()).answer.number
    advance(desk, Advance(number), fresh())
    finish(desk, Finish(number, "granted", "x"), fresh())
    before = desk.store.case(number)
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    assert desk.store.case(number) == before


@pytest.mark.usefixtures("december")
def test_the_same_command_again_changes_nothing(desk: Desk, fresh: Fresh, pension: Application) -> None:
    accept(desk, pension, fresh())
    year = year_2027(desk)
    first = import_year(desk, ImportYear(year), "once")
    count = count_of_events(desk)
    assert import_year(desk, ImportYear(year), "once").answer == first.answer
    other = made_up(year, rest="2027-01-05", work="2027-01-10")
    with pytest.raises(CommandReused):
        import_year(desk, ImportYear(other), "once")
    again = import_year(desk, ImportYear(year), fresh()).answer
    assert (again.changed, count_of_events(desk)) == (0, count)


@pytest.mark.usefixtures("december")
def test_a_corrected_notice_dates_the_cases_anew_once_more(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    first = year_2027(desk)
    import_year(desk, ImportYear(first), fresh())
    corrected = made_up(first, rest="2027-01-05", work="2027-01-10")
    assert import_year(desk, ImportYear(corrected), fresh()).answer.changed == 1
    lines = [line.after.promised for line in desk.store.case(number).redated]
    assert lines == ["2027-01-05", "2027-01-06"]
    assert [event.revision for event in events_of(desk, "calendar.imported")] == [1, 2]
    assert imported_years(desk.store) == (corrected,)


@pytest.mark.parametrize("year", [2026, 2027])
def test_an_official_year_does_not_become_provisional_again(desk: Desk, fresh: Fresh, year: int) -> None:
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    known = renewed(desk).calendar.year(year)
    assert known is not None
    count = count_of_events(desk)
    with pytest.raises(YearAlreadyOfficial) as caught:
        import_year(desk, ImportYear(msgspec.structs.replace(known, status="provisional")), fresh())
    assert (caught.value.values, count_of_events(desk)) == ({"year": year}, count)


def test_a_provisional_year_can_be_entered_and_made_better(desk: Desk, fresh: Fresh) -> None:
    first = CalendarYear(
        2028, "provisional", "made up", (date(2028, 5, 1), date(2028, 10, 2), date(2028, 10, 3)), ()
    )
    second = msgspec.structs.replace(first, rest_weekdays=(*first.rest_weekdays, date(2028, 10, 4)))
    for year in (first, second):
        assert import_year(desk, ImportYear(year), fresh()).answer.status == "provisional"
    assert renewed(desk).calendar.year(2028) == second
    assert 2028 not in renewed(desk).calendar.official_years


def test_a_year_with_faults_is_not_entered_by_any_way(desk: Desk, fresh: Fresh) -> None:
    faulty = msgspec.structs.replace(year_2027(desk), working_days=1)
    with pytest.raises(YearFaulty):
        import_year(desk, ImportYear(faulty), fresh())
    assert count_of_events(desk) == 0


@pytest.mark.usefixtures("december")
def test_whatever_breaks_half_way_leaves_no_half_calendar(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    count, before = count_of_events(desk), desk.store.case(number)
    ticks = itertools.count()

    def breaks_at_the_second_look() -> datetime:
        if next(ticks):
            raise ValueError("the clock of this PC is gone")
        return desk.clock()

    year = ImportYear(year_2027(desk))
    with pytest.raises(ValueError, match="clock"):
        import_year(replace(desk, clock=breaks_at_the_second_look), year, "broken")
    assert (count_of_events(desk), desk.store.case(number)) == (count, before)
    assert imported_years(desk.store) == ()
    assert import_year(desk, year, "broken").answer.changed == 1


@pytest.mark.usefixtures("december")
def test_a_window_that_was_open_before_counts_by_the_new_year_at_once(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    before = accept(desk, pension, fresh()).answer.number
    other = open_desk(desk.store.profile.folder, "en", clock)
    import_year(other, ImportYear(year_2027(desk)), fresh())
    other.store.close()
    assert advance(desk, Advance(before), fresh()).answer.promised == "2027-01-05"
    case = accept(desk, pension, fresh()).answer
    assert (case.promised, case.provisional) == ("2027-01-05", False)
    assert desk.calendar.year(2027) != year_2027(desk)
    assert renewed(desk).calendar.year(2027) == year_2027(desk)


@pytest.mark.usefixtures("december")
def test_a_copy_of_the_profile_has_the_year_too(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application, tmp_path: Path
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    year = year_2027(desk)
    import_year(desk, ImportYear(year), fresh())
    desk.store.close()
    shutil.copytree(desk.store.profile.folder, tmp_path / "copy")
    copy = open_desk(tmp_path / "copy", "en", clock)
    assert copy.calendar.year(2027) == year
    assert copy.store.case(number).times == Times("2027-01-05")
    assert verify_deep(copy.store, quiet) == []
    copy.store.close()


def test_a_year_changed_behind_the_log_is_named(desk: Desk, fresh: Fresh) -> None:
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    with desk.store.writing() as unit:
        unit.connection.execute("UPDATE events SET public = replace(public, '2027-01-09', '2027-01-10')")
    assert [finding.code for finding in verify_deep(desk.store, quiet)] == ["chain"]


@pytest.mark.usefixtures("december")
def test_newer_files_of_the_program_date_open_cases_anew_once(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    older = replace(desk, calendar=desk.calendar.with_years([provisional_before(desk)]))
    desk.store.set_about({COUNTED_BY: counted_by(older.calendar)})
    number = accept(older, pension, fresh()).answer.number
    assert older.store.case(number).times == Times("2027-01-05", "", provisional=True)
    again = open_desk(desk.store.profile.folder, "en", clock)
    assert again.store.case(number).times == Times("2027-01-04", "", provisional=True)
    (event,) = events_of(again, "case.redated")
    assert [year["year"] for year in json.loads(event.public)["years"]] == [2027]
    assert not keep_up(again).cases
    assert again.store.about()[COUNTED_BY] == counted_by(again.calendar)
    assert verify_deep(again.store, quiet) == []
    again.store.close()


def provisional_before(desk: Desk) -> CalendarYear:
    return msgspec.structs.replace(
        year_2027(desk), status="provisional", number="", notice=None, work_weekends=()
    )


def test_a_fresh_profile_has_nothing_to_catch_up_with(desk: Desk, clock: Any) -> None:
    before = desk.store.about()
    open_desk(desk.store.profile.folder, "en", clock).store.close()
    assert (desk.store.about(), count_of_events(desk)) == (before, 0)
