"""A scanner is heard in the whole program and types nowhere; what hands type arrives as it was typed."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.receipt_codes import code_of
from station_desk.counter.scanned import Scan, may_become_scan, read_scan
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.paper.preview import Preview
from station_desk.ui.scan.wedge import Wedge
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, open_request
from tests.ui.scanner import front, press, scan, type_slowly, wait
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off
from tests.unit.test_scanned import KNOWN, RESIDENT, TODAY

pytestmark = pytest.mark.long

NONE = Qt.KeyboardModifier.NoModifier


def said(window: Window) -> str:
    """What the window says of the last scan."""
    settle(window)
    scans = window.shell.scans
    assert scans is not None
    assert scans.note is not None
    return scans.note.words.text()


class Field:
    """A line in a window of its own, under a wedge, with keys at moments that the test makes up."""

    def __init__(self, qtbot: QtBot) -> None:
        self.place = QWidget()
        qtbot.addWidget(self.place)
        self.line = QLineEdit(self.place)
        self.place.show()
        self.place.activateWindow()
        self.line.setFocus()
        qtbot.waitUntil(self.line.hasFocus)
        self.scans: list[Scan] = []
        self.wedge = Wedge(
            may_become_scan, lambda t: read_scan(t, TODAY), self.scans.append, ("QSQ001",), self.place
        )
        self.at = 1000

    def key(self, text: str, gap: int, key: Qt.Key = Qt.Key.Key_unknown, *, repeat: bool = False) -> None:
        self.at += gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, NONE, text, repeat)
            event.setTimestamp(self.at)
            QCoreApplication.sendEvent(self.line, event)

    def scan(self, code: str, gap: int) -> None:
        for character in code:
            self.key(character, gap)
        self.key("\r", gap, Qt.Key.Key_Return)

    def compose(self, event: QInputMethodEvent) -> None:
        QCoreApplication.sendEvent(self.line, event)


def commit(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


TURNS = st.one_of(
    st.tuples(st.just("type"), st.text("0123456789QSTDX-abhtp:/ ", max_size=10), st.integers(62, 300)),
    st.tuples(st.just("hold"), st.sampled_from("1Qa"), st.integers(1, 40)),
    st.tuples(st.just("compose"), st.sampled_from(["王", "王秀兰", "你好"]), st.just(0)),
    st.tuples(st.just("scan"), st.sampled_from(sorted(KNOWN)), st.integers(0, 20)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TURNS, max_size=6))
def test_any_mix_of_hands_and_scans(qtbot: QtBot, story: list[tuple[str, str, int]]) -> None:
    field = Field(qtbot)
    typed, codes = "", []
    for who, text, gap in story:
        field.key("", 300, Qt.Key.Key_Home if not typed else Qt.Key.Key_End)
        match who:
            case "type":
                for character in text:
                    field.key(character, gap)
                typed += text
            case "hold":
                field.key(text, 300)
                for _ in range(gap):
                    field.key(text, 3, repeat=True)
                typed += text * (gap + 1)
            case "compose":
                field.compose(QInputMethodEvent("wang'xiu", []))
                field.compose(commit(text))
                typed += text
            case _:
                field.scan(text, gap)
                codes.append(KNOWN[text])
    field.key("", 300, Qt.Key.Key_End)
    assert field.line.text() == typed
    assert field.scans == codes
    field.wedge.stop()
    field.place.close()


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, None])
def test_a_scan_opens_its_case_and_types_nowhere(desk: Desk, open_on: OpenWindow, end: Qt.Key | None) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.name"].take_focus()
    before = dict(panel.draft.values)
    scan(number.replace("-", ""), end)
    assert number in said(window)
    shown = window.shell.progress.panel.case()
    assert shown is not None
    assert shown.number == number
    assert panel.draft.values == before


def test_a_typist_at_twenty_keys_a_second_is_not_disturbed(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    box = panel.form.boxes["applicant.address"]
    box.take_focus()
    text = "QSQ001261120020031 http://x SD1 11010519491231002X"
    type_slowly(text)
    settle(window)
    assert box.value() == text


def test_the_search_gets_its_keys_at_once_and_is_emptied_by_a_scan(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    box = window.shell.search.box
    window.shell.search.begin()
    press("1")
    assert box.text() == "1"
    wait(60)
    scan(number)
    assert number in said(window)
    assert box.text() == ""
    assert window.shell.search.panel.isHidden()


def test_what_was_typed_before_a_shortcut_arrives_before_it(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.phone"].take_focus()
    press("1")
    press("3")
    QTest.keyClick(front(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert panel.form.boxes["applicant.phone"].value() == "13"
    assert panel.tabs.currentIndex() == 1


def test_the_mouse_leads_on_after_what_was_typed(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.phone"].take_focus()
    press("1")
    panel.form.boxes["applicant.name"].take_focus()
    assert panel.form.boxes["applicant.phone"].value() == "1"
    assert panel.form.boxes["applicant.name"].value() == ""


def test_letters_of_an_input_method_become_a_scan(qtbot: QtBot) -> None:
    field = Field(qtbot)
    for letters in ("q", "qs", "qsq"):
        field.compose(QInputMethodEvent(letters, []))
        if not field.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            break
    rest = "QSQ001261120020031O"[len(letters) :]
    for character in rest:
        field.compose(commit(character))
    field.key("\r", 1, Qt.Key.Key_Return)
    assert [scan.value for scan in field.scans] == ["QSQ001-261120-02-0031-O"]
    assert field.line.text() == ""
    assert field.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_letters_that_were_no_scan_are_given_back(qtbot: QtBot) -> None:
    field = Field(qtbot)
    for letters in ("q", "qs"):
        field.compose(QInputMethodEvent(letters, []))
    wait(100)
    assert (field.line.text(), field.scans) == ("qs", [])
    assert field.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_dead_keys_and_shortcuts_of_a_field_go_on(qtbot: QtBot) -> None:
    field = Field(qtbot)
    field.key("1", 100)
    field.key("", 5, Qt.Key.Key_Dead_Acute)
    field.key("é", 5)
    field.key("2", 100)
    QTest.keyClick(field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert field.line.text() == "1é2"
    assert field.line.selectedText() == "1é2"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)|propagateSizeHints", extend=True)
def test_a_scan_in_an_open_list_opens_its_case(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    kind = panel.form.boxes["applicant.id_kind"].editor.targets()[0]
    QTest.keyClick(kind, Qt.Key.Key_Space)
    wait(50)
    assert QApplication.activePopupWidget() is not None
    scan(number)
    assert number in said(window)
    assert panel.draft.values["applicant.id_kind"] == "citizen_id"


def test_a_scan_closes_the_preview_and_leaves_a_dialog_in_which_one_types(
    desk: Desk, open_on: OpenWindow
) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    shell = window.shell
    shell.open_case(shell.progress.model.row(0).case)
    settle(window)
    shell.progress.panel.papers.newest.click()
    settle(window)
    assert shell.findChildren(Preview)
    scan(number)
    assert number in said(window)
    assert not any(preview.isVisible() for preview in shell.findChildren(Preview))
    shell.papers.choose_printers()
    settle(window)
    scan(number)
    assert said(window) == desk.texts("scan.dialog_open")
    assert QApplication.activeWindow() is not shell


def test_a_ticket_a_receipt_and_a_resident_are_opened(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    ticket = take_ticket(desk, TakeTicket("SA-001"), uuid4().hex).answer
    window = open_on(desk)
    shell = window.shell
    shell.show_page("finished")
    scan(ticket.id)
    assert ticket.number in said(window)
    chosen = shell.counter.queue.view.chosen()
    assert chosen is not None
    assert chosen.id == ticket.id
    scan(code_of(desk, desk.store.case(number)))
    assert desk.texts("scan.proof_genuine", number=number, day="{}", counter=2).split("{}")[0] in said(window)
    shell.show_page("guide")
    scan(RESIDENT)
    assert "1101**********002X" in said(window)
    assert shell.pages.currentWidget() is shell.progress


def test_what_cannot_be_opened_says_why(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    for code, text in (
        ("QSQ009261120020031U", "scan.case_"),
        ("T200101-A001", "scan.ticket_unknown"),
        ("11010519491231002X", "scan.resident_none"),
        ("110105194912310021", "scan.resident_damaged"),
        ("https://district.example/t/aB3xxxxxxxxxxxxxxxxxxx", "scan.tracking_elsewhere"),
        ("https://district.example/guide/ZZ-999", "scan.guide_unknown"),
    ):
        scan(code)
        start = next(t for k, t in texts(desk) if k.startswith(text)).split("{")[0]
        assert said(window).startswith(start), code


def texts(desk: Desk) -> list[tuple[str, str]]:
    return [(f"scan.{key}", text) for key, text in desk.texts._area("scan").items()]


def test_a_resident_goes_into_the_request_in_hand(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    scan(RESIDENT)
    assert panel.form.boxes["applicant.id_number"].value() == RESIDENT
    assert panel.form.boxes["applicant.name"].has_focus()
    other = "320706199001011234"
    panel.form.boxes["applicant.id_number"].put(other)
    scan(RESIDENT)
    assert panel.form.boxes["applicant.id_number"].value() == other
    assert said(window) == desk.texts("scan.card.offered")
    panel.card.offers["applicant.id_number"].take.click()
    assert panel.form.boxes["applicant.id_number"].value() == RESIDENT
    assert panel.card.offers == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_scan_fits(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    desk = make_desk(language)
    window = open_on(desk)
    window.shell.resize(1366, 768)
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.address"].put("海州区青石桥路 8 号")
    panel.fill_from_card({"address": "江苏省连云港市海州区青石桥街道青石桥社区三组十二号院内东侧第二间"})
    for key in ("scan.proof_altered", "scan.case_damaged", "scan.card.offered"):
        scans = window.shell.scans
        assert scans is not None
        scans.tell(key, {"number": "QSQ001-261120-02-0031-O"}, "bad")
        settle(window)
        assert list(cut_off(window.shell)) == []
