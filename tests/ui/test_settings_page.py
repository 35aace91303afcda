"""The settings page: built from the table, checked beside each field, at work at once."""

from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station_desk.core.settings import SETTINGS, kept_on_pc
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.settings_page.bundle_dialog import BundleDialog


def test_every_setting_is_there_and_search_finds_it(window: Window, desk: Desk) -> None:
    window.shell.show_page("settings")
    settle(window)
    page = window.shell.settings
    assert list(page.rows) == [setting.key for setting in SETTINGS]
    assert page.rows["station.name"].box.value() == desk.station.name
    page.search.setText("同步")
    shown = {key for key, row in page.rows.items() if not row.isHidden()}
    assert shown == {"sync.on", "sync.seconds"}
    page.search.setText("没有这样的")
    assert not page.none.isHidden()


def test_a_wrong_value_is_said_while_it_is_typed_and_not_kept(window: Window, desk: Desk) -> None:
    window.shell.show_page("settings")
    settle(window)
    row = window.shell.settings.rows["sync.seconds"]
    row.box.put("5")
    assert "15" in row.box.fault.text()
    row.box.left.emit()
    settle(window)
    assert "setting:sync.seconds" not in desk.store.about()
    row.box.put("20")
    row.box.left.emit()
    settle(window)
    assert desk.store.about()["setting:sync.seconds"] == "20"
    assert window.rhythm._pace.sync_seconds == 20
    assert not row.back.isHidden()
    row.back.click()
    settle(window)
    assert row.box.value() == "60"


def test_the_language_is_switched_from_the_page_itself(window: Window, qtbot: QtBot) -> None:
    window.shell.show_page("settings")
    settle(window)
    page = window.shell.settings
    page.rows["station.phone"].box.put("0518-1")
    with qtbot.waitSignal(window.redress.settled, timeout=20_000):
        page.rows["language"].box.put("en")
    settle(window)
    assert kept_on_pc()["language"] == "en"
    assert window.shell.page() == "settings"
    assert window.shell.settings is not page
    assert window.shell.settings.rows["station.phone"].box.value() == "0518-1"
    assert window.shell.rail.buttons()[0].text() == "Counter"


def test_the_name_of_the_clerk_changes_at_the_top(window: Window, qtbot: QtBot) -> None:
    window.shell.show_page("settings")
    settle(window)
    row = window.shell.settings.rows["station.clerk"]
    with qtbot.waitSignal(window.redress.settled, timeout=20_000):
        row.box.put("王五")
        row.box.left.emit()
    settle(window)
    assert window.acts.desk.station.clerk == "王五"


def test_no_sync_by_itself_when_it_is_off(window: Window) -> None:
    window.shell.show_page("settings")
    settle(window)
    window.shell.settings.rows["sync.on"].box.put("no")
    settle(window)
    assert not window.rhythm._sync.isActive()
    window.shell.settings.rows["sync.on"].box.put("yes")
    settle(window)
    assert window.rhythm._sync.isActive()


def test_the_bundle_is_shown_before_it_is_written(window: Window) -> None:
    window.shell.show_page("settings")
    settle(window)
    window.shell.settings.bundle.click()
    settle(window)
    dialog = window.shell.findChild(BundleDialog)
    assert dialog is not None
    assert "station-desk" in dialog.text.toPlainText()
    file = window.reports.parent / "bundle.zip"
    dialog.write(file)
    assert file.stat().st_size > 500
    dialog.write(window.reports.parent / "missing" / "x.zip")
    assert dialog.hint.text()
    dialog.close()


def test_the_key_leads_there(window: Window) -> None:
    button = next(button for button in window.shell.rail.buttons() if button.name == "settings")
    assert button.shortcut().toString() == "Ctrl+,"
    button.click()
    assert isinstance(QApplication.focusWidget() or window.shell.focusWidget(), QLineEdit)
