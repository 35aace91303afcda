"""The accounts in the window: the first one, the head's work, the own password; what an auditor may press."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.staff.accounts import LastHead, accounts
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.settings_page.staff_dialog import StaffDialog
from station_desk.ui.shared.key_table import PAGES
from tests.store.staffed import AUDITOR, CLERK, HEAD, PASSWORDS, PIN, staffed
from tests.ui.conftest import OpenWindow, fill_queue
from tests.ui.test_lock import page_of, sign_in


def opened(window: Window) -> StaffDialog:
    """The dialog, opened from the settings page."""
    window.shell.settings.accounts.click()
    settle(window)
    (dialog,) = window.shell.findChildren(StaffDialog)
    return dialog


def do(dialog: StaffDialog, window: Window, what: str, name: str = "", **said: str) -> str:
    """Does one thing and answers what was said of it."""
    dialog.what.put(what)
    for row in range(dialog.list.count()):
        if name and name in dialog.list.item(row).text():
            dialog.list.setCurrentRow(row)
    for key, text in said.items():
        dialog.boxes[key].put(text)
    dialog.do.click()
    settle(window)
    return dialog.hint.text()


def test_the_first_account_makes_everybody_sign_in(window: Window, qtbot: QtBot, desk: Desk) -> None:
    shell = window.shell
    assert shell.accounts.isVisible()
    assert shell.say("staff.none.words") in shell.accounts.toolTip()
    shell.accounts.click()
    settle(window)
    (dialog,) = shell.findChildren(StaffDialog)
    dialog.boxes["name"].put(HEAD)
    dialog.boxes["new"].put(PASSWORDS[HEAD])
    dialog.boxes["again"].put("not the same")
    dialog.do.click()
    assert dialog.hint.text()
    assert not accounts(desk)
    dialog.boxes["again"].put(PASSWORDS[HEAD])
    dialog.do.click()
    settle(window)
    assert [(one.name, one.role) for one in accounts(desk)] == [(HEAD, "head")]
    qtbot.waitUntil(shell.is_locked)
    assert not page_of(window).is_returning()
    sign_in(window, HEAD, PASSWORDS[HEAD], qtbot)
    assert window.acts.desk.actor == HEAD


def test_the_head_keeps_the_accounts(desk: Desk, open_on: OpenWindow, qtbot: QtBot) -> None:
    window = open_on(staffed(desk))
    sign_in(window, HEAD, PASSWORDS[HEAD], qtbot)
    dialog = opened(window)
    assert dialog.list.count() == 3
    assert do(dialog, window, "disable", AUDITOR)
    assert do(dialog, window, "disable", HEAD) == window.shell.say.error(LastHead(name=HEAD))
    assert do(dialog, window, "reset", CLERK, new="12345678", again="12345678")
    assert do(dialog, window, "reset", CLERK, new="seven-green-doors", again="seven-green-doors")
    told = {one.name: one.is_disabled for one in accounts(desk)}
    assert told == {HEAD: False, CLERK: False, AUDITOR: True}
    assert all(not box.value() for key, box in dialog.boxes.items() if key != "role")
    dialog.close_button.click()


def test_a_clerk_changes_the_own_password_and_pin_and_nothing_else(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot
) -> None:
    window = open_on(staffed(desk))
    sign_in(window, CLERK, PASSWORDS[CLERK], qtbot)
    dialog = opened(window)
    editor = dialog.what.editor.targets()[0]
    assert isinstance(editor, QComboBox)
    assert [editor.itemData(row) for row in range(editor.count())] == ["password", "pin"]
    do(dialog, window, "pin", old=PASSWORDS[CLERK], pin=PIN, again=PIN)
    do(dialog, window, "password", old=PASSWORDS[CLERK], new="seven-green-doors", again="seven-green-doors")
    dialog.close_button.click()
    window.guard.lock()
    sign_in(window, "", PIN, qtbot)
    assert not window.shell.is_locked()
    window.guard.lock()
    sign_in(window, CLERK, "seven-green-doors", qtbot)
    assert not window.shell.is_locked()


def test_an_auditor_has_nothing_to_press_that_changes_anything(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot
) -> None:
    fill_queue(desk)
    window = open_on(staffed(desk))
    sign_in(window, AUDITOR, PASSWORDS[AUDITOR], qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shell, may = window.shell, set()
    assert shell.page() == "progress"
    for page in ("counter", "progress", "finished", "guide", "calendar", "access", "settings"):
        shell.show_page(page)
        settle(window)
        may |= {
            button.accessibleName() or button.text()
            for button in shell.findChildren(QPushButton)
            if button.isVisible() and button.isEnabled()
        }
    say = shell.say
    known = {say(f"ui.rail.{page}") for page in PAGES if page != "counter"}
    # Looking, copying, exporting, the own account, the display of the hall: no case.
    known |= {
        say(key)
        for key in (
            "guide_page.copy", "hall.button", "staff.dialog.open", "public.window.sheet",
            "public.window.more", "settings.window.diagnose", "staff.lock.now", "access.page.export",
            "register.title",
        )
    }  # fmt: skip
    assert sorted(may - known) == [say("ui.cases.export")]
