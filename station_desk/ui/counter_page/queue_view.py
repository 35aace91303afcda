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
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow
from station_desk.ui.counter_page.queue_lines import GroupLine, Line, TicketLine, spoken
from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import LEFT, RIGHT, WRAP, rounded, wrapped_height
from station_desk.ui.shared.pill import paint_pill, pill_size

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
DISPLAY = Qt.ItemDataRole.DisplayRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
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
        if index.isValid() and isinstance(self._lines[index.row()], TicketLine):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags


class LinePainter(QStyledItemDelegate):
    """Paints one line of the queue for its view, which says what is chosen, in hand and under the pointer."""

    def __init__(self, view: "QueueView", look: Look) -> None:
        super().__init__()
        self._view = view
        self._look = look
        self._heights: dict[tuple[str, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look, line, width = self._look, self._view.lines.line(index), self._view.room
        if isinstance(line, GroupLine):
            return QSize(width, look.px(36))
        below = self._state_height(line, width)
        return QSize(width, self._title_height(line, width) + below + look.px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        line, rect = self._view.lines.line(index), _rect(option)
        match line:
            case GroupLine():
                self._paint_group(painter, rect, line)
            case TicketLine():
                marked = self._paint_ground(painter, rect, line, index.row())
                # On the marked row a pill of the same colour would melt into the ground.
                self._paint_ticket(painter, rect, line, self._look.palette.surface if marked else "")
        edge = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(edge, QColor(self._look.palette.line))
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, line: GroupLine) -> None:
        look = self._look
        painter.fillRect(rect, QColor(look.palette.raised))
        bar = QRect(rect.left() + look.px(11), rect.center().y() - look.px(7), look.px(4), look.px(15))
        rounded(painter, bar, line.colour or look.palette.strong_line, "", 2)
        painter.setPen(QColor(look.palette.ink))
        painter.setFont(look.bold(look.sizes.body))
        painter.drawText(rect.adjusted(look.px(23), 0, 0, 0), LEFT, line.name)
        painter.setPen(QColor(look.palette.muted))
        painter.drawText(rect.adjusted(0, 0, -look.px(14), 0), RIGHT, str(line.waiting))

    def _paint_ground(self, painter: QPainter, rect: QRect, line: TicketLine, row: int) -> bool:
        colours, view = self._look.palette, self._view
        in_hand = line.ticket.id == view.in_hand
        chosen = row == view.currentIndex().row()
        if in_hand or chosen:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif row == view.hovered:
            painter.fillRect(rect, QColor(colours.raised))
        if in_hand:
            bar = QRect(rect.topLeft(), QSize(self._look.px(3), rect.height()))
            painter.fillRect(bar, QColor(colours.accent))
        if chosen and view.hasFocus():
            rounded(painter, rect.adjusted(1, 1, -1, -2), "", colours.accent, 4, 2)
        return in_hand or chosen

    def _paint_ticket(self, painter: QPainter, rect: QRect, line: TicketLine, ground: str) -> None:
        look = self._look
        painter.setPen(QColor(look.palette.ink))
        painter.setFont(look.bold(look.sizes.section))
        painter.drawText(rect.adjusted(look.px(12), 0, 0, 0), LEFT, line.ticket.number)
        left, top = rect.left() + self._number_width(), rect.top() + look.px(8)
        height = self._title_height(line, rect.width())
        painter.setFont(look.font(look.sizes.body))
        room = QRect(left, top, self._title_width(rect.width()), height)
        painter.drawText(room, WRAP, line.title)
        start = QPoint(left, top + height + look.px(11))
        self._paint_state(painter, start, rect.right(), line, ground)

    def _paint_state(
        self, painter: QPainter, start: QPoint, right: int, line: TicketLine, ground: str
    ) -> None:
        look = self._look
        painter.setPen(QColor(look.palette.muted))
        painter.setFont(look.font(look.sizes.secondary))
        half, height = look.px(10), self._state_height(line, right - start.x() + self._number_width())
        painter.drawText(QRect(start.x(), start.y() - half, right - start.x(), 2 * half), LEFT, line.state)
        edge = right - look.px(12)
        # Marks that have no room beside the words stand in a line of their own.
        start = QPoint(start.x(), start.y() + height)
        for mark in reversed(line.marks):
            edge -= pill_size(mark.text, look).width()
            own = ground if mark.tone == "accent" else ""
            paint_pill(painter, edge, start.y(), mark.text, mark.tone, look, own)
            edge -= look.px(6)

    def _state_height(self, line: TicketLine, width: int) -> int:
        """How much lower the marks stand than the words: nothing where both have room in one line."""
        look = self._look
        words = QFontMetrics(look.font(look.sizes.secondary)).horizontalAdvance(line.state)
        marks = sum(pill_size(mark.text, look).width() + look.px(6) for mark in line.marks)
        room = width - self._number_width() - look.px(12)
        return look.px(22) if line.marks and words + marks > room else 0

    def _number_width(self) -> int:
        return self._look.px(72)

    def _title_width(self, width: int) -> int:
        return width - self._number_width() - self._look.px(10)

    def _title_height(self, line: TicketLine, width: int) -> int:
        # Each change of the queue asks for every line again; titles are those of items, so they are few.
        asked = (line.title, width)
        if asked not in self._heights:
            metrics = QFontMetrics(self._look.font(self._look.sizes.body))
            self._heights[asked] = wrapped_height(line.title, metrics, self._title_width(width))
        return self._heights[asked]


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
        self.in_hand = ticket_id
        place = self.lines.place_of(ticket_id)
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place)
        self._port.update()

    def chosen(self) -> TicketRow | None:
        """The ticket under the selection."""
        index = self.currentIndex()
        line = self.lines.line(index) if index.isValid() else None
        return line.ticket if isinstance(line, TicketLine) else None

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


def _rect(option: Any) -> QRect:
    # The stubs of PySide6 do not know the fields of a style option.
    rect: QRect = option.rect
    return rect
