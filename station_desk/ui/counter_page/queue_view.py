"""The queue as a list on the screen: grouped by item type, painted from prepared lines, moved through by
keys.
"""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow
from station_desk.ui.counter_page.line_painter import LinePainter, Standing
from station_desk.ui.counter_page.queue_lines import Line, TicketLine, spoken
from station_desk.ui.look.look import Look

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
DISPLAY = Qt.ItemDataRole.DisplayRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
TICKET = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
HEADING = Qt.ItemFlag.ItemIsEnabled
NO_LINE = Qt.ItemFlag.NoItemFlags
BAR = 10
"""The width of a scroll bar in the stylesheet."""


class QueueModel(QAbstractListModel):
    """The prepared lines; only tickets can be chosen."""

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Shows other lines; where only words changed, the view stays as it is."""
        if lines == self._lines:
            return
        if [_name(line) for line in lines] == [_name(line) for line in self._lines]:
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, index: Index) -> Line:
        return self._lines[index.row()]

    def line_at(self, row: int) -> Line:
        return self._lines[row]

    def place_of(self, ticket_id: str) -> QModelIndex:
        """Where a ticket stands; an invalid place when it is not in the queue."""
        for row, line in enumerate(self._lines):
            if isinstance(line, TicketLine) and line.ticket.id == ticket_id:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if index.isValid() and role in (DISPLAY, SPOKEN):
            return spoken(self._lines[index.row()], self._say)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Asked of every line again and again: to join two flags costs more than all the rest of it.
        if not index.isValid():
            return NO_LINE
        return TICKET if isinstance(self._lines[index.row()], TicketLine) else HEADING


class QueueView(QListView):
    """The list itself.

    `opened` says that a ticket was chosen by Enter or a double click, `picked` by a single click, `asked`
    that its menu is wanted.
    """

    opened = Signal(object)
    picked = Signal(object)
    asked = Signal(object, object)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self.lines = QueueModel(say)
        self.in_hand = ""
        self.hovered = -1
        self.room = 0
        # Qt would hand us its own viewport as a new object and look through every kind of widget for its
        # type,
        # which takes longer than the first paint itself.
        self._port = QWidget()
        self.setViewport(self._port)
        self._painter = LinePainter(self, look)
        self.setModel(self.lines)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(say("ui.queue.name"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The scroll bar comes with the stylesheet; until then its room is kept free, so that nothing moves.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = look.px(BAR)
        self.setViewportMargins(0, 0, self._bar, 0)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.entered.connect(self._hover)
        self.customContextMenuRequested.connect(self._ask)
        self.clicked.connect(self._pick)
        self.doubleClicked.connect(self._open)

    def show_bar(self) -> None:
        """Lets the scroll bar take the room that was kept for it."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().rangeChanged.connect(self._keep_room)
        self._keep_room(self.verticalScrollBar().minimum(), self.verticalScrollBar().maximum())

    def _keep_room(self, lowest: int, highest: int) -> None:
        self.setViewportMargins(0, 0, 0 if highest > lowest else self._bar, 0)

    def put_in_hand(self, ticket_id: str) -> None:
        """Marks the ticket whose request lies on the counter; an empty name marks none."""
        place = self.lines.place_of(ticket_id)
        if ticket_id == self.in_hand and place == self.currentIndex():
            return
        self.in_hand = ticket_id
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place)
        self._port.update()

    def chosen(self) -> TicketRow | None:
        """The ticket under the selection."""
        index = self.currentIndex()
        line = self.lines.line(index) if index.isValid() else None
        return line.ticket if isinstance(line, TicketLine) else None

    def standing(self, row: int) -> Standing:
        """The line of a row as it is to be painted."""
        line, chosen = self.lines.line_at(row), row == self.currentIndex().row()
        in_hand = isinstance(line, TicketLine) and line.ticket.id == self.in_hand
        return Standing(line, self.room, in_hand, chosen, row == self.hovered, chosen and self.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.room = event.size().width()
        super().resizeEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(QModelIndex())
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _hover(self, index: QModelIndex) -> None:
        self.hovered = index.row()
        self._port.update()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and isinstance(line := self.lines.line(index), TicketLine):
            self.opened.emit(line.ticket)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid() and isinstance(line := self.lines.line(index), TicketLine):
            self.picked.emit(line.ticket)

    def _ask(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid() and isinstance(line := self.lines.line(index), TicketLine):
            self.setCurrentIndex(index)
            self.asked.emit(line.ticket, self._port.mapToGlobal(point))


def _name(line: Line) -> str:
    return line.ticket.id + line.title if isinstance(line, TicketLine) else line.name
