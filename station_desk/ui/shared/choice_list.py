"""A list to choose from by keys: lines under headings with their counts, painted from prepared words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import LEFT, RIGHT, WRAP, rounded, wrapped_height

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
DISPLAY = Qt.ItemDataRole.DisplayRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@dataclass(frozen=True, slots=True)
class Heading:
    """What the lines below it have in common, with how many they are; without a colour it has no bar."""

    text: str
    count: int
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that can be chosen, by its key: its words, smaller words under them, and a note at the right."""

    key: str
    title: str
    under: str = ""
    note: str = ""


Line = Heading | Choice


class ChoiceModel(QAbstractListModel):
    """The prepared lines; headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows other lines."""
        if tuple(lines) != self._lines:
            self.beginResetModel()
            self._lines = tuple(lines)
            self.endResetModel()

    def line(self, index: Index) -> Line:
        return self._lines[index.row()]

    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return self._lines

    def place_of(self, key: str) -> QModelIndex:
        """Where a choice first stands; an invalid place when it is not there."""
        for row, line in enumerate(self._lines):
            if isinstance(line, Choice) and line.key == key:
                return self.index(row)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The first line that can be chosen."""
        rows = (row for row, line in enumerate(self._lines) if isinstance(line, Choice))
        return self.index(next(rows, -1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or role not in (DISPLAY, SPOKEN):
            return None
        match self._lines[index.row()]:
            case Heading(text=text, count=count):
                return f"{text}, {count}"
            case Choice(title=title, under=under, note=note):
                return ", ".join(part for part in (title, under, note) if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._lines[index.row()], Choice):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags


class ChoicePainter(QStyledItemDelegate):
    """Paints a line for its view."""

    def __init__(self, view: "ChoiceList", look: Look) -> None:
        super().__init__()
        self._view = view
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, width, look = self._view.choices.line(index), self._view.room, self._look
        if isinstance(line, Heading):
            return QSize(width, look.px(34))
        under = look.px(18) if line.under else 0
        return QSize(width, self._title_height(line, width) + under + look.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, line = _rect(option), self._view.choices.line(index)
        if isinstance(line, Heading):
            self._paint_heading(painter, rect, line)
        else:
            self._paint_ground(painter, rect, chosen=index.row() == self._view.currentIndex().row())
            self._paint_choice(painter, rect, line)
        edge = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(edge, QColor(self._look.palette.line))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Heading) -> None:
        look = self._look
        painter.fillRect(rect, QColor(look.palette.raised))
        left = look.px(12)
        if line.colour:
            bar = QRect(rect.left() + look.px(11), rect.center().y() - look.px(7), look.px(4), look.px(15))
            rounded(painter, bar, line.colour, "", 2)
            left = look.px(23)
        painter.setPen(QColor(look.palette.ink))
        painter.setFont(look.bold(look.sizes.body))
        painter.drawText(rect.adjusted(left, 0, 0, 0), LEFT, line.text)
        painter.setPen(QColor(look.palette.muted))
        painter.drawText(rect.adjusted(0, 0, -look.px(14), 0), RIGHT, str(line.count))

    def _paint_ground(self, painter: QPainter, rect: QRect, *, chosen: bool) -> None:
        colours = self._look.palette
        if chosen:
            painter.fillRect(rect, QColor(colours.accent_soft))
            painter.fillRect(
                QRect(rect.topLeft(), QSize(self._look.px(3), rect.height())), QColor(colours.accent)
            )
            if self._view.hasFocus():
                rounded(painter, rect.adjusted(1, 1, -1, -2), "", colours.accent, 4, 2)

    def _paint_choice(self, painter: QPainter, rect: QRect, line: Choice) -> None:
        look = self._look
        left, width = rect.left() + look.px(12), self._title_width(line, rect.width())
        height = self._title_height(line, rect.width())
        painter.setPen(QColor(look.palette.ink))
        painter.setFont(look.font(look.sizes.body))
        painter.drawText(QRect(left, rect.top() + look.px(8), width, height), WRAP, line.title)
        painter.setPen(QColor(look.palette.muted))
        painter.setFont(look.font(look.sizes.secondary))
        if line.note:
            painter.drawText(rect.adjusted(0, 0, -look.px(12), 0), RIGHT, line.note)
        if line.under:
            below = QRect(left, rect.top() + look.px(9) + height, width, look.px(18))
            painter.drawText(below, LEFT, line.under)

    def _title_width(self, line: Choice, width: int) -> int:
        look = self._look
        note = QFontMetrics(look.font(look.sizes.secondary)).horizontalAdvance(line.note)
        return width - look.px(24) - (note + look.px(8) if note else 0)

    def _title_height(self, line: Choice, width: int) -> int:
        metrics = QFontMetrics(self._look.font(self._look.sizes.body))
        return wrapped_height(line.title, metrics, self._title_width(line, width))


class ChoiceList(QListView):
    """The list. `picked` says which choice the selection came to, `opened` which one Enter was pressed on."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self.choices = ChoiceModel()
        self.room = 0
        self._painter = ChoicePainter(self, look)
        self.setModel(self.choices)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda _index: self._open())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows other lines; what was chosen stays chosen where it still is, else the first is chosen."""
        key = self.chosen()
        self.choices.show_lines(lines)
        place = self.choices.place_of(key)
        if not self.choose(key if place.isValid() else self._first_key()):
            self.scrollToTop()

    def choose(self, key: str) -> bool:
        """Chooses a line by its key; False when there is none."""
        place = self.choices.place_of(key)
        if place.isValid():
            self.setCurrentIndex(place)
            self.scrollTo(place)
        return place.isValid()

    def chosen(self) -> str:
        """The key of the line that is chosen, empty when none is."""
        index = self.currentIndex()
        line = self.choices.line(index) if index.isValid() else None
        return line.key if isinstance(line, Choice) else ""

    def step(self, by: int) -> None:
        """Goes to the next or the last choice, from wherever the focus is."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.choices.rowCount():
            if isinstance(self.choices.line(self.choices.index(row)), Choice):
                self.setCurrentIndex(self.choices.index(row))
                return
            row += by

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.room = event.size().width()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))
        else:
            super().keyPressEvent(event)

    def _first_key(self) -> str:
        line = self.choices.line(first) if (first := self.choices.first()).isValid() else None
        return line.key if isinstance(line, Choice) else ""

    def _tell(self) -> None:
        if key := self.chosen():
            self.picked.emit(key)

    def _open(self) -> None:
        if key := self.chosen():
            self.opened.emit(key)


def _rect(option: Any) -> QRect:
    # The stubs of PySide6 do not know the fields of a style option.
    rect: QRect = option.rect
    return rect
