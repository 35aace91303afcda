"""How a line of the queue looks. What was painted once is kept as a picture: the queue is shown anew several
times with each act, and all but a line or two of it are as they were.
"""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from station_desk.ui.counter_page.queue_lines import GroupLine, Line, TicketLine
from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import LEFT, RIGHT, WRAP, rounded, wrapped_height
from station_desk.ui.shared.pill import paint_pill, pill_size

if TYPE_CHECKING:
    from station_desk.ui.counter_page.queue_view import QueueView

Index = QModelIndex | QPersistentModelIndex
KEPT = 48
"""So many pictures are kept: more than any screen shows lines at once."""

MOST_SIZES = 2_000


class Standing(NamedTuple):
    """A line as it stands in its view: how wide it is shown and how it is marked."""

    line: Line
    room: int
    in_hand: bool = False
    chosen: bool = False
    hovered: bool = False
    focused: bool = False


class LinePainter(QStyledItemDelegate):
    """Paints one line of the queue; the view says how it stands there."""

    def __init__(self, view: "QueueView", look: Look) -> None:
        super().__init__()
        self._view = view
        self._look = look
        self._heights: dict[tuple[str, int], int] = {}
        self._sizes: dict[object, QSize] = {}
        self._metrics = QFontMetrics(look.font(look.sizes.secondary))
        self._pictures: OrderedDict[object, QPixmap] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # Asked of every line with each change of the queue.
        line, room = self._view.lines.line_at(index.row()), self._view.room
        asked = (_words(line), room)
        if asked not in self._sizes:
            if len(self._sizes) >= MOST_SIZES:
                self._sizes.clear()
            self._sizes[asked] = self._size(line, room)
        return self._sizes[asked]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, standing = _rect(option), self._view.standing(index.row())
        ratio = painter.device().devicePixelRatioF()
        if ratio.is_integer():
            painter.drawPixmap(rect.topLeft(), self._picture(standing, rect.size(), ratio))
            return
        # At one and a half a line may begin within a pixel: as a picture it would be blurred.
        painter.save()
        self._paint_line(painter, rect, standing)
        painter.restore()

    def _size(self, line: Line, width: int) -> QSize:
        look = self._look
        if isinstance(line, GroupLine):
            return QSize(width, look.px(36))
        below = self._state_height(line, width)
        return QSize(width, self._title_height(line, width) + below + look.px(36))

    def _picture(self, standing: Standing, size: QSize, ratio: float) -> QPixmap:
        shown = (_words(standing.line), standing[1:], size.width(), size.height(), ratio)
        if found := self._pictures.get(shown):
            self._pictures.move_to_end(shown)
            return found
        picture = self._pictures[shown] = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        # Letters on a ground that is there already are drawn as they are on the list itself.
        picture.fill(QColor(self._look.palette.surface))
        painter = QPainter(picture)
        self._paint_line(painter, QRect(QPoint(), size), standing)
        painter.end()
        if len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        return picture

    def _paint_line(self, painter: QPainter, rect: QRect, standing: Standing) -> None:
        match standing.line:
            case GroupLine() as group:
                self._paint_group(painter, rect, group)
            case TicketLine() as ticket:
                marked = self._paint_ground(painter, rect, standing)
                # On the marked row a pill of the same colour would melt into the ground.
                self._paint_ticket(painter, rect, ticket, self._look.palette.surface if marked else "")
        edge = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(edge, QColor(self._look.palette.line))

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

    def _paint_ground(self, painter: QPainter, rect: QRect, standing: Standing) -> bool:
        colours = self._look.palette
        if standing.in_hand or standing.chosen:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif standing.hovered:
            painter.fillRect(rect, QColor(colours.raised))
        if standing.in_hand:
            bar = QRect(rect.topLeft(), QSize(self._look.px(3), rect.height()))
            painter.fillRect(bar, QColor(colours.accent))
        if standing.focused:
            rounded(painter, rect.adjusted(1, 1, -1, -2), "", colours.accent, 4, 2)
        return standing.in_hand or standing.chosen

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
        words = self._metrics.horizontalAdvance(line.state)
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


def _words(line: Line) -> object:
    """All that is painted of a line."""
    if isinstance(line, GroupLine):
        return line
    return line.ticket.number, line.title, line.state, line.marks


def _rect(option: Any) -> QRect:
    # The stubs of PySide6 do not know the fields of a style option.
    rect: QRect = option.rect
    return rect
