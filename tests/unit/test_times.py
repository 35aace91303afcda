"""The due days of a case and of its steps, as its events make them: stops, waits, years that change."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from station_desk.cases import case as rules
from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.changes import apply
from station_desk.cases.deadlines import Due
from station_desk.cases.event import Fact, Head, seal
from station_desk.cases.permits import chosen_way
from station_desk.cases.times import depends_on, due_text, explained, step_due, times_now, times_of
from station_desk.catalogue.calendar import read_calendar
from station_desk.catalogue.item import Words
from station_desk.core import paths

CALENDAR = read_calendar(paths.FORMS)
NAME = Words("环节", "環節", "step")
STEPS = (
    p.StepPlan("intake", NAME, "clerk", 0, "wd", "run"),
    p.StepPlan("survey", NAME, "township", 3, "wd", "run"),
    p.StepPlan("notice", NAME, "committee", 7, "cd", "stop"),
    p.StepPlan("help", NAME, "township", 24, "h", "run"),
)
LIMITS = p.Limits(10, 15, "wd", "accepted")


def at(day: str, hour: int = 10) -> str:
    return f"{day}T{hour:02d}:00:00+08:00"


def happened(case: Case | None, kind: str, when: str, public: msgspec.Struct) -> Case:
    revision = case.revision + 1 if case else 1
    event, _ = seal(Fact("N", revision, kind, when, "a", public), "W", Head(), "c")
    return apply(case, event, None)


def accepted(day: str) -> Case:
    return happened(None, "case.accepted", at(day), handed_in(day))


def received(day: str) -> Case:
    return happened(None, "case.received", at(day), handed_in(day))


def handed_in(day: str) -> p.AcceptedPublic:
    return p.AcceptedPublic(
        item="SA-001", category="social", title=NAME, kind="promise", sensitivity="S1", station="QSQ001",
        counter="02", edition="1", digest="d", received=at(day), ticket="", trace="t", steps=STEPS,
        limits=LIMITS, fee=0, stage="survey", times=times_of(CALENDAR, LIMITS, at(day), at(day)),
    )  # fmt: skip


def advanced(case: Case, when: str) -> Case:
    following = chosen_way(case, "")
    stands = following is not None and following.clock == "stop"
    times = p.Times() if stands else times_now(CALENDAR, case, when)
    public = p.AdvancedPublic(
        case.stage, following.id if following else "", times, "stop" if stands else "run"
    )
    return happened(case, "case.advanced", when, public)


def stopped(case: Case, when: str) -> Case:
    return happened(case, "case.stopped", when, p.StoppedPublic((NAME,), "2026-12-31"))


def resumed(case: Case, when: str) -> Case:
    step = rules.step_of(case, case.stage)
    times = p.Times() if step.clock == "stop" else times_now(CALENDAR, case, when)
    return happened(case, "case.resumed", when, p.ResumedPublic(times, step.clock))


def due_of(case: Case, when: str) -> str:
    due = step_due(CALENDAR, case, when)
    return due_text(due) if due else ""


def test_a_step_counts_its_own_limit_from_its_own_begin() -> None:
    assert due_of(accepted("2026-11-20"), at("2026-11-20")) == "2026-11-25"


def test_the_wait_for_papers_is_left_out_of_a_step_too() -> None:
    waiting = stopped(accepted("2026-11-20"), at("2026-11-23"))
    assert due_of(waiting, at("2026-11-24")) == "2026-11-26"
    assert due_of(waiting, at("2026-11-26")) == "2026-11-30"
    assert due_of(resumed(waiting, at("2026-11-26")), at("2027-01-01")) == "2026-11-30"


def test_a_step_that_does_not_count_against_the_item_still_has_its_own_day() -> None:
    notice = advanced(accepted("2026-11-20"), at("2026-11-24"))
    assert notice.clock_stands
    assert due_of(notice, at("2026-11-24")) == due_of(notice, at("2026-11-30")) == "2026-12-01"


def test_papers_awaited_within_such_a_step_hold_it_up() -> None:
    notice = advanced(accepted("2026-11-20"), at("2026-11-24"))
    after = resumed(stopped(notice, at("2026-11-25")), at("2026-11-28"))
    assert after.clock_stands
    assert due_of(after, at("2026-12-03")) == "2026-12-04"
    assert [(span.start[:10], span.end[:10]) for span in after.waits] == [("2026-11-25", "2026-11-28")]


def test_a_step_in_hours_has_a_moment_and_knows_nothing_of_earlier_stops() -> None:
    helping = advanced(advanced(accepted("2026-11-20"), at("2026-11-24")), at("2026-12-01"))
    assert due_of(helping, at("2026-12-01")) == at("2026-12-02")


def test_a_suspension_holds_up_the_step_too_even_one_that_does_not_count() -> None:
    notice = advanced(accepted("2026-11-20"), at("2026-11-24"))
    away = happened(notice, "case.suspended", at("2026-11-25"), p.SuspendedPublic())
    on = happened(away, "case.continued", at("2026-11-28"), p.ResumedPublic(p.Times(), "stop"))
    assert due_of(on, at("2026-12-03")) == "2026-12-04"


def test_what_is_not_accepted_yet_has_no_day_to_count_or_to_explain() -> None:
    case = received("2026-12-21")
    assert step_due(CALENDAR, case, at("2026-12-22")) is None
    assert explained(CALENDAR, case, at("2026-12-22")) == ()
    assert not depends_on(case, {2026, 2027})


def test_where_no_step_is_open_none_is_due() -> None:
    done = accepted("2026-11-20")
    for day in ("2026-11-24", "2026-12-01", "2026-12-02"):
        done = advanced(done, at(day))
    assert done.stage == ""
    finished = happened(done, "case.finished", at("2026-12-02"), p.FinishedPublic("granted", 1))
    assert (
        step_due(CALENDAR, done, at("2026-12-02")) is step_due(CALENDAR, finished, at("2026-12-02")) is None
    )


def test_a_step_over_new_year_is_provisional() -> None:
    assert step_due(CALENDAR, accepted("2026-12-30"), at("2026-12-30")) == Due(date(2027, 1, 5), None, True)


def test_both_due_days_of_a_case_are_explained_as_they_are_stored() -> None:
    case = resumed(stopped(accepted("2026-11-20"), at("2026-11-23")), at("2026-11-26"))
    promised, statutory = explained(CALENDAR, case, at("2026-11-27"))
    assert (due_text(promised.due), due_text(statutory.due)) == (case.times.promised, case.times.statutory)
    assert (promised.limit, statutory.limit) == (10, 15)


def test_nothing_is_explained_while_the_clock_stands() -> None:
    waiting = stopped(accepted("2026-11-20"), at("2026-11-23"))
    assert explained(CALENDAR, waiting, at("2026-11-24")) == ()
    voided = happened(waiting, "case.voided", at("2026-11-25"), p.VoidedPublic(1))
    assert len(explained(CALENDAR, voided, at("2026-11-25"))) == 2


@pytest.mark.parametrize(
    ("day", "years", "depends"),
    [
        ("2026-11-20", {2027}, False), ("2026-11-20", {2026}, True), ("2026-12-21", {2027}, True),
        ("2026-12-21", {2028}, True), ("2025-12-20", {2027}, False), ("2025-12-20", {2025}, True),
        ("2025-12-20", {2026}, True), ("2025-12-20", set(), False),
    ],
)  # fmt: skip
def test_a_case_depends_on_the_years_it_runs_through_and_on_all_while_provisional(
    day: str, years: set[int], depends: bool
) -> None:
    assert depends_on(accepted(day), years) == depends


def test_a_case_whose_clock_stands_or_that_is_done_depends_on_no_year() -> None:
    case = accepted("2026-12-21")
    assert not depends_on(stopped(case, at("2026-12-22")), {2027})
    assert not depends_on(replace(case, state="finished"), {2027})


def test_a_case_dated_anew_keeps_what_was_promised_on_paper_and_a_line_of_history() -> None:
    case = accepted("2026-12-21")
    times = p.Times("2027-01-06", "2027-01-13")
    years = (p.YearNotice(2027, "official", "n", "2026-11-10"),)
    anew = happened(case, "case.redated", at("2026-12-22"), p.RedatedPublic(case.times, times, years))
    assert (anew.times, anew.accepted_times) == (times, case.times)
    assert [(line.at, line.before, line.after) for line in anew.redated] == [
        (at("2026-12-22"), case.times, times)
    ]
