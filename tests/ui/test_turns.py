"""What else may happen to a case: chosen by a key, filled in under the case, refused beside the key."""

from datetime import timedelta

import pytest

from station_desk.counter.advance import Advance, advance
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Finish, finish
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.shared.case_next import next_of
from station_desk.ui.shared.case_panel import CasePanel
from station_desk.ui.shared.turns import TURNS, possible_turns
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off

BY_NAME = {turn.name: turn for turn in TURNS}


def panel_of(window: Window, number: str, page: str = "progress") -> CasePanel:
    shell = window.shell
    shell.show_page(page)
    (shell.progress if page == "progress" else shell.finished).choose(number)
    settle(window)
    return (shell.progress if page == "progress" else shell.finished).panel


def fill(panel: CasePanel, name: str, **answers: str) -> None:
    panel.turns.open_turn(next(turn for turn in TURNS if turn.name == name))
    for key, text in answers.items():
        panel.turns.fields[key].put(text)


def day(desk: Desk, ahead: int) -> str:
    return (desk.clock().date() + timedelta(days=ahead)).isoformat()


def printed(desk: Desk, number: str) -> set[str]:
    rows = desk.store.read(
        "SELECT paper FROM papers WHERE case_number = ? AND state = 'confirmed'", (number,)
    )
    return {paper.split("-")[0] for (paper,) in rows}


def test_the_clock_stops_for_papers_and_runs_on(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    panel = panel_of(window, number)
    fill(panel, "supplement", until=day(desk, 10))
    panel.turns.press()
    settle(window)
    assert panel.turns.hint.text()
    assert panel.turns.fields["until"].value() == day(desk, 10)
    next(iter(panel.turns.ticks.values())).setChecked(True)
    panel.turns.press()
    settle(window)
    assert desk.store.case(number).state == "supplement"
    assert "supplement" in printed(desk, number)
    assert panel.turns.isHidden()
    panel.press()
    settle(window)
    assert desk.store.case(number).state == "processing"


def test_a_case_is_suspended_and_goes_on(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    panel = panel_of(window, number)
    fill(panel, "suspend", reason="等候核实", approver="站长")
    panel.turns.press()
    settle(window)
    assert desk.store.case(number).state == "suspended"
    assert next_of(desk.store.case(number)) == "continue"
    panel.press()
    settle(window)
    assert desk.store.case(number).state == "processing"


def test_papers_go_out_with_their_list_and_come_back(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    panel = panel_of(window, number)
    fill(panel, "forward", body="街道民政办", signature="赵敏", back_by=day(desk, 5))
    panel.turns.press()
    settle(window)
    away = desk.store.case(number).away
    assert away is not None
    assert "handover" in printed(desk, number)
    assert [turn.name for turn in possible_turns(desk.store.case(number))].count("forward") == 0
    fill(panel, "take_back", opinion="属实", signature="赵敏")
    panel.turns.press()
    settle(window)
    assert desk.store.case(number).away is None


def test_who_took_the_result_is_kept_with_their_document(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    while (case := desk.store.case(number)).stage:
        advance(desk, Advance(number), f"a{case.revision}")
    finish(desk, Finish(number, "granted", "登记证"), "f")
    window = open_on(desk)
    panel = panel_of(window, number, "finished")
    panel.fields["receiver"].put("李小红")
    panel.fields["relation"].put("女儿")
    panel.fields["document"].put("11010519491231002X")
    panel.press()
    settle(window)
    assert desk.store.case(number).state == "delivered"
    told = desk.store.read(
        "SELECT private FROM events WHERE subject = ? AND kind = 'case.delivered'", (number,)
    )
    assert "11010519491231002X" in told[0][0]
    offered = [action.text() for action in panel.papers.menu(panel).actions()]
    assert desk.texts("papers.kind.delivery") in offered


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_turn_fits(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    desk = make_desk(language)
    number = accepted(desk, "SA-001", "李建国")
    window = open_on(desk)
    window.shell.resize(1366, 768)
    panel = panel_of(window, number)
    for turn in possible_turns(desk.store.case(number)):
        panel.turns.open_turn(turn)
        settle(window)
        assert list(cut_off(window.shell)) == [], turn.name
        assert (window.shell.width(), window.shell.height()) == (1366, 768)
    panel.turns.close_turn()
    assert panel.turns.more.isVisible()
