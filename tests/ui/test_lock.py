"""The window is covered until somebody signs in and while it is locked; then no name is anywhere in it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.main.desk import open_window
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.shared.contents_dialog import ContentsDialog
from station_desk.ui.sign_in.copied import Copied
from station_desk.ui.sign_in.idle import Idle
from station_desk.ui.sign_in.page import SignInPage
from tests.store.staffed import CLERK, HANDS, HEAD, PASSWORDS, PIN, Running, staffed
from tests.ui.conftest import OpenWindow, fill, fill_queue, open_request
from tests.ui.test_case_pages import accepted

NAME, NUMBER = "王秀兰", "11010519491231002X"


def page_of(window: Window) -> SignInPage:
    """What covers the window."""
    pages = window.shell.findChildren(SignInPage)
    assert len(pages) == 1
    return pages[0]


def sign_in(window: Window, name: str, secret: str, qtbot: QtBot) -> None:
    """Types name and password by hand, and waits until the window is there."""
    page = page_of(window)
    if page.is_returning() and name:
        page.other.click()
    if name:
        page.name.setText(name)
    page.secret.setText(secret)
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: not window.shell.is_locked() or (bool(page.hint.text()) and page.go.isEnabled()),
        timeout=20_000,
    )
    settle(window)


def answered(page: SignInPage) -> bool:
    """Whether the page says why not."""
    return bool(page.hint.text()) and page.go.isEnabled()


def heard() -> list[str]:
    """Every text that a screen reader finds in any window of the program."""
    said: list[str] = []
    for top in QApplication.topLevelWidgets():
        if top.windowHandle() is not None:
            root = QAccessible.queryAccessibleInterface(top)
            if root is not None:
                said.extend(_texts(root))
    return said


def _texts(one: QAccessibleInterface) -> Iterator[str]:
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        if text := one.text(kind):
            yield text
    for place in range(one.childCount()):
        child = one.child(place)
        if child is not None:
            yield from _texts(child)


@pytest.fixture
def at_work(desk: Desk, open_on: OpenWindow, qtbot: QtBot) -> Window:
    """A clerk at work: people wait, a form is half filled, a name stands in it."""
    fill_queue(desk)
    window = open_on(staffed(desk))
    sign_in(window, CLERK, PASSWORDS[CLERK], qtbot)
    assert not window.shell.is_locked()
    panel = open_request(window, "LS-008")
    fill(panel, window.acts.desk)
    settle(window)
    return window


def test_nothing_is_seen_before_somebody_signs_in(desk: Desk, open_on: OpenWindow, qtbot: QtBot) -> None:
    fill_queue(desk)
    window = open_on(staffed(desk))
    assert window.shell.is_locked()
    assert not hasattr(window, "acts")
    sign_in(window, CLERK, "not-it-at-all", qtbot)
    assert window.shell.is_locked()
    assert page_of(window).hint.text()
    sign_in(window, CLERK, PASSWORDS[CLERK], qtbot)
    assert not window.shell.is_locked()
    assert window.acts.desk.actor == CLERK
    assert len(window.shell.counter.queue.rows()) == 7


def test_a_locked_window_tells_no_name_in_the_tree_and_looks_like_an_empty_one(
    at_work: Window, qtbot: QtBot, desk: Desk
) -> None:
    shell = at_work.shell
    assert any(NAME in text for text in heard()), "the control: unlocked the name is found"
    QApplication.setCursorFlashTime(0)
    shell.resize(1366, 768)
    at_work.guard.lock()
    settle(at_work)
    said = heard()
    assert said
    assert [text for text in said if NAME in text or NUMBER in text or CLERK in text] == []
    assert NAME not in shell.windowTitle()
    assert CLERK not in shell.windowTitle()
    locked = shell.grab().toImage()
    empty = open_window(desk)
    empty.shell.resize(1366, 768)
    settle(empty)
    empty.guard._covered().lock()
    settle(empty)
    assert empty.shell.grab().toImage() == locked
    empty.shell.close()
    empty.shell.deleteLater()


def test_five_minutes_without_a_touch_lock_the_window(at_work: Window) -> None:
    idle, clock = virtual(at_work)
    for _ in range(29):
        clock.seconds += 10.0
        idle.look()
    idle.touch()
    clock.seconds += 10.0
    idle.look()
    assert not at_work.shell.is_locked()
    for _ in range(29):
        clock.seconds += 10.0
        idle.look()
    assert at_work.shell.is_locked()
    assert [text for text in heard() if NAME in text] == []


def test_a_touch_of_the_window_counts_as_one(at_work: Window) -> None:
    idle, clock = virtual(at_work)
    clock.seconds += 290.0
    handle = at_work.shell.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    idle._looked = clock.seconds
    clock.seconds += 15.0
    idle.look()
    assert not at_work.shell.is_locked()


def test_a_sleep_of_the_pc_locks_the_window_at_once(at_work: Window) -> None:
    idle, clock = virtual(at_work)
    clock.seconds += 60.0
    idle.look()
    assert at_work.shell.is_locked()


def virtual(window: Window) -> tuple[Idle, Running]:
    """The watch over the window, with a time of its own."""
    clock = Running()
    window.guard.idle._running = lambda: clock.seconds
    window.guard.idle.begin(300.0)
    return window.guard.idle, clock


def test_pages_that_were_only_hidden_would_be_found(at_work: Window) -> None:
    at_work.shell.body().hide()
    settle(at_work)
    assert any(NAME in text for text in heard()), "a hidden widget stays in the tree"
    at_work.shell.body().show()


def test_the_key_locks_and_what_was_typed_is_there_again(at_work: Window, qtbot: QtBot) -> None:
    shell = at_work.shell
    panel = shell.counter.handling.area.current()
    assert panel
    QTest.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shell.is_locked()
    sign_in(at_work, "", "not-it-at-all", qtbot)
    assert shell.is_locked()
    sign_in(at_work, "", PASSWORDS[CLERK], qtbot)
    assert not shell.is_locked()
    assert shell.counter.handling.area.current() is panel
    assert panel.form.boxes["applicant.name"].value() == NAME
    assert panel.isVisible()


def test_a_pin_unlocks(at_work: Window, qtbot: QtBot) -> None:
    from station_desk.counter.staff.accounts import set_pin

    desk = at_work.acts.desk
    assert desk.acting
    set_pin(desk, desk.acting, PASSWORDS[CLERK], PIN, uuid4().hex, HANDS)
    at_work.guard.lock()
    sign_in(at_work, "", PIN, qtbot)
    assert not at_work.shell.is_locked()


def test_somebody_else_sees_nothing_of_it_and_the_owner_finds_it_again(at_work: Window, qtbot: QtBot) -> None:
    at_work.guard.lock()
    sign_in(at_work, HEAD, PASSWORDS[HEAD], qtbot)
    assert not at_work.shell.is_locked()
    assert at_work.acts.desk.actor == HEAD
    settle(at_work)
    assert [text for text in heard() if NAME in text or CLERK in text] == []
    assert at_work.shell.counter.handling.area.current() is None
    at_work.guard.lock()
    sign_in(at_work, CLERK, PASSWORDS[CLERK], qtbot)
    settle(at_work)
    parking = at_work.shell.counter.handling.parking
    (draft,) = parking._kept.values()
    assert draft.values["applicant.name"] == NAME


def test_an_open_dialog_goes_with_the_pages_and_comes_back(at_work: Window, qtbot: QtBot) -> None:
    dialog = QDialog(at_work.shell.body())
    field = QLineEdit(NAME, dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    at_work.guard.lock()
    settle(at_work)
    assert not dialog.isVisible()
    assert [text for text in heard() if NAME in text] == []
    sign_in(at_work, "", PASSWORDS[CLERK], qtbot)
    assert dialog.isVisible()
    assert dialog.isWindow()
    assert field.text() == NAME
    dialog.reject()


def test_a_dialog_that_opens_while_locked_is_not_seen(at_work: Window, qtbot: QtBot) -> None:
    at_work.guard.lock()
    dialog = QDialog(at_work.shell.body())
    QLineEdit(NAME, dialog)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert [text for text in heard() if NAME in text] == []
    sign_in(at_work, "", PASSWORDS[CLERK], qtbot)
    assert dialog.isVisible()
    dialog.reject()


def test_somebody_else_never_sees_the_dialogs_of_the_one_before(at_work: Window, qtbot: QtBot) -> None:
    dialog = QDialog(at_work.shell.body())
    QLineEdit(NAME, dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    at_work.guard.lock()
    sign_in(at_work, HEAD, PASSWORDS[HEAD], qtbot)
    assert at_work.acts.desk.actor == HEAD
    settle(at_work)
    assert [text for text in heard() if NAME in text] == []
    assert [top for top in QApplication.topLevelWidgets() if top.isVisible()] == [at_work.shell]


def test_the_note_of_a_scan_goes_too(at_work: Window) -> None:
    scans = at_work.shell.scans
    assert scans
    scans.tell("scan.dialog_open", {}, "warn")
    note = scans.note
    assert note is not None
    assert note.isVisible()
    at_work.guard.lock()
    assert not note.isVisible()
    scans.tell("scan.dialog_open", {}, "warn")
    assert scans.note is note


def test_what_was_copied_here_goes_from_the_clipboard(at_work: Window) -> None:
    clipboard = QApplication.clipboard()
    panel = at_work.shell.counter.handling.area.current()
    assert panel
    panel.form.take_focus("applicant.name")
    field = QApplication.focusWidget()
    assert field
    QTest.keySequence(field, QKeySequence("Ctrl+A"))
    QTest.keySequence(field, QKeySequence("Ctrl+C"))
    assert clipboard.text() == NAME
    at_work.guard.lock()
    assert clipboard.text() == ""


def test_what_another_program_copied_stays(qapp: QApplication) -> None:
    owner, front = QObject(), [True]
    copied = Copied(owner, lambda: front[0])
    for in_front, left in ((True, ""), (False, NAME), (True, "")):
        front[0] = in_front
        qapp.clipboard().setText(NAME)
        copied.forget()
        assert qapp.clipboard().text() == left


def test_contents_in_full_come_back_masked(at_work: Window, qtbot: QtBot) -> None:
    number = accepted(at_work.acts.desk, "LS-001", "李建国")
    dialog = ContentsDialog(number, at_work.acts, at_work.shell.say, at_work.shell.look, at_work.shell.body())
    dialog.show()
    settle(at_work)
    dialog.reason.put("contact")
    dialog.press()
    settle(at_work)
    assert any("李建国" in label.text() for label in dialog.values.values()), "the control"
    at_work.guard.lock()
    sign_in(at_work, "", PASSWORDS[CLERK], qtbot)
    assert dialog.isVisible()
    assert not dialog.is_open()
    assert not any("李建国" in label.text() for label in dialog.values.values())
    dialog.reason.put("contact")
    dialog.press()
    at_work.guard.lock()
    settle(at_work)
    sign_in(at_work, "", PASSWORDS[CLERK], qtbot)
    assert not any("李建国" in label.text() for label in dialog.values.values()), "it came while locked"
    dialog.close()


def test_a_window_closed_while_locked_closes(at_work: Window) -> None:
    at_work.guard.lock()
    at_work.shell.close()
    left = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    assert left == []


def test_without_accounts_nothing_locks(window: Window) -> None:
    window.guard.lock()
    assert not window.shell.is_locked()


def test_the_presence_is_noted_and_ends_with_the_window(at_work: Window, desk: Desk) -> None:
    here = "SELECT name FROM staff JOIN staff_presence USING (id) WHERE till = ''"
    assert desk.store.read(here) == [(CLERK,)]
    at_work.shell.close()
    assert desk.store.read(here) == []
