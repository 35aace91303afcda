"""A table whose columns are data: what each is called and what it says of a row. Rows come sorted, and stay
as they are. All rows have one height, so that a list of a million is scrolled like one of ten.
"""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QStaticText,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import rounded, wrapped_height
from station_desk.ui.shared.pill import paint_pill, pill_size
from station_desk.ui.shared.table_model import Index, TableModel

CHOSEN, FOCUSED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_HasFocus.value
ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
WIDE_LEAST = 170
"""So much room the wide column has at least; others give way to it."""

MOST_LAID_OUT = 3_000
MOST_COPIED = 2_000
"""More rows than these are exported, not copied."""


class CellPainter(QStyledItemDelegate):
    """Paints a cell: words that wrap where they must, or a pill. Words once laid out are kept: a screen of a
    list says the same ones again and again.
    """

    def __init__(self, model: TableModel, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._font = look.font(look.sizes.body)
        self._ink, self._line = QColor(look.palette.ink), QColor(look.palette.line)
        self._chosen = QColor(look.palette.accent_soft)
        self._edge = look.px(12)
        self._laid: dict[tuple[str, int], QStaticText] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, state = self._look, _rect(option), _state(option)
        chosen = bool(state & CHOSEN)
        if chosen:
            painter.fillRect(rect, self._chosen)
        # Straight from the model: Qt would ask for the words and for their tone by two ways around.
        text, tone = self._model.cell(index.row(), index.column())
        if tone:
            # On the chosen row a quiet pill would melt into the ground.
            ground = look.palette.surface if chosen and tone in ("plain", "accent") else ""
            paint_pill(painter, rect.left() + self._edge, rect.center().y(), text, tone, look, ground)
        elif text:
            laid = self._words(text, rect.width() - 2 * self._edge)
            painter.setFont(self._font)
            painter.setPen(self._ink)
            top = rect.top() + (rect.height() - laid.size().height()) / 2
            painter.drawStaticText(QPointF(rect.left() + self._edge, top), laid)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._line)
        if state & FOCUSED:
            rounded(painter, rect.adjusted(1, 1, -1, -2), "", look.palette.accent, 4, 1)

    def _words(self, text: str, room: int) -> QStaticText:
        laid = self._laid.get((text, room))
        if laid is None:
            if len(self._laid) > MOST_LAID_OUT:
                self._laid.clear()
            laid = self._laid[text, room] = QStaticText(text)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.setTextWidth(room)
            laid.prepare(font=self._font)
        return laid


class Table(QTableView):
    """The view: whole rows are chosen, columns are as wide as their words, Ctrl+C copies the rows, the space
    bar takes a row into the choice or out of it.

    `sorted_by` carries the order that a heading asks for.
    """

    sorted_by = Signal(str)

    def __init__(self, model: TableModel, name: str, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._painter = CellPainter(model, look)
        self._metrics = QFontMetrics(look.font(look.sizes.body))
        self._widths: dict[int, int] = {}
        self._words: dict[int, dict[str, int]] = {}
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
        header.sectionResized.connect(self._on_resized)
        model.modelReset.connect(self.fit)
        model.landed.connect(self._fit_more)
        self.fit()

    def fit(self) -> None:
        """Gives each column the room of its widest word, and the rows the height that one of them needs."""
        self._widths, self._words = {}, {}
        for page in self._model.pages():
            self._measure(page)
        self._fit_columns()

    def showEvent(self, event: Any, /) -> None:
        super().showEvent(event)
        # On a ground of its own the view moves what it has painted; else a row of scrolling paints them all.
        # The stylesheet takes it away again when it comes.
        self.viewport().setAutoFillBackground(True)
        # Out of sight the headings do not follow the width.
        self._fit_columns()

    def resizeEvent(self, event: Any, /) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()
        if event.size().height() < event.oldSize().height() and self.selectionModel().hasSelection():
            # What is chosen opens a card below: the card must not cover what it tells of.
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            # Qt would only add: what was taken in by mistake goes out by the same key.
            how = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(self.currentIndex(), how)
        elif event.key() in ENDS and not event.modifiers():
            # Qt would go to the ends of the row: here a row is chosen as a whole.
            self._go_to(0 if event.key() == Qt.Key.Key_Home else self._model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._model.index(row, 0))

    def _fit_more(self, page: int) -> None:
        """Measures the words of a page that has come; a column only grows while its list is shown."""
        if self._measure(page):
            self._fit_columns()

    def _measure(self, page: int) -> bool:
        """Whether some word of the page is wider than all before it in its column."""
        grown = False
        for place, column in enumerate(self._model.columns):
            words = self._words.setdefault(place, {})
            for text in self._model.texts(page, place) - words.keys():
                words[text] = width = (
                    pill_size(text, self._look).width()
                    if column.tone
                    else self._metrics.horizontalAdvance(text)
                )
                if width > self._widths.get(place, 0):
                    self._widths[place], grown = width, True
            if len(words) > MOST_LAID_OUT and not column.wide:
                words.clear()
        return grown

    def _fit_columns(self) -> None:
        self._leave_out()
        header = self.horizontalHeader()
        for place, column in enumerate(self._model.columns):
            fixed = not column.wide and not header.isSectionHidden(place)
            if fixed and self._wanted(place) != header.sectionSize(place):
                header.resizeSection(place, self._wanted(place))
        self._fit_rows()

    def _on_resized(self, place: int, _before: int, _now: int) -> None:
        if self._model.columns[place].wide:
            self._fit_rows()

    def _leave_out(self) -> None:
        """The columns that give way do so until the wide one has room for its words."""
        columns, header = self._model.columns, self.horizontalHeader()
        wanted = {place: self._wanted(place) for place in range(len(columns))}
        room = self.viewport().width() - sum(wanted.values())
        order = sorted(range(len(columns)), key=lambda place: -columns[place].gives_way)
        for place in order:
            gone = room < 0 and bool(columns[place].gives_way)
            room += wanted[place] if gone else 0
            if header.isSectionHidden(place) != gone:
                header.setSectionHidden(place, gone)

    def _wanted(self, place: int) -> int:
        if self._model.columns[place].wide:
            return self._look.px(WIDE_LEAST)
        hint = self.horizontalHeader().sectionSizeHint(place)
        return max(self._widths.get(place, 0) + self._look.px(26), hint)

    def _fit_rows(self) -> None:
        look = self._look
        height = look.px(40)
        for place, column in enumerate(self._model.columns):
            room = self.columnWidth(place) - look.px(24)
            if column.wide and self._widths.get(place, 0) > room:
                for text, width in self._words[place].items():
                    if width > room:
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


def _state(option: Any) -> int:
    state: int = option.state.value
    return state
