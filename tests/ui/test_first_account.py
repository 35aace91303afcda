"""The head's account in the first run: made and signed in with, or left for later; never written down."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from station_desk.core.clock import now
from station_desk.counter.staff.accounts import accounts, has_accounts
from station_desk.main.open_desk import open_desk
from station_desk.main.screenshots import settle
from tests.store.staffed import HEAD, PASSWORDS
from tests.ui.test_first_run import Begin, begin, shown, step, to
from tests.ui.test_lock import page_of, sign_in

__all__ = ["begin"]


def test_the_account_is_made_and_asked_for_by_the_window(begin: Begin, qtbot: QtBot) -> None:
    start = begin()
    flow = start.first.flow
    to(flow, qtbot, "account")
    fields = shown(flow)
    editor = fields.boxes["password"].editor.targets()[0]
    assert isinstance(editor, QLineEdit)
    assert editor.echoMode() == QLineEdit.EchoMode.Password
    step(flow, qtbot, name=HEAD, password="12345678", again="12345678")
    assert flow.answers.step == "account"
    assert fields.boxes["password"].fault.text()
    step(flow, qtbot, name=HEAD, password=PASSWORDS[HEAD], again="something else")
    assert flow.answers.step == "account"
    assert fields.boxes["again"].fault.text()
    fields.put({"name": HEAD, "password": PASSWORDS[HEAD], "again": PASSWORDS[HEAD]})
    flow._keep()
    assert PASSWORDS[HEAD] not in flow.answers._file.read_text("utf-8")
    step(flow, qtbot)
    assert flow.answers.step == "printer"
    assert PASSWORDS[HEAD] not in flow.answers._file.read_text("utf-8")
    assert flow.desk
    assert [(one.name, one.role) for one in accounts(flow.desk)] == [(HEAD, "head")]
    flow.wizard.back.emit()
    assert not shown(flow).boxes["password"].isEnabled()
    to(flow, qtbot, "first")
    folder = flow.answers._file.parent
    flow.wizard.on.emit()
    qtbot.waitUntil(lambda: bool(start.start and start.start.shell.is_locked()), timeout=30_000)
    assert start.start
    qtbot.waitUntil(lambda: bool(start.start and start.start._window), timeout=30_000)
    window = start.start._window
    assert window
    qtbot.waitUntil(page_of(window).go.isEnabled, timeout=30_000)
    sign_in(window, HEAD, PASSWORDS[HEAD], qtbot)
    settle(window)
    assert window.acts.desk.actor == HEAD
    assert window.shell.counter.handling.area.current()
    assert folder == window.acts.desk.store.profile.folder


def test_left_for_later_all_goes_on_as_before(begin: Begin, qtbot: QtBot) -> None:
    flow = begin().first.flow
    to(flow, qtbot, "printer")
    assert flow.desk
    assert not has_accounts(flow.desk)
    folder = flow.desk.store.profile.folder
    flow.wizard.close()
    rested = open_desk(folder, "zh-Hans", now)
    assert rested.acting is None
    rested.store.close()
