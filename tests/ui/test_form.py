"""Checks speak beside the field while typing, and nothing typed is lost."""

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from station_desk.catalogue.item import AllowedCertificate, Words
from station_desk.counter.desk import Desk
from station_desk.counter.queue import MoveTicket, move_ticket
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.lists import case_count, open_cases
from station_desk.ui.acts import new_command
from station_desk.ui.counter_page.draft import Draft, application_of, faults_in, linked, papers_ready
from station_desk.ui.counter_page.request_panel import RequestPanel
from tests.ui.conftest import GOOD, OpenWindow, fill, in_hand, open_request


def fault_of(panel: RequestPanel, key: str) -> str:
    box = panel.form.boxes[key]
    return box.fault.text() if box.fault.isVisibleTo(panel) else ""


def test_a_short_phone_number_says_how_many_digits_are_missing(window: Window) -> None:
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.phone"].put("1391234567")
    assert fault_of(panel, "applicant.phone") == "手机号应为 11 位，还差 1 位"
    panel.form.boxes["applicant.phone"].put("13912345678")
    assert fault_of(panel, "applicant.phone") == ""


def test_a_good_identity_number_is_said_to_be_good_and_tells_birth_and_sex(window: Window) -> None:
    panel = open_request(window, "SA-001")
    box = panel.form.boxes["applicant.id_number"]
    box.put("110105194912310021")
    assert "校验不符" in fault_of(panel, "applicant.id_number")
    assert box.pill.text() == ""
    box.put("11010519491231002x")
    assert (fault_of(panel, "applicant.id_number"), box.pill.text()) == ("", "校验通过")
    assert panel.form.born.words.text().startswith("1949-12-31　女")


def test_a_passport_is_not_checked_as_a_citizen_number(window: Window) -> None:
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.id_kind"].put("passport")
    panel.form.boxes["applicant.id_number"].put("E12345678")
    assert (fault_of(panel, "applicant.id_number"), panel.form.born.words.text()) == ("", "")


def test_an_untouched_field_is_not_scolded_until_the_clerk_wants_to_accept(window: Window) -> None:
    panel = open_request(window, "SA-001")
    assert fault_of(panel, "applicant.name") == ""
    panel.press()
    assert fault_of(panel, "applicant.name") == "必填，还没有填"


def test_the_action_says_what_is_missing_first_and_leads_there(window: Window, desk: Desk) -> None:
    panel = open_request(window, "SA-001")
    assert "先填公民身份号码" in panel.accept.text()
    panel.form.boxes["applicant.id_number"].put(GOOD["applicant.id_number"])
    assert "先填姓名" in panel.accept.text()
    panel.press()
    assert panel.form.boxes["applicant.name"].editor.targets()[0].hasFocus()
    fill(panel, desk)
    assert panel.accept.text() == "受理并打印回执"
    panel.beside.rows["hukou"].tick.click()
    assert "先填居民户口簿" in panel.accept.text()
    panel.press()
    assert panel.beside.rows["hukou"].tick.hasFocus()


def test_what_the_applicant_said_is_not_asked_again(desk: Desk) -> None:
    item = desk.item("SA-001")
    assert linked(item, desk.catalogue) == {
        "address_actual": "applicant.address",
        "contact": "applicant.phone",
    }
    draft = Draft(item, "", new_command())
    wrong = {fault.field for fault in faults_in(draft, desk.catalogue, desk.clock().date())}
    assert "applicant.address" in wrong
    assert "address_actual" not in wrong


def test_a_substitute_stands_for_the_paper(window: Window) -> None:
    panel = open_request(window, "SA-001")
    row = panel.beside.rows["hukou"]
    row.tick.turned.emit(1)
    row.tick.turned.emit(1)
    assert panel.draft.ways["hukou"] == "shared"
    assert row.tick.isChecked()
    assert panel.materials.rows["hukou"].tick.isChecked()
    assert papers_ready(panel.draft)[0] == 1
    assert not any(fault.field == "material.hukou" for fault in panel.faults())


def test_somebody_who_comes_for_the_resident_is_asked_for_a_name(window: Window) -> None:
    window.shell.counter.handling.begin_without_ticket("SA-001", with_agent=True)
    panel = in_hand(window)
    panel.form.boxes["agent.phone"].put("139")
    assert "还差 8 位" in fault_of(panel, "agent.phone")
    assert "agent.name" in {fault.field for fault in panel.faults() if fault.blocks}


def test_pressing_twice_accepts_once(window: Window, desk: Desk) -> None:
    panel = open_request(window, "FP-001")
    fill(panel, desk)
    panel.accepting.emit()
    panel.accepting.emit()
    settle(window)
    assert sum(case_count(desk.store).values()) == 1


def test_an_error_leaves_the_form_as_it_was(window: Window, desk: Desk) -> None:
    """Another program finished the ticket meanwhile: the rule says no, and all that was typed is still
    there.
    """
    shell = window.shell
    shell.counter.handling.call_next()
    settle(window)
    panel = in_hand(window)
    fill(panel, desk)
    settle(window)
    ticket = panel.draft.ticket
    move_ticket(desk, MoveTicket(ticket, "done"), new_command())
    panel.press()
    settle(window)
    assert in_hand(window) is panel
    assert panel.form.boxes["applicant.name"].value() == "王秀兰"
    assert panel.hint.text() != ""
    assert panel.accept.isEnabled()
    assert open_cases(desk.store) == []


def test_looking_at_another_ticket_keeps_what_was_typed(window: Window) -> None:
    handling = window.shell.counter.handling
    first, second = window.shell.counter.queue.rows()[:2]
    handling.open_ticket(first)
    settle(window)
    in_hand(window).form.boxes["applicant.name"].put("王秀兰")
    handling.open_ticket(second)
    settle(window)
    assert in_hand(window).form.boxes["applicant.name"].value() == ""
    handling.open_ticket(next(row for row in window.shell.counter.queue.rows() if row.id == first.id))
    settle(window)
    assert in_hand(window).form.boxes["applicant.name"].value() == "王秀兰"


def test_the_first_answer_says_that_serving_began(window: Window) -> None:
    window.shell.counter.handling.call_next()
    settle(window)
    ticket = in_hand(window).draft.ticket
    in_hand(window).form.boxes["applicant.name"].put("王")
    settle(window)
    states = {row.id: row.state for row in window.shell.counter.queue.rows()}
    assert states[ticket] == "serving"


def test_a_conditional_field_comes_and_goes_with_the_answer_it_waits_for(window: Window, desk: Desk) -> None:
    panel = open_request(window, "LS-012")
    heir = panel.form.boxes["heir"]
    assert not heir.isVisibleTo(panel)
    panel.form.boxes["termination_reason"].put("死亡")
    assert heir.isVisibleTo(panel)
    heir.put("李小明")
    panel.form.boxes["termination_reason"].put("出国定居")
    assert not heir.isVisibleTo(panel)
    assert "heir" not in application_of(panel.draft, desk.catalogue).answers


def test_the_ways_out_of_a_step_stand_under_its_stage(window: Window) -> None:
    panel = open_request(window, "HF-001")
    told = panel.head.stepper.accessibleDescription()
    assert "信息一致 → 办结" in told
    assert "信息不一致、难以核实 → 协查核实" in told


def test_a_forbidden_certificate_is_told_while_it_is_typed_and_never_accepted(window: Window) -> None:
    panel = open_request(window, "HV-004")
    panel.form.boxes["list_item"].put("親屬關係")
    assert "公安户籍、公证、民政婚姻档案" in fault_of(panel, "list_item")
    panel.form.boxes["list_item"].put("居住情况证明")
    assert "还没有公布保留清单" in fault_of(panel, "list_item")
    assert "list_item" in {fault.field for fault in panel.faults() if fault.blocks}


@pytest.mark.qt_log_ignore("propagateSizeHints|raise|grabbing the keyboard", extend=True)
def test_the_positive_list_is_offered_in_its_field(desk: Desk, open_on: OpenWindow) -> None:
    allowed = AllowedCertificate(Words("居住情况证明", "居住情況證明", "proof of residence"), "本区清单第3项")
    certificates = msgspec.structs.replace(desk.catalogue.certificates, allowed=(allowed,))
    published = msgspec.structs.replace(desk.catalogue, certificates=certificates)
    forms = msgspec.structs.replace(desk.edition.forms, catalogue=published)
    window = open_on(replace(desk, catalogue=published, edition=replace(desk.edition, forms=forms)))
    panel = open_request(window, "HV-004")
    box = panel.form.boxes["list_item"]
    box.take_focus()
    QTest.keyClick(box.editor.targets()[0], Qt.Key.Key_Down)
    offers = QApplication.activePopupWidget()
    assert isinstance(offers, QListView)
    QTest.keyClick(offers, Qt.Key.Key_Down)
    QTest.keyClick(offers, Qt.Key.Key_Return)
    assert (box.value(), fault_of(panel, "list_item")) == ("居住情况证明", "")
