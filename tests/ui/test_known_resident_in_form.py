"""A resident who comes again: chosen while typing, what is known confirmed, repeats said beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtTest import QTest

from station_desk.cases.parts import Applicant, How
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.counter_page.done_card import DoneCard
from station_desk.ui.counter_page.request_panel import RequestPanel
from tests.ui.clerk import Clerk
from tests.ui.conftest import GOOD, OpenWindow, open_request

WHO = Applicant(
    GOOD["applicant.name"], "citizen_id", GOOD["applicant.id_number"], GOOD["applicant.phone"],
    GOOD["applicant.address"],
)  # fmt: skip
FORM = {"hukou_place": "江苏省连云港市", "live_address": WHO.address, "arrive_date": "2026-01-05"}


def ago(days: int) -> Callable[[], datetime]:
    return lambda: now() - timedelta(days=days)


@pytest.fixture
def number(desk: Desk) -> str:
    """A residence registration of 200 days ago."""
    then = replace(desk, clock=ago(200))
    papers: dict[str, How] = {m.key: "brought" for m in desk.item("FP-001").material}
    return accept(then, Application("FP-001", WHO, FORM, papers), "long-ago").answer.number


@pytest.fixture
def clerk(desk: Desk, number: str, open_on: OpenWindow) -> Clerk:
    return Clerk(open_on(desk))


def fault(panel: RequestPanel, place: str) -> str:
    return panel.form.boxes[place].fault.text()


def test_the_pinyin_initials_bring_the_resident_and_one_key_confirms(
    clerk: Clerk, desk: Desk, number: str
) -> None:
    panel = open_request(clerk.window, "FP-001")
    panel.form.take_focus("applicant.name")
    clerk.type("wxl")
    assert panel.people.list.isVisible()
    clerk.press("Return")
    assert panel.draft.values["applicant.id_number"] == WHO.id_number
    assert "6 个月前" in fault(panel, "applicant.phone")
    assert number.split("-", 2)[-1] in fault(panel, "hukou_place")
    assert number in panel.known.words.text()
    assert not panel.accept.isHidden()
    assert "先核对" in panel.accept.text()
    clerk.press("F12")
    assert panel.known.isHidden()
    assert panel.form.boxes["hukou_place"].pill.text() == "已核对"
    opened = desk.store.read("SELECT count(*) FROM events WHERE kind = 'resident.opened'")
    assert opened == [(1,)]


def test_field_by_field_enter_confirms_and_typing_over_makes_it_the_clerks_own(clerk: Clerk) -> None:
    panel = open_request(clerk.window, "FP-001")
    clerk.type(WHO.id_number)
    clerk.press("Return")
    waiting = [fault.field for fault in panel.faults() if fault.code == "unconfirmed"]
    panel.form.take_focus(waiting[0])
    clerk.press("Return")
    panel.form.boxes["hukou_place"].put("河北省保定市")
    left = [fault.field for fault in panel.faults() if fault.code == "unconfirmed"]
    assert set(waiting) - set(left) == {waiting[0], "hukou_place"}
    assert "hukou_place" not in panel.draft.known


def test_papers_that_must_be_seen_again_are_said_so_and_not_ticked(clerk: Clerk) -> None:
    panel = open_request(clerk.window, "FP-001")
    clerk.type(WHO.id_number)
    clerk.press("Return")
    clerk.press("F12")
    assert set(panel.draft.ways.values()) <= {"missing"}
    said = {row._note.text() for row in panel.beside.rows.values() if row._note.text()}
    assert said
    assert all("须再看原件" in text for text in said)


def test_the_arrow_chooses_and_escape_leaves_the_list(clerk: Clerk) -> None:
    panel = open_request(clerk.window, "FP-001")
    clerk.type("110105")
    assert panel.people.list.isVisible()
    clerk.press("Esc")
    assert not panel.people.list.isVisible()
    clerk.type("1949")
    clerk.press("Down")
    clerk.press("Return")
    assert panel.draft.values["applicant.name"] == WHO.name


def test_enter_goes_on_while_nobody_is_chosen(clerk: Clerk) -> None:
    panel = open_request(clerk.window, "FP-001")
    clerk.type("110105")
    clerk.press("Return")
    assert clerk.place() == "applicant.name"
    assert panel.draft.known == {}


def test_another_name_for_the_number_is_said_beside_the_field(clerk: Clerk) -> None:
    panel = open_request(clerk.window, "FP-001")
    panel.form.boxes["applicant.id_number"].put(WHO.id_number)
    panel.form.boxes["applicant.name"].put("王秀英")
    QTest.qWait(200)
    settle(clerk.window)
    assert "另一个姓名" in fault(panel, "applicant.name")
    assert "applicant.name" not in {one.field for one in panel.faults() if one.blocks}


def served(window: Window) -> DoneCard:
    card = window.shell.counter.handling.area.currentWidget()
    assert isinstance(card, DoneCard)
    return card


def test_a_repeat_is_named_beside_the_button_and_its_reason_is_kept(desk: Desk, open_on: OpenWindow) -> None:
    papers: dict[str, How] = {m.key: "brought" for m in desk.item("FP-001").material}
    first = accept(desk, Application("FP-001", WHO, FORM, papers), "just-now").answer.number
    clerk = Clerk(open_on(desk))
    panel = open_request(clerk.window, "FP-001")
    clerk.type(WHO.id_number)
    clerk.press("Return")
    clerk.press("F12")
    clerk.press("Ctrl+M")
    assert first in panel.repeat.words.text()
    clerk.press("F9")
    assert clerk.place() == "repeat.reason"
    clerk.type("两处住所")
    clerk.press("F9")
    assert desk.store.case(served(clerk.window).number.text()).repeat_reason == "两处住所"
