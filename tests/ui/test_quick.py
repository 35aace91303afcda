"""What keeps the window quick, in numbers of things done: a clock would tell it only on a quiet machine."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.queue_wait import queue_rows, waits_now
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.counter_page.queue_lines import TicketLine
from station_desk.ui.counter_page.request_panel import MATERIALS, RequestPanel
from station_desk.ui.shared.flow import Flow
from station_desk.ui.shared.giving_way import show_together
from tests.bench.many_cases import make_profile
from tests.ui.conftest import OpenWindow, in_hand, open_request


class Painted(QObject):
    """How much of a widget was painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.areas: list[QRect] = []
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


def call(window: Window) -> RequestPanel:
    """The next is called, and the request lies on the counter."""
    window.shell.counter.handling.call_next()
    settle(window)
    return in_hand(window)


def test_only_the_request_in_hand_is_measured_with_the_window(window: Window) -> None:
    area = window.shell.counter.handling.area
    shown = [call(window) for _ in range(3)]
    assert list(area.panels().values()) == shown
    assert [area.widget(place) for place in range(area.count())] == [area.parked, shown[-1]]
    area.show_panel(next(iter(area.panels())))
    settle(window)
    assert area.current() is shown[0]
    assert [area.widget(place) for place in range(area.count())] == [area.parked, shown[0]]


def test_of_a_request_only_what_is_looked_at_is_made(window: Window) -> None:
    panel = call(window)
    stack = panel.findChild(QStackedWidget)
    assert stack is not None
    assert stack.count() == 1
    assert not panel.notice.is_begun()
    for box in panel.form.boxes.values():
        assert box.findChildren(QLabel) == [box.label], box.key
    panel.tabs.setCurrentIndex(MATERIALS)
    assert stack.count() == 2
    assert {*panel.materials.rows} == {*panel.beside.rows}


def test_a_form_comes_in_many_turns_of_the_loop(desk: Desk, window: Window) -> None:
    laying = window.shell.counter.handling._laying
    steps = laying._steps("x", open_request(window, "SA-001").draft)
    taken = sum(1 for _ in steps)
    assert taken > len(in_hand(window).findChildren(QWidget)) / 2


def test_a_form_whose_ticket_is_gone_does_not_come(window: Window) -> None:
    handling = window.shell.counter.handling
    panel = call(window)
    handling.area.end(panel.draft.ticket)
    handling._laying.begin("x", panel.draft)
    handling._laying.stop("x")
    settle(window)
    assert handling.area.is_resting()
    assert handling.area.panels() == {}


def test_rows_come_before_their_waits_and_waits_only_when_the_queue_changed(
    desk: Desk, window: Window
) -> None:
    shell = window.shell
    window.rhythm.look()
    settle(window)
    asked = shell.counter.handling.waits.asked
    assert asked
    assert {row.wait for row in queue_rows(desk)} == {None}
    for _ in range(3):
        window.rhythm.look()
        settle(window)
    assert shell.counter.handling.waits.asked == asked
    take_ticket(desk, TakeTicket("SA-001"), "one more")
    window.rhythm.look()
    settle(window)
    assert shell.counter.handling.waits.asked == asked + 1
    (least, *_) = [minutes for _, minutes in waits_now(desk).values() if minutes]
    states = [line.state for line in shell.counter.queue.view.lines._lines if isinstance(line, TicketLine)]
    assert any(str(least) in state for state in states)


def test_a_row_of_scrolling_paints_a_row(tmp_path: Path, open_on: OpenWindow) -> None:
    desk = make_profile(tmp_path / "many", 200)
    try:
        window = open_on(desk)
        window.shell.show_page("finished")
        settle(window)
        table = window.shell.finished.table
        table.setFocus()
        settle(window)
        painted, row = Painted(table.viewport()), table.rowHeight(0)
        table.verticalScrollBar().setValue(row)
        QCoreApplication.processEvents()
        assert [area.height() for area in painted.areas] == [row]
    finally:
        desk.store.close()


def test_a_flow_asks_each_of_its_widgets_once(qapp: object) -> None:
    asked: list[str] = []
    strip, flow = QWidget(), Flow("left", 4)
    strip.setLayout(flow)
    for name in ("a", "b"):
        flow.addWidget(Asked(name, asked.append))
    flow.heightForWidth(500)
    before = len(asked)
    for width in (40, 100, 500):
        flow.heightForWidth(width)
        flow.sizeHint()
    assert len(asked) == before
    flow.invalidate()
    flow.sizeHint()
    assert len(asked) <= 2 * before


class Asked(QWidget):
    """A widget that notes when it is asked for its size."""

    def __init__(self, name: str, note: Callable[[str], None]) -> None:
        super().__init__()
        self._name, self._note = name, note

    @override
    def sizeHint(self) -> QSize:
        self._note(self._name)
        return QSize(60, 20)


def test_what_a_new_visit_asks_in_is_made_and_dressed_before_its_key(window: Window) -> None:
    panels = window.shell.counter.handling.panels
    take = panels.take
    assert take is not None
    assert panels.open_now() is None
    assert not take.isVisible()
    assert take.window() is window.shell
    polished = Qt.WidgetAttribute.WA_WState_Polished
    assert all(widget.testAttribute(polished) for widget in take.findChildren(QWidget))
    window.shell.counter.handling.open_take_panel("direct")
    assert panels.take is take
    assert panels.open_now() == "direct"
    assert take.isVisible()


def test_a_request_is_taken_in_hand_in_turns_and_the_keys_go_to_it_first(window: Window) -> None:
    area = window.shell.counter.handling.area
    panel = call(window)
    key = next(iter(area.panels()))
    heard: list[str] = []
    area.in_hand.connect(heard.append)
    window.shell.counter.queue.view.setFocus()
    steps = area.take_in_hand(key)
    next(steps)
    assert panel.isAncestorOf(window.shell.focusWidget())
    assert heard == []
    next(steps)
    assert heard == [key]


def test_parts_that_come_in_sight_together_lay_the_window_out_once(qapp: object) -> None:
    window, times = QWidget(), list[int]()

    class Counted(Flow):
        @override
        def setGeometry(self, room: QRect) -> None:
            times.append(1)
            super().setGeometry(room)

    row, parts = QWidget(), [QPushButton(f"{n}") for n in range(6)]
    flow = Counted("left", 4)
    row.setLayout(flow)
    for part in parts:
        flow.addWidget(part)
        part.hide()
    QVBoxLayout(window).addWidget(row)
    window.show()
    QCoreApplication.processEvents()
    times.clear()
    show_together(row, {part: place != 3 for place, part in enumerate(parts)})
    assert [part.isVisible() for part in parts] == [True, True, True, False, True, True]
    assert len(times) <= 2
    parts[0].setFocus()
    show_together(row, {parts[0]: True, parts[1]: False, parts[3]: True})
    assert window.focusWidget() is parts[0]
    assert [part.isVisible() for part in parts[:4]] == [True, False, True, True]
    window.close()
