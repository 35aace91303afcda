"""The keyboard comes to everything on every page, and always shows where it is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QDialog, QWidget

from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.look.palette import Theme
from tests.ui.conftest import MakeDesk, OpenWindow, fill_queue
from tests.ui.test_accept_by_keyboard import focused
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import states

pytestmark = pytest.mark.long

MOST = 200
FEWEST_PIXELS = 12
"""So many pixels change at least where the focus comes to: a blinking cursor alone has fewer than a ring."""


@pytest.mark.timeout(300)
def test_tab_comes_to_every_place_of_every_page(make_desk: MakeDesk, open_on: OpenWindow) -> None:
    window = filled(make_desk, open_on)
    for state, show in states(window, ("SA-001",)):
        show()
        settle(window)
        reached = set(tab_round(window))
        missed = [f"{type(place).__name__} {place.accessibleName()}" for place in places(window) - reached]
        assert missed == [], state
        close_dialogs(window)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_the_focus_is_always_seen(make_desk: MakeDesk, open_on: OpenWindow, theme: Theme) -> None:
    window = filled(make_desk, open_on, theme)
    unseen: set[str] = set()
    for state, show in states(window, ("SA-001",)):
        show()
        settle(window)
        for place in tab_round(window):
            with_focus = picture_of(place)
            place.clearFocus()
            without = picture_of(place)
            place.setFocus(Qt.FocusReason.TabFocusReason)
            if pixels_changed(with_focus, without) < FEWEST_PIXELS:
                unseen.add(f"{state}: {type(place).__name__} {place.accessibleName()}")
        close_dialogs(window)
    assert not unseen, "\n".join(sorted(unseen))


def filled(make_desk: MakeDesk, open_on: OpenWindow, theme: Theme = "light") -> Window:
    """The window of a desk at which something is going on."""
    desk = make_desk("zh-Hans")
    fill_queue(desk)
    accepted(desk, "SA-001", "欧阳娜娜")
    window = open_on(desk, theme)
    window.shell.resize(1366, 768)
    return window


def tab_round(window: Window) -> Iterator[QWidget]:
    """Each place the Tab key comes to, until it comes to the first again."""
    first = QApplication.focusWidget() or window.shell
    seen: set[QWidget] = set()
    for _ in range(MOST):
        assert QApplication.activeWindow(), "nothing has the focus where no window is active"
        QTest.keyClick(focused(window), Qt.Key.Key_Tab)
        place = focused(window)
        if place in seen:
            return
        seen.add(place)
        yield place
    raise AssertionError(f"the Tab key never comes round, begun at {first}")


def places(window: Window) -> set[QWidget]:
    """Whatever on the page, or in the dialog before it, can have the focus by the Tab key."""
    return {
        widget
        for widget in window.shell.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is QApplication.activeWindow()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
    }


def close_dialogs(window: Window) -> None:
    """What one state opened before the page stands not before the next."""
    for dialog in window.shell.findChildren(QDialog):
        dialog.close()
    window.shell.activateWindow()
    settle(window)


def picture_of(place: QWidget) -> QImage:
    """The window where the place stands, with a margin for a ring around it."""
    corner = place.mapTo(place.window(), QPoint(0, 0))
    return place.window().grab(QRect(corner, place.size()).adjusted(-16, -16, 16, 16)).toImage()


def pixels_changed(one: QImage, other: QImage) -> int:
    """How many pixels differ between two pictures of the same place."""
    if one.size() != other.size():
        return one.width() * one.height()
    same = QImage.Format.Format_RGB32
    first, second = (bytes(image.convertToFormat(same).constBits()) for image in (one, other))
    if first == second:
        return 0
    return sum(a != b for a, b in zip(memoryview(first).cast("I"), memoryview(second).cast("I"), strict=True))
