"""All defects by F8, and what can be undone: typing, clearing, throwing a draft away, an acceptance."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from station_desk.counter.desk import Desk
from station_desk.counter.drafts import kept_drafts
from station_desk.counter.today import today
from station_desk.main.screenshots import settle
from station_desk.store.lists import case_count
from station_desk.ui.counter_page.done_card import DoneCard
from station_desk.ui.counter_page.noticed_card import NoticedCard
from tests.ui.clerk import Clerk
from tests.ui.conftest import GOOD, OpenWindow, fill, in_hand, open_request


@pytest.fixture
def clerk(desk: Desk, open_on: OpenWindow) -> Clerk:
    return Clerk(open_on(desk))


def rested(clerk: Clerk) -> None:
    """Long enough for the draft to be written."""
    QTest.qWait(300)
    settle(clerk.window)


def test_f8_tells_all_defects_and_the_case_waits(clerk: Clerk, desk: Desk) -> None:
    panel = open_request(clerk.window, "LS-008")
    fill(panel, desk)
    panel.form.boxes["applicant.phone"].put("1391234567")
    panel.beside.rows["hukou"].tick.click()
    clerk.press("F8")
    assert panel.accept.isHidden()
    assert panel.notice.tell.text() == "告知并打印 2 项"
    clerk.press("Space")
    assert panel.notice.tell.text() == "告知并打印 3 项"
    clerk.press("F8")
    card = clerk.window.shell.counter.handling.area.currentWidget()
    assert isinstance(card, NoticedCard)
    case = desk.store.case(card.number.text())
    assert (case.state, [words.hans for words in case.bring]) == ("noticed", ["居民户口簿"])
    assert "还差 1 位" in case.defects[0]
    assert desk.item("LS-008").conditions[0] in case.defects[1]
    assert card.printed.text() == "一次性告知书已打印"
    assert today(desk).accepted == 0, "it waits; it was not accepted"
    assert (Path(desk.store.profile.papers) / f"{case.number}-notice-1.pdf.sealed").exists()
    rested(clerk)
    assert kept_drafts(desk) == ()


def test_f8_goes_back_by_escape_and_wants_a_name(clerk: Clerk, desk: Desk) -> None:
    panel = open_request(clerk.window, "LS-008")
    clerk.press("F8")
    assert clerk.place() == "applicant.name"
    assert panel.hint.text() == "先填申请人姓名"
    fill(panel, desk)
    clerk.press("F8")
    assert panel.notice.tell.text() == "没有要告知的，可以受理"
    clerk.press("F8")
    assert case_count(desk.store) == {}
    clerk.press("Esc")
    assert not panel.accept.isHidden()
    clerk.press("F9")
    assert case_count(desk.store) == {"processing": 1}


def test_the_form_is_emptied_and_brought_back_by_the_same_key(clerk: Clerk, desk: Desk) -> None:
    panel = open_request(clerk.window, "LS-008")
    fill(panel, desk)
    before = {place: box.value() for place, box in panel.form.boxes.items()}
    ways = dict(panel.draft.ways)
    clerk.press("Ctrl+Shift+L")
    assert panel.draft.is_untouched
    assert panel.form.boxes["applicant.name"].value() == ""
    clerk.press("Ctrl+Shift+L")
    assert {place: box.value() for place, box in panel.form.boxes.items()} == before
    assert panel.draft.ways == ways
    clerk.press("Ctrl+Shift+L")
    clerk.press("Ctrl+Z")
    assert {place: box.value() for place, box in panel.form.boxes.items()} == before


def test_each_field_takes_its_typing_back(clerk: Clerk) -> None:
    panel = open_request(clerk.window, "LS-008")
    box = panel.form.boxes["applicant.id_number"]
    clerk.type("1101")
    box.put("2202")
    clerk.press("Ctrl+Z")
    assert box.value() == "1101"
    choice = panel.form.boxes["payment_mode"]
    choice.put("自行缴费")
    choice.put("")
    choice.take_focus()
    clerk.press("Ctrl+Z")
    assert choice.value() == "自行缴费"


def test_a_draft_is_kept_offered_thrown_away_and_brought_back(clerk: Clerk, desk: Desk) -> None:
    handling = clerk.window.shell.counter.handling
    open_request(clerk.window, "LS-008")
    clerk.type(GOOD["applicant.id_number"])
    rested(clerk)
    (kept,) = kept_drafts(desk)
    assert (kept.focus, kept.cursor) == ("applicant.id_number", 18)
    assert "草稿已存" in in_hand(clerk.window).saved.text()
    handling.area.rest()
    assert handling.area.parked.list.choices.rowCount() == 1
    handling.area.parked.take_focus()
    clerk.press("Del")
    assert kept_drafts(desk) == ()
    clerk.press("Ctrl+Z")
    panel = in_hand(clerk.window)
    assert panel.draft.values["applicant.id_number"] == GOOD["applicant.id_number"]
    clerk.type("9")
    rested(clerk)
    assert len(kept_drafts(desk)) == 1
    panel.form.boxes["applicant.id_number"].put("")
    rested(clerk)
    assert kept_drafts(desk) == ()


def test_the_draft_of_a_ticket_comes_back_when_it_is_called_again(desk: Desk, open_on: OpenWindow) -> None:
    from station_desk.counter.queue import TakeTicket, take_ticket

    take_ticket(desk, TakeTicket("LS-008"), "ticket")
    first = Clerk(open_on(desk))
    first.press("F3")
    first.type(GOOD["applicant.id_number"])
    first.press("Return")
    first.type(GOOD["applicant.name"])
    rested(first)
    first.press("F6")
    first.window.shell.close()
    second = Clerk(open_on(desk))
    settle(second.window)
    handling = second.window.shell.counter.handling
    handling.open_ticket(second.window.shell.counter.queue.rows()[0])
    settle(second.window)
    panel = in_hand(second.window)
    assert panel.draft.values["applicant.name"] == GOOD["applicant.name"]
    assert (second.place(), panel.place_in_focus()[1]) == ("applicant.name", 3)
    assert "已恢复" in panel.saved.text()


@pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard", extend=True)
def test_an_acceptance_is_undone_with_its_reason_and_the_form_is_back(clerk: Clerk, desk: Desk) -> None:
    panel = open_request(clerk.window, "LS-008")
    fill(panel, desk)
    clerk.press("F9")
    area = clerk.window.shell.counter.handling.area
    card = area.currentWidget()
    assert isinstance(card, DoneCard)
    number = card.number.text()
    clerk.press("Ctrl+Z")
    clerk.press("Return")
    assert desk.store.case(number).state == "processing"
    clerk.type("选错事项")
    clerk.press("Return")
    case = desk.store.case(number)
    assert (case.state, case.void_reason) == ("voided", "选错事项")
    again = in_hand(clerk.window)
    assert again.form.boxes["applicant.name"].value() == GOOD["applicant.name"]
    assert number in again.hint.text()
    clerk.press("F9")
    assert case_count(desk.store) == {"voided": 1, "processing": 1}
