"""A step that was ended by mistake is taken back within the hour; the case is as if it had never ended."""

from collections.abc import Callable
from typing import Any

import pytest

from station_desk.cases.parts import Applicant
from station_desk.cases.permits import CaseAlreadyFinished, ReasonNeeded, StepOutOfOrder
from station_desk.cases.step_back import NoStepEnded, StepPaperOut, StepTooLate, StepWentOn
from station_desk.cases.trace import Trace, fold
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
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Finish, finish
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import paper_pdf_of, print_paper
from station_desk.counter.step_back import TakeStepBack, take_step_back
from station_desk.store.verify import verify_deep

Fresh = Callable[[], str]
MISTAKE = "点错环节"
REPAIR = Application(
    "HV-002",
    Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678"),
    {"house": "砖木"},
    {"app_form": "brought", "id_card": "brought"},
)
"""Of an item with several steps."""


def page_of(desk: Desk, number: str) -> Trace:
    """What the resident's page makes of the log."""
    trace: Trace | None = None
    for event, _ in desk.store.log_of(number):
        trace = fold(trace, event)
    assert trace
    return trace


def test_the_case_and_the_page_are_as_if_the_step_had_never_ended(
    desk: Desk, pension: Application, clock: Any, fresh: Fresh
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    before, page = desk.store.case(number), page_of(desk, number)
    advance(desk, Advance(number, opinion="同意"), fresh())
    clock.wait(minutes=59)
    with pytest.raises(ReasonNeeded):
        take_step_back(desk, TakeStepBack(number, " "), fresh())
    with pytest.raises(StepOutOfOrder):
        take_step_back(desk, TakeStepBack(number, MISTAKE, "nowhere"), fresh())
    moved = take_step_back(desk, TakeStepBack(number, MISTAKE, before.stage), "back").answer
    assert take_step_back(desk, TakeStepBack(number, MISTAKE, before.stage), "back").answer == moved
    after, shown = desk.store.case(number), page_of(desk, number)
    kept = ("state", "stage", "stage_since", "times", "trail", "stops", "clock_stands")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (shown.stage, shown.steps, shown.times) == (page.stage, page.steps, page.times)
    (line,) = after.steps_back
    assert (line.step, line.reason) == (before.stage, MISTAKE)
    assert MISTAKE not in "".join(event.public for event, _ in desk.store.log_of(number))
    with pytest.raises(NoStepEnded):
        take_step_back(desk, TakeStepBack(number, MISTAKE), fresh())
    assert verify_deep(desk.store, lambda _done, _total: None) == []


def test_steps_go_back_one_by_one_as_far_as_nothing_else_happened(desk: Desk, fresh: Fresh) -> None:
    number = accept(desk, REPAIR, fresh()).answer.number
    stages = []
    for _ in range(2):
        stages.append(desk.store.case(number).stage)
        advance(desk, Advance(number), fresh())
    for stage in reversed(stages):
        take_step_back(desk, TakeStepBack(number, MISTAKE), fresh())
        assert desk.store.case(number).stage == stage
    ask_supplement(desk, AskSupplement(number, ("hukou",), "2026-12-31"), fresh())
    take_supplement(desk, TakeSupplement(number), fresh())
    advance(desk, Advance(number), fresh())
    take_step_back(desk, TakeStepBack(number, MISTAKE), fresh())
    assert desk.store.case(number).stage == stages[0]


def test_what_is_old_went_on_or_is_finished_is_not_taken_back(
    desk: Desk, pension: Application, clock: Any, fresh: Fresh
) -> None:
    old, moved, ended = (accept(desk, pension, fresh()).answer.number for _ in range(3))
    for number in (old, moved, ended):
        advance(desk, Advance(number), fresh())
    ask_supplement(desk, AskSupplement(moved, ("hukou",), "2026-12-31"), fresh())
    take_supplement(desk, TakeSupplement(moved), fresh())
    with pytest.raises(StepWentOn):
        take_step_back(desk, TakeStepBack(moved, MISTAKE), fresh())
    while desk.store.case(ended).stage:
        advance(desk, Advance(ended), fresh())
    finish(desk, Finish(ended, "granted", "已登记"), fresh())
    with pytest.raises(CaseAlreadyFinished):
        take_step_back(desk, TakeStepBack(ended, MISTAKE), fresh())
    clock.wait(minutes=61)
    with pytest.raises(StepTooLate):
        take_step_back(desk, TakeStepBack(old, MISTAKE), fresh())


def test_a_sheet_that_says_otherwise_must_come_back_and_holds_no_more(
    desk: Desk, pension: Application, fresh: Fresh
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    stage = desk.store.case(number).stage
    print_paper(desk, PrintPaper(number, "sheet"), fresh())
    advance(desk, Advance(number), fresh())
    print_paper(desk, PrintPaper(number, "sheet"), fresh())
    with pytest.raises(StepPaperOut) as refused:
        take_step_back(desk, TakeStepBack(number, MISTAKE), fresh())
    assert refused.value.values["copy"] == "2"
    take_step_back(desk, TakeStepBack(number, MISTAKE, papers_back=True), fresh())
    told = [event.public for event, _ in desk.store.log_of(number) if event.kind == "case.step_taken_back"]
    assert '"papers":["sheet:2"]' in told[0]
    assert desk.store.case(number).stage == stage
    assert paper_pdf_of(desk, number, "sheet").startswith(b"%PDF")
