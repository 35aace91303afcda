"""A table whose columns are data: what each is called and what it says of a row. Rows come sorted, and stay
as they are. All rows have one height, so that a list of a million is scrolled like one of ten.
"""

from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
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
from station_desk.ui.shared.table_model import TONE, Index, TableModel

MOST_COPIED = 2_000
"""More rows than these are exported, not copied."""


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
    """The view: whole rows are chosen, columns are as wide as their words, Ctrl+C copies the rows.

    `sorted_by` carries the order that a heading asks for.
    """

    sorted_by = Signal(str)

    def __init__(self, model: TableModel, name: str, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._painter = CellPainter(look)
        self._metrics = QFontMetrics(look.font(look.sizes.body))
        self._widths: dict[int, int] = {}
        self._words: set[tuple[int, str]] = set()
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(40))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(any(column.sort for column in model.columns))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(self._ask_order)
        for place, column in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.wide else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
        model.modelReset.connect(self.fit)
        model.landed.connect(self._fit_more)
        self.fit()

    def fit(self) -> None:
        """Gives each column the room of its widest word, and the rows the height that one of them needs."""
        self._widths, self._words = {}, set()
        self._fit_more()

    def resizeEvent(self, event: Any, /) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _fit_more(self) -> None:
        """Measures the words that were not seen before; a column only grows while its list is shown."""
        look, header = self._look, self.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            new = {(place, text) for text in self._model.texts(place)} - self._words
            self._words |= new
            if column.wide:
                continue
            widths = [
                pill_size(text, look).width() if column.tone else self._metrics.horizontalAdvance(text)
                for _, text in new
            ]
            wanted = max(*widths, 0, 0) + look.px(26)
            needed = max(wanted, header.sectionSizeHint(place), self._widths.get(place, 0))
            if needed != self._widths.get(place):
                self._widths[place] = needed
                header.resizeSection(place, needed)
        self._fit_rows()

    def _fit_rows(self) -> None:
        look = self._look
        height = look.px(40)
        for place, column in enumerate(self._model.columns):
            if column.wide:
                room = self.columnWidth(place) - look.px(24)
                for at, text in self._words:
                    if at == place and self._metrics.horizontalAdvance(text) > room:
                        height = max(height, wrapped_height(text, self._metrics, room) + look.px(18))
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(height)

    def _ask_order(self, place: int) -> None:
        if self._model.columns[place].sort:
            self.sorted_by.emit(self._model.columns[place].sort)

    def _copy(self) -> None:
        lines: list[str] = []
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        for part in sorted(parts, key=lambda part: part.top()):
            for row in range(part.top(), min(part.bottom() + 1, part.top() + MOST_COPIED - len(lines))):
                told = self._model.line(row)
                lines += ["\t".join(told)] if told else []
        QGuiApplication.clipboard().setText("\n".join(lines))


# The stubs of PySide6 do not know the fields of a style option.
def _rect(option: Any) -> QRect:
    rect: QRect = option.rect
    return rect


def _state(option: Any) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
