"""A trained clerk never needs the mouse between the call and the receipt."""

from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from station_desk.counter.desk import Desk
from station_desk.counter.kept_papers import kept_papers
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.lists import open_cases
from station_desk.ui.counter_page.done_card import DoneCard
from tests.ui.conftest import GOOD, OpenWindow

pypdfium2: Any = import_module("pypdfium2")


def press(window: Window, *keys: Qt.Key) -> None:
    """Presses keys one after the other, wherever the focus is."""
    for key in keys:
        QTest.keyClick(focused(window), key)
        settle(window)


def type_text(window: Window, text: str) -> None:
    """Types where the focus is; an input method hands Chinese text over at once."""
    target = focused(window)
    if text.isascii():
        # As hands do it: all at once would be a scanner.
        QTest.keyClicks(target, text, delay=30)
    else:
        assert isinstance(target, QLineEdit)
        target.insert(text)


def focused(window: Window) -> QWidget:
    return QApplication.focusWidget() or window.shell


def test_from_the_ticket_to_the_receipt_without_the_mouse(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    press(window, Qt.Key.Key_F2)
    type_text(window, "FP-001")
    press(window, Qt.Key.Key_Return)
    assert [row.number for row in window.shell.counter.queue.rows()] == ["D001"]
    press(window, Qt.Key.Key_F3)
    for text in (*GOOD.values(), "江苏省连云港市海州区", "20260105"):
        type_text(window, text)
        press(window, Qt.Key.Key_Return)
    # Each F9 leads to the next paper that is missing, and the last one accepts.
    press(window, Qt.Key.Key_F9, Qt.Key.Key_Space, Qt.Key.Key_F9, Qt.Key.Key_Space, Qt.Key.Key_F9)
    card = window.shell.counter.handling.area.currentWidget()
    assert isinstance(card, DoneCard)
    (row,) = open_cases(desk.store)
    case = desk.store.case(row.number)
    assert (case.applicant.name, case.applicant.id_number) == ("王秀兰", GOOD["applicant.id_number"])
    assert (case.answers["arrive_date"], case.answers["live_address"]) == (
        "2026-01-05",
        "青石桥社区 3 组 12 号",
    )
    assert case.ticket.endswith("D001")
    assert (card.number.text(), card.printed.text()) == (case.number, desk.texts("ui.done.printed"))
    assert case.number in receipt_text(desk, case.number)
    assert window.shell.counter.queue.rows() == ()


def test_enter_goes_through_the_form_from_top_to_bottom(window: Window) -> None:
    press(window, Qt.Key.Key_F3)
    seen = [focused(window).accessibleName()]
    for _ in range(4):
        press(window, Qt.Key.Key_Return)
        seen.append(focused(window).accessibleName())
    assert seen == ["公民身份号码", "姓名", "联系电话", "现居住地址", "户籍地"]


def test_a_resident_can_be_served_without_a_ticket(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    QTest.keyClick(focused(window), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    type_text(window, "zdsh")
    press(window, Qt.Key.Key_Return)
    panel = window.shell.counter.handling.area.current()
    assert panel is not None
    assert (panel.draft.item.code, panel.draft.ticket) == ("SA-001", "")


def receipt_text(desk: Desk, number: str) -> str:
    with pypdfium2.PdfDocument(kept_papers(desk.store).paper(f"{number}-receipt-1")) as paper:
        return "".join(page.get_textpage().get_text_bounded() for page in paper)
