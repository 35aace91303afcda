"""What was done by mistake is mended where the case stands; what a notice asked for is taken in there too."""

from datetime import timedelta
from uuid import uuid4

import pytest

from station_desk.cases.parts import Applicant
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.one_time_notice import NoticeNow, notice_now
from station_desk.main.screenshots import settle
from station_desk.ui.shared.confirm import Confirm
from station_desk.ui.shared.turns import PAPERS_BACK, TAKE_STEP_BACK
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off
from tests.ui.test_turns import fill, panel_of

WHO = Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678")
LACKING = Application("LS-008", WHO, {"payment_mode": "自行缴费"}, {"id_card": "brought"})


def noticed(desk: Desk) -> str:
    """A case that waits for two papers, an answer and a condition."""
    until = (desk.clock().date() + timedelta(days=10)).isoformat()
    defects = ("缴费档次：必须填写", "条件未满足：年满 16 周岁")
    return notice_now(
        desk, NoticeNow(LACKING, ("hukou", "app_form"), defects, until), uuid4().hex
    ).answer.number


def test_a_step_that_was_ended_by_mistake_is_under_way_again(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "SA-001", "李建国")
    window = open_on(desk)
    panel = panel_of(window, number)
    assert panel.step_back.isHidden()
    stage = desk.store.case(number).stage
    panel.press()
    settle(window)
    assert desk.store.case(number).stage != stage
    panel.step_back.click()
    panel.turns.press()
    settle(window)
    assert panel.turns.hint.text()
    panel.turns.fields["reason"].put("点错")
    panel.turns.press()
    settle(window)
    assert desk.store.case(number).stage == stage
    assert panel.step_back.isHidden()
    assert "点错" in panel.history.text()


def test_a_case_is_void_only_when_it_was_asked_once_more(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    panel = panel_of(window, number)
    fill(panel, "void", reason="重复受理")
    panel.turns.press()
    confirm = window.shell.findChild(Confirm)
    assert confirm is not None
    assert number in confirm.sentence.text()
    assert confirm.focusWidget() is confirm.leave
    confirm.reject()
    settle(window)
    assert desk.store.case(number).state == "processing"
    panel.turns.press()
    window.shell.findChildren(Confirm)[-1].press()
    settle(window)
    assert desk.store.case(number).state == "voided"
    window.shell.show_page("finished")
    settle(window)
    assert [row.case.number for row in window.shell.finished.model.rows()] == [number]
    assert "作废理由" in panel.history.text()
    assert "重复受理" not in panel.history.text(), "words about people are covered until they are opened"


def test_what_was_asked_for_is_taken_in_one_by_one(desk: Desk, open_on: OpenWindow) -> None:
    number = noticed(desk)
    window = open_on(desk)
    panel = panel_of(window, number)
    panel.press()
    settle(window)
    assert list(panel.turns.ticks) == ["paper hukou", "paper app_form", "defect 1", "defect 2"]
    grade = panel.turns.fields["answer payment_grade"]
    assert grade.fault.text()
    panel.turns.ticks["paper hukou"].setChecked(True)
    grade.put("500")
    assert not grade.fault.text()
    panel.turns.press()
    settle(window)
    case = desk.store.case(number)
    assert (case.state, [words.hans for words in case.bring]) == ("noticed", ["申请表（登记表）"])
    panel.press()
    settle(window)
    assert list(panel.turns.ticks) == ["paper app_form", "defect 1", "defect 2"]
    assert panel.turns.fields == {}
    panel.turns.every.click()
    panel.turns.press()
    settle(window)
    assert desk.store.case(number).state == "received"
    panel.press()
    settle(window)
    assert desk.store.case(number).state == "processing"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_mending_fits(make_desk: MakeDesk, open_on: OpenWindow, language: str, factor: float) -> None:
    desk = make_desk(language)
    number, other = accepted(desk, "SA-001", "李建国"), noticed(desk)
    advance(desk, Advance(number), uuid4().hex)
    window = open_on(desk, "light", factor)
    size = (1366, 768) if factor == 1 else (1920, 1080)
    window.shell.resize(*size)
    panel = panel_of(window, number)
    assert list(cut_off(window.shell)) == []
    panel.turns.open_turn(TAKE_STEP_BACK)
    settle(window)
    assert PAPERS_BACK in panel.turns.ticks
    assert list(cut_off(window.shell)) == []
    panel.turns.close_turn()
    fill(panel, "void", reason="重复受理")
    panel.turns.press()
    settle(window)
    confirm = window.shell.findChild(Confirm)
    assert confirm is not None
    assert list(cut_off(confirm)) == []
    confirm.reject()
    panel = panel_of(window, other)
    assert list(cut_off(window.shell)) == []
    panel.press()
    settle(window)
    assert list(cut_off(window.shell)) == []
    assert (window.shell.width(), window.shell.height()) == size
