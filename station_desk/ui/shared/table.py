"""A table whose columns are data: what each is called and what it says of a row. Rows come sorted, and stay as they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.painting import LEFT, WRAP, rounded, wrapped_height
from station_desk.ui.shared.pill import paint_pill, pill_size

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TONE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its title, its text, and for a pill its tone. The one that is `wide` takes the room that is left."""

    title: str
    text: Callable[[Row], str]
    tone: Callable[[Row], Tone] | None = None
    wide: bool = False


class TableModel(QAbstractTableModel):
    """Prepared strings; nothing is asked while a row is painted."""

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: tuple[Any, ...] = ()
        self._texts: list[tuple[str, ...]] = []
        self._tones: list[tuple[Tone | None, ...]] = []

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Shows other rows, in the order in which they come."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self._texts = [tuple(column.text(row) for column in self.columns) for row in self._rows]
        self._tones = [
            tuple(column.tone(row) if column.tone else None for column in self.columns) for row in self._rows
        ]
        self.endResetModel()

    def row(self, place: int) -> Any:
        """The row at a place."""
        return self._rows[place]

    def rows(self) -> tuple[Any, ...]:
        """All rows."""
        return self._rows

    def texts(self, column: int) -> list[str]:
        """What a column says of each row."""
        return [texts[column] for texts in self._texts]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()][index.column()]
        return self._tones[index.row()][index.column()] if role == TONE else None

    def headerData(
        self, place: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[place].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class CellPainter(QStyledItemDelegate):
    """Paints a cell: words that wrap where they must, or a pill."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, state = self._look, _rect(option), _state(option)
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(look.palette.accent_soft))
        inner = rect.adjusted(look.px(12), 0, -look.px(12), 0)
        tone: Tone | None = index.data(TONE)
        if tone:
            # On the chosen row a quiet pill would melt into the ground.
            ground = look.palette.surface if chosen and tone in ("plain", "accent") else ""
            paint_pill(painter, inner.left(), inner.center().y(), str(index.data()), tone, look, ground)
        else:
            painter.setFont(look.font(look.sizes.body))
            painter.setPen(QColor(look.palette.ink))
            painter.drawText(inner, WRAP | LEFT, str(index.data()))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(look.palette.line))
        if state & QStyle.StateFlag.State_HasFocus:
            rounded(painter, rect.adjusted(1, 1, -1, -2), "", look.palette.accent, 4, 1)
        painter.restore()


class Table(QTableView):
    """The view: whole rows are chosen, columns are as wide as their words, Ctrl+C copies the rows."""

    def __init__(self, model: TableModel, name: str, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._painter = CellPainter(look)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.wide else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Gives each column the room of its widest word, and each row the height it needs."""
        look = self._look
        metrics = QFontMetrics(look.font(look.sizes.body))
        small = QFontMetrics(look.font(look.sizes.secondary))
        for place, column in enumerate(self._model.columns):
            if column.wide:
                continue
            texts = set(self._model.texts(place))
            if column.tone:
                widths = [pill_size(text, look).width() for text in texts]
            else:
                widths = [metrics.horizontalAdvance(text) for text in texts]
            widest = max([*widths, small.horizontalAdvance(column.title)])
            self.horizontalHeader().resizeSection(place, widest + look.px(26))
        self._fit_rows()

    def resizeEvent(self, event: Any, /) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _fit_rows(self) -> None:
        look = self._look
        metrics = QFontMetrics(look.font(look.sizes.body))
        heights = [look.px(40)] * self._model.rowCount()
        for place, column in enumerate(self._model.columns):
            if column.wide:
                room = self.columnWidth(place) - look.px(24)
                needed = [wrapped_height(text, metrics, room) for text in self._model.texts(place)]
                heights = [max(h, n + look.px(18)) for h, n in zip(heights, needed, strict=True)]
        for row, height in enumerate(heights):
            self.verticalHeader().resizeSection(row, height)

    def _copy(self) -> None:
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        columns = range(self._model.columnCount())
        lines = ["\t".join(self._model.texts(column)[row] for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))


# The stubs of PySide6 do not know the fields of a style option.
def _rect(option: Any) -> QRect:
    rect: QRect = option.rect
    return rect


def _state(option: Any) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
