"""A year as twelve small months: weekdays off as filled squares, worked weekends as framed ones."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.calendar_page.year_days import Day, DayKind
from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import CENTRE, LEFT, rounded

CELL_WIDTH, CELL_HEIGHT = 27, 22
TITLE, HEAD = 22, 41
GAP = 14
MOST_COLUMNS = 6


class YearPicture(QWidget):
    """Paints the months in as many columns as there is room for."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._months: tuple[tuple[Day, ...], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_months(self, months: tuple[tuple[Day, ...], ...], name: str, description: str) -> None:
        """Shows a year; the description says in words what the colours and shapes say."""
        self._months = months
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.updateGeometry()
        self.update()

    def columns(self, width: int) -> int:
        """How many months stand beside one another: all rows as long as each other."""
        fitting = max(
            1, min(MOST_COLUMNS, (width + self._look.px(GAP)) // (self._width() + self._look.px(GAP)))
        )
        return next(count for count in (6, 4, 3, 2, 1) if count <= fitting)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        rows = 12 // self.columns(width)
        return rows * self._height() + (rows - 1) * self._look.px(GAP)

    def sizeHint(self) -> QSize:
        width = 4 * self._width() + 3 * self._look.px(GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), self.heightForWidth(max(self.width(), self._width())))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        columns, gap = self.columns(self.width()), self._look.px(GAP)
        for number, days in enumerate(self._months):
            row, column = divmod(number, columns)
            corner = QPoint(column * (self._width() + gap), row * (self._height() + gap))
            self._paint_month(painter, corner, number + 1, days)

    def _paint_month(self, painter: QPainter, corner: QPoint, month: int, days: tuple[Day, ...]) -> None:
        look, colours = self._look, self._look.palette
        painter.setPen(QColor(colours.ink))
        painter.setFont(look.bold(look.sizes.body))
        head = QRect(corner, QSize(self._width(), look.px(TITLE)))
        painter.drawText(head.adjusted(look.px(6), 0, 0, 0), LEFT, self._say(f"calendar_page.month.{month}"))
        painter.setFont(look.font(look.px(11)))
        painter.setPen(QColor(colours.muted))
        for weekday in range(7):
            cell = self._cell(corner + QPoint(0, look.px(TITLE)), weekday, 0)
            painter.drawText(cell, CENTRE, self._say(f"calendar_page.weekday.{weekday}"))
        below = corner + QPoint(0, look.px(HEAD))
        first = days[0].weekday
        for day in days:
            self._paint_day(painter, self._cell(below, day.weekday, (first + day.number - 1) // 7), day)

    def _paint_day(self, painter: QPainter, cell: QRect, day: Day) -> None:
        paint_mark(painter, cell, day.kind, self._look, differs=day.differs)
        painter.setFont(self._look.font(self._look.sizes.secondary))
        painter.setPen(QColor(ink_of(day.kind, self._look)))
        painter.drawText(cell, CENTRE, str(day.number))

    def _cell(self, corner: QPoint, column: int, row: int) -> QRect:
        width, height = self._look.px(CELL_WIDTH), self._look.px(CELL_HEIGHT)
        return QRect(corner.x() + column * width, corner.y() + row * height, width, height)

    def _width(self) -> int:
        return 7 * self._look.px(CELL_WIDTH)

    def _height(self) -> int:
        return self._look.px(HEAD) + 6 * self._look.px(CELL_HEIGHT)


class Mark(QWidget):
    """One kind of day as the legend shows it."""

    def __init__(self, kind: DayKind, look: Look, *, differs: bool = False) -> None:
        super().__init__()
        self._kind: DayKind = kind
        self._differs = differs
        self._look = look
        self.setFixedSize(look.px(CELL_WIDTH), look.px(CELL_HEIGHT))

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        paint_mark(painter, self.rect(), self._kind, self._look, differs=self._differs)
        painter.setFont(self._look.font(self._look.sizes.secondary))
        painter.setPen(QColor(ink_of(self._kind, self._look)))
        painter.drawText(self.rect(), CENTRE, "1")


def paint_mark(painter: QPainter, cell: QRect, kind: DayKind, look: Look, *, differs: bool) -> None:
    """What lies under the number of a day. Kinds differ by shape, not by colour alone."""
    colours, inner = look.palette, cell.adjusted(2, 1, -2, -1)
    if kind == "rest":
        rounded(painter, inner, colours.bad_soft, "", 4)
    elif kind == "moved_work":
        rounded(painter, inner, "", colours.accent, 4, 2)
    if differs:
        size = look.px(5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.warn))
        painter.drawEllipse(QRect(inner.right() - size, inner.top(), size, size))


def ink_of(kind: DayKind, look: Look) -> str:
    """The colour of the number of a day."""
    colours = look.palette
    return {"work": colours.ink, "weekend": colours.muted, "rest": colours.bad, "moved_work": colours.accent}[
        kind
    ]
