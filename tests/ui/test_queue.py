"""The queue: grouped by item type, in order of calling, and only what the rules allow."""

from datetime import datetime, timedelta
from typing import ClassVar

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot
from typing_extensions import override

from station_desk.core import paths
from station_desk.core.clock import CHINA, stamp
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.first_look import ServiceRow, TicketRow
from station_desk.ui.counter_page.groups import read_groups
from station_desk.ui.counter_page.line_painter import LinePainter, Standing
from station_desk.ui.counter_page.queue_column import QueueColumn
from station_desk.ui.counter_page.queue_lines import (
    GroupLine,
    Line,
    Mark,
    TicketLine,
    queue_lines,
    spoken,
    waiting_count,
)
from station_desk.ui.counter_page.queue_view import QueueView
from station_desk.ui.counter_page.ticket_moves import MOVES, moves_of
from station_desk.ui.look.look import look_of
from tests.ui.conftest import in_hand

NOW = datetime(2026, 11, 22, 10, 42, tzinfo=CHINA)
SAY = Texts(paths.RESOURCES / "i18n", "zh-Hans")
GROUPS = read_groups(paths.FORMS, "zh-Hans")


def ticket(
    number: str, state: str, minutes: int, category: str = "social_assistance", title: str = "低保"
) -> TicketRow:
    since = stamp(NOW - timedelta(minutes=minutes))
    named = {"zh-Hans": title} if title else {}
    counter = "02" if state in ("called", "serving") else ""
    return TicketRow(f"T261122-{number}", number, "SA-001", category, state, 0, "normal", since, since,
    counter, "", named, False)  # fmt: skip


def lines(*rows: TicketRow) -> tuple[Line, ...]:
    return queue_lines(rows, GROUPS, SAY, NOW)


def numbers(shown: tuple[Line, ...]) -> list[str]:
    return [line.ticket.number if isinstance(line, TicketLine) else line.name for line in shown]


def test_tickets_stand_under_their_item_type_in_the_published_order() -> None:
    shown = lines(ticket("B001", "waiting", 3, "labour_social_security"), ticket("A001", "waiting", 1))
    assert numbers(shown) == ["社会救助", "A001", "劳动保障", "B001"]


def test_who_is_parked_or_missed_the_call_stands_below_under_headings_of_their_own() -> None:
    shown = lines(
        ticket("A001", "missed", 9), ticket("B001", "parked", 2, "labour_social_security"),
        ticket("A002", "waiting", 1), ticket("A003", "called", 0),
    )  # fmt: skip
    assert numbers(shown) == ["社会救助", "A003", "A002", "暂存", "B001", "过号", "A001"]


def test_the_wait_the_items_of_the_visit_and_the_repeated_calls_are_said() -> None:
    items = (ServiceRow("SA-001", {}, 1, 1, left=False), ServiceRow("SA-002", {}, 1, 0, left=False))
    waiting = ticket("A001", "waiting", 3)._replace(wait=25, before=2, services=items)
    called = ticket("A002", "called", 0)._replace(recalls=2)
    bound = ticket("A003", "waiting", 1)._replace(bound="05", wait=5)
    parked = ticket("A004", "parked", 1)._replace(until="2026-11-22T14:30:00+08:00")
    told = [line for line in lines(waiting, called, bound, parked) if isinstance(line, TicketLine)]
    states = {line.ticket.number: line.state for line in told}
    assert states["A001"] == "等候 3 分钟 · 约还 25 分"
    assert states["A003"] == "等候 1 分钟 · 只由 5 号窗口叫"
    assert states["A004"] == "暂存至 14:30"
    marks = {line.ticket.number: [mark.text for mark in line.marks] for line in told}
    assert (marks["A001"], marks["A002"]) == (["1/2 项"], ["重呼 2 次"])


def test_a_group_counts_those_who_wait() -> None:
    rows = (ticket("A001", "called", 0), ticket("A002", "waiting", 1))
    group = lines(*rows)[0]
    assert isinstance(group, GroupLine)
    assert (group.waiting, waiting_count(rows)) == (1, 1)


def test_the_state_is_said_in_words() -> None:
    called, waiting = lines(ticket("A001", "waiting", 11), ticket("A002", "called", 0))[1:]
    assert isinstance(waiting, TicketLine)
    assert isinstance(called, TicketLine)
    assert (waiting.state, called.state) == ("等候 11 分钟", "叫号中 · 2 号窗口")


def test_who_waits_longer_than_ten_minutes_is_marked() -> None:
    ten, eleven = lines(ticket("A001", "waiting", 10), ticket("A002", "waiting", 11))[1:]
    assert isinstance(ten, TicketLine)
    assert isinstance(eleven, TicketLine)
    assert [mark.text for mark in ten.marks] == []
    assert [mark.text for mark in eleven.marks] == ["超 10 分钟"]


def test_a_restricted_item_is_not_named() -> None:
    line = lines(ticket("F001", "waiting", 1, "community_correction", title=""))[1]
    assert spoken(line, SAY) == "F001, 专项事项, 等候 1 分钟"


def test_only_what_the_state_allows_is_offered() -> None:
    names = {
        state: [m.name for m in moves_of(ticket("A001", state, 0))] for state in ("waiting", "called", "held")
    }
    assert names == {"waiting": ["serve"], "called": ["serve", "recall", "hold", "missed"], "held": ["serve"]}


def test_the_next_call_takes_the_most_urgent(window: Window) -> None:
    window.shell.counter.handling.call_next()
    settle(window)
    assert in_hand(window).draft.item.code == "FP-001"


def test_a_missed_ticket_leaves_the_counter_and_can_come_back(window: Window) -> None:
    handling, queue = window.shell.counter.handling, window.shell.counter.queue
    handling.call_next()
    settle(window)
    called = next(row for row in queue.rows() if row.state == "called")
    handling.move(called, next(move for move in MOVES if move.name == "missed"))
    settle(window)
    assert handling.area.is_resting()
    missed = next(row for row in queue.rows() if row.id == called.id)
    assert missed.state == "missed"
    handling.open_ticket(missed)
    settle(window)
    assert next(row for row in queue.rows() if row.id == called.id).state == "waiting"


def test_calling_with_nobody_there_says_so_beside_the_queue(desk: Desk, window: Window) -> None:
    handling, queue = window.shell.counter.handling, window.shell.counter.queue
    for _ in queue.rows():
        handling.call_next()
    settle(window)
    handling.call_next()
    settle(window)
    assert queue.hint.text() == desk.texts("errors.ticket.queue_empty")
    assert not window.shell.banner.isVisible()


def test_each_action_of_a_ticket_shows_its_key(window: Window) -> None:
    strip, queue = window.shell.counter.handling.strip, window.shell.counter.queue
    menu = strip.menu(queue.rows()[0], queue)
    assert [(action.text(), action.shortcut().toString()) for action in menu.actions()] == [
        ("办理", "F5"), ("跳过", "Shift+F4"), ("暂存…", "Shift+F6"), ("转办…", "Shift+F5"),
    ]  # fmt: skip


def test_a_button_that_is_pressed_before_the_desk_is_open_is_pressed_then(qtbot: QtBot) -> None:
    column = QueueColumn(GROUPS, SAY, look_of("light", 1.0, "Noto Sans SC"))
    qtbot.addWidget(column)
    column.call.click()
    called: list[bool] = []
    column.call.clicked.connect(lambda _checked: called.append(True))
    column.desk_is_open()
    assert len(called) == 1
    column.call.click()
    assert len(called) == 2


def test_marks_that_have_no_room_beside_the_words_stand_below_them(window: Window) -> None:
    view = window.shell.counter.queue.view
    line = next(line for line in lines(ticket("A003", "waiting", 12)) if isinstance(line, TicketLine))
    short = line._replace(state="等候 12 分钟", marks=(Mark("代办", "accent"),))
    crowded = line._replace(
        state="等候 12 分钟 · 约还 15 分钟", marks=(Mark("代办", "accent"), Mark("超 10 分钟", "bad"))
    )
    heights = []
    for shown in (short, crowded):
        view.lines.show_lines((shown,))
        heights.append(view.sizeHintForIndex(view.lines.index(0)).height())
    assert heights[1] > heights[0]


class Noted(LinePainter):
    """Writes down which lines it paints."""

    painted: ClassVar[list[str]] = []

    @override
    def _paint_line(self, painter: QPainter, rect: QRect, standing: Standing) -> None:
        self.painted.extend(numbers((standing.line,)))
        super()._paint_line(painter, rect, standing)


def test_a_line_is_painted_anew_only_when_it_looks_otherwise(qtbot: QtBot) -> None:
    look = look_of("light", 1.0, "")
    view = QueueView(SAY, look)
    qtbot.addWidget(view)
    view.resize(348, 600)
    noted, painted = Noted(view, look), Noted.painted
    view.setItemDelegate(noted)

    def shown() -> list[str]:
        painted.clear()
        view.grab()
        return list(painted)

    before = ticket("A001", "waiting", 1), ticket("A002", "waiting", 2)
    view.lines.show_lines(lines(*before))
    assert shown() == ["社会救助", "A001", "A002"]
    view.lines.show_lines(lines(*before, ticket("A003", "waiting", 3)))
    assert shown() == ["社会救助", "A003"]
    view.put_in_hand("T261122-A002")
    assert shown() == ["A002"]
    assert shown() == []
