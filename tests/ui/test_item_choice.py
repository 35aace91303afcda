"""The item of a ticket is chosen by what is typed: characters, code or pinyin, the best fit first."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.item_readings import FILE
from station_desk.ui.counter_page.take_panel import TakePanel


def take_panel(window: Window) -> TakePanel:
    window.shell.counter.handling.open_take_panel("ticket")
    settle(window)
    (panel,) = window.shell.findChildren(TakePanel)
    return panel


def test_enter_takes_what_was_typed(window: Window) -> None:
    panel = take_panel(window)
    found = {}
    for asked in ("生育登", "sa1", "rmtj", "zuidish", "dibao", "養犬"):
        panel.search.setText(asked)
        settle(window)
        found[asked] = panel.chosen()
    assert found == {
        "生育登": "HF-001", "sa1": "SA-001", "rmtj": "PS-001", "zuidish": "SA-001", "dibao": "SA-001",
        "養犬": "PS-006",
    }  # fmt: skip


def test_all_items_stand_there_until_something_is_typed(window: Window) -> None:
    panel = take_panel(window)
    assert panel.list.count() == len(window.acts.desk.catalogue.items)


def test_what_fits_nothing_is_said(window: Window) -> None:
    panel = take_panel(window)
    QTest.keyClicks(panel.search, "qqqq")
    settle(window)
    assert (panel.nothing.isVisible(), panel.list.isVisible(), panel.chosen()) == (True, False, "")


def test_readings_are_made_when_they_are_missed_and_kept(window: Window) -> None:
    kept = window.acts.desk.store.profile.editions / FILE
    assert not kept.exists(), "the desk opens without them"
    panel = take_panel(window)
    panel.search.setText("zdshbz")
    settle(window)
    assert kept.exists()
    assert panel.chosen() == "SA-001"


def test_the_choice_fills_the_width_of_the_column(window: Window, qtbot: QtBot) -> None:
    panel = take_panel(window)
    area = panel.parentWidget()
    assert area is not None
    qtbot.waitUntil(lambda: panel.width() == area.width() > 0)
