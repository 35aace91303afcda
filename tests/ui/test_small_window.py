"""The largest text on a small screen: the form keeps the most of the window, and no action is cut."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station_desk.main.screenshots import settle
from station_desk.ui.counter_page.noticed_card import NoticedCard
from tests.ui.clerk import Clerk
from tests.ui.conftest import MakeDesk, OpenWindow, fill, fill_queue, open_request
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off

ROWS = 3
"""So many rows of two fields are in sight, the last perhaps without its lower edge."""


def share_in_sight(widget: QWidget) -> float:
    """How much of its height is seen, 0 to 1."""
    return widget.visibleRegion().boundingRect().height() / widget.height()


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_form_keeps_the_room_and_no_action_is_cut(
    make_desk: MakeDesk, open_on: OpenWindow, qtbot: QtBot
) -> None:
    desk = make_desk("en")
    fill_queue(desk)
    accepted(desk, "FP-001", "王秀兰")
    window = open_on(desk, "light", 1.5)
    shell = window.shell
    shell.banner.hide()
    shell.resize(1366, 768)
    panel = open_request(window, "SA-001")
    settle(window)
    first = list(panel.form.boxes.values())[: 2 * ROWS - 1]
    assert [box.key for box in first if share_in_sight(box) < 0.85] == []
    assert panel.accept.text() == "9 to go"
    assert "Citizen identity number" in panel.hint.text()
    panel = open_request(window, "FP-001")
    fill(panel, desk)
    # He has such a case already: that is said as well.
    qtbot.waitUntil(lambda: not panel.repeat.isHidden())
    settle(window)
    assert [share_in_sight(button) for button in (panel.notice.tell, panel.accept)] == [1, 1]
    assert list(cut_off(shell)) == []


@pytest.mark.long
@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_a_long_name_goes_on_in_the_next_line_of_the_card(make_desk: MakeDesk, open_on: OpenWindow) -> None:
    desk = make_desk("en")
    window = open_on(desk, "light", 1.5)
    window.shell.resize(1366, 768)
    clerk = Clerk(window)
    fill(open_request(window, "LS-008"), desk)
    clerk.press("F8")
    clerk.press("Space")
    clerk.press("F8")
    assert isinstance(window.shell.counter.handling.area.currentWidget(), NoticedCard)
    assert list(cut_off(window.shell)) == []
