"""Everything can be reached and heard: each place of the focus has a name that a screen reader says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station_desk.main.screenshots import settle
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, fill_queue
from tests.ui.test_accept_by_keyboard import focused
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import states

FOCUS = Qt.FocusPolicy.TabFocus
FIRST_ALWAYS = [LANGUAGES[0], *(pytest.param(one, marks=pytest.mark.long) for one in LANGUAGES[1:])]
"""The names come from one table in every language, so a walk in one finds what has none."""


@pytest.mark.parametrize("language", FIRST_ALWAYS)
def test_each_place_of_the_focus_has_a_name(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    desk = make_desk(language)
    fill_queue(desk)
    accepted(desk, "SA-001", "欧阳娜娜")
    window = open_on(desk)
    for state, show in states(window, ("SA-001",)):
        show()
        settle(window)
        nameless = [
            f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
            for widget in window.shell.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & FOCUS and not spoken_name(widget)
        ]
        assert nameless == [], state


def test_tab_goes_round_the_whole_page(make_desk: MakeDesk, open_on: OpenWindow) -> None:
    desk = make_desk("zh-Hans")
    fill_queue(desk)
    window = open_on(desk)
    window.shell.counter.handling.call_next()
    settle(window)
    start = QApplication.focusWidget()
    reached: list[QWidget | None] = []
    while start not in reached and len(reached) < 200:
        QTest.keyClick(focused(window), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    shell, panel = window.shell, window.shell.counter.handling.area.current()
    assert panel is not None
    wanted = [
        shell.counter.queue.call,
        shell.counter.queue.view,
        panel.accept,
        panel.tabs,
        *shell.rail.buttons(),
    ]
    assert [widget for widget in wanted if widget not in reached] == []


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)
