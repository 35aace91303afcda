"""What stands inside a field: one line, several lines, a day, a choice. Each answers `value()` and takes
`put()`.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)  # fmt: skip

from station_desk.ui.look.look import Look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Option = tuple[str, str]
"""What is stored, and how it is said in the language of the window."""


class Editor(Protocol):
    """Any of the editors below. Each tells itself where the focus goes and which keys it takes: a filter
    would be asked about every event there is, a hundred times for each field that is laid on the counter.
    """

    @property
    def edited(self) -> SignalInstance: ...

    @property
    def focused(self) -> SignalInstance:
        """Carries whether the focus came or went."""

    def value(self) -> str: ...

    def put(self, value: str) -> None: ...

    def targets(self) -> list[QWidget]:
        """What may have the focus, in order."""


class Before(QObject):
    """Remembers the choices made before, so that Ctrl+Z goes back to them as it does in a line of text."""

    def __init__(self, editor: "ChoiceEditor | RadioEditor") -> None:
        super().__init__(editor)
        self._editor = editor
        self._values: list[str] = []

    def watch(self) -> None:
        """From now on each change is remembered."""
        self._values.append(self._editor.value())
        self._editor.edited.connect(self._note)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key was for this: the choice before is chosen again."""
        if not event.matches(QKeySequence.StandardKey.Undo):
            return False
        if len(self._values) > 1:
            self._values.pop()
            self._editor.put(self._values.pop())
        return True

    def _note(self, *_: object) -> None:
        value = self._editor.value()
        if not self._values or self._values[-1] != value:
            self._values.append(value)


class LineEditor(QLineEdit):
    """One line of text."""

    focused = Signal(bool)

    def __init__(self, look: Look, hint: str = "") -> None:
        super().__init__()
        self.setFont(look.font(look.sizes.body))
        self.setPlaceholderText(hint)
        self.setMinimumHeight(look.px(24))

    @property
    def edited(self) -> SignalInstance:
        return self.textChanged

    def value(self) -> str:
        return self.text()

    def put(self, value: str) -> None:
        # Written like typing, so that Ctrl+Z brings back what stood here.
        self.selectAll()
        self.insert(value)

    def targets(self) -> list[QWidget]:
        return [self]

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class DayEditor(LineEditor):
    """A day, typed as eight digits or with dashes; left, it stands as 2026-01-31."""

    def __init__(self, look: Look, hint: str) -> None:
        super().__init__(look, hint)
        self.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        day = iso_day(self.text())
        if day != self.text():
            self.setText(day)


class OfferingEditor(LineEditor):
    """One line of text that offers what fits out of a list; something else may be typed all the same."""

    def __init__(self, look: Look, offers: Sequence[str], hint: str) -> None:
        super().__init__(look, hint)
        self._offers = QCompleter(list(offers), self)
        self._offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._offers.setFilterMode(Qt.MatchFlag.MatchContains)
        self._list = QListView()
        self._list.setFont(look.font(look.sizes.body))
        self._offers.setPopup(self._list)
        self.setCompleter(self._offers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The arrow down opens the whole list, as in a choice.
        if event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self._offers.setCompletionPrefix("")
            self._offers.complete()
        elif event.key() in ENTER and self._list.isVisible() and not self._list.currentIndex().isValid():
            # An open list hands keys straight to the line, past whoever goes to the next field by Enter.
            self._list.hide()
            QApplication.sendEvent(self, QKeyEvent(event.type(), event.key(), event.modifiers()))
            event.accept()
        else:
            super().keyPressEvent(event)


class TextEditor(QPlainTextEdit):
    """Several lines; Tab leads on, as everywhere."""

    focused = Signal(bool)

    def __init__(self, look: Look, hint: str) -> None:
        super().__init__()
        self.setFont(look.font(look.sizes.body))
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(look.px(60))
        self.document().setDocumentMargin(2)

    @property
    def edited(self) -> SignalInstance:
        return self.textChanged

    def value(self) -> str:
        return self.toPlainText()

    def put(self, value: str) -> None:
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.insertText(value)

    def targets(self) -> list[QWidget]:
        return [self]

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class ChoiceEditor(QComboBox):
    """One of several words; nothing is chosen at first."""

    focused = Signal(bool)

    def __init__(self, look: Look, options: Sequence[Option], hint: str) -> None:
        super().__init__()
        self._look = look
        self._hint = hint
        self.setFont(look.font(look.sizes.body))
        self.setMinimumHeight(look.px(24))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for stored, said in options:
            self.addItem(said, stored)
        self.setCurrentIndex(-1)
        self._before = Before(self)
        self._before.watch()
        self.currentIndexChanged.connect(lambda _place: self.updateGeometry())

    @property
    def edited(self) -> SignalInstance:
        return self.currentIndexChanged

    def value(self) -> str:
        return str(self.currentData() or "")

    def put(self, value: str) -> None:
        self.setCurrentIndex(self.findData(value))

    def targets(self) -> list[QWidget]:
        return [self]

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        said = [self.itemText(row) for row in range(self.count())]
        widest = max((metrics.horizontalAdvance(text) for text in [*said, self._hint]), default=0)
        return QSize(widest + self._look.px(22), self._look.px(24))

    def minimumSizeHint(self) -> QSize:
        # Where room is scarce, as much as the chosen word takes; the list shows the others in full.
        word = QFontMetrics(self.font()).horizontalAdvance(self.currentText() or self._hint)
        return QSize(word + self._look.px(22), self._look.px(24))

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        # A wheel that scrolls the form must not change an answer it happens to pass over.
        if self.hasFocus():
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._before.takes(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours, look = self._look.palette, self._look
        painter = QPainter(self)
        painter.setFont(self.font())
        chosen = self.currentIndex() >= 0
        painter.setPen(QColor(colours.ink if chosen else colours.muted))
        # A line edit keeps two pixels before its text; words of all editors stand below each other.
        room = self.rect().adjusted(2, 0, -look.px(18), 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, self.currentText() if chosen else self._hint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.muted), 1.5))
        right, middle, half = self.width() - look.px(6), self.height() / 2, look.px(4)
        painter.drawPolyline(
            [QPointF(right - 2 * half, middle - half / 2), QPointF(right - half, middle + half / 2),
             QPointF(right, middle - half / 2)]
        )  # fmt: skip


class RadioEditor(QWidget):
    """One of a few short words, all in sight; the arrow keys move between them."""

    focused = Signal(bool)

    def __init__(self, look: Look, options: Sequence[Option]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._stored = [stored for stored, _ in options]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(16))
        self._before = Before(self)
        for place, (_, said) in enumerate(options):
            button = RadioWord(said, look, self._before)
            button.focused.connect(self.focused)
            self._group.addButton(button, place)
            row.addWidget(button)
        row.addStretch()
        self._before.watch()

    @property
    def edited(self) -> SignalInstance:
        return self._group.idToggled

    def value(self) -> str:
        chosen = self._group.checkedId()
        return self._stored[chosen] if chosen >= 0 else ""

    def put(self, value: str) -> None:
        if value in self._stored:
            self._group.button(self._stored.index(value)).setChecked(True)
        else:
            self._group.setExclusive(False)
            for button in self._group.buttons():
                button.setChecked(False)
            self._group.setExclusive(True)

    def targets(self) -> list[QWidget]:
        return list(self._group.buttons())


class RadioWord(QRadioButton):
    """A word with its ring, painted with the tokens."""

    focused = Signal(bool)

    def __init__(self, said: str, look: Look, before: Before) -> None:
        super().__init__(said)
        self._look = look
        self._before = before
        self.setFont(look.font(look.sizes.body))

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(width + self._look.px(24), self._look.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            event.ignore()
        elif not self._before.takes(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours, look = self._look.palette, self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = QPointF(look.px(8), self.height() / 2), look.px(7)
        ring = colours.accent if self.isChecked() or self.hasFocus() else colours.strong_line
        painter.setPen(QPen(QColor(ring), 2 if self.hasFocus() else 1.5))
        painter.drawEllipse(middle, radius, radius)
        if self.isChecked():
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(middle, radius - look.px(4), radius - look.px(4))
        painter.setPen(QColor(colours.ink))
        painter.setFont(self.font())
        painter.drawText(
            self.rect().adjusted(look.px(21), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text()
        )


def radio_width(options: Sequence[Option], look: Look) -> int:
    """How wide the options are side by side, for choosing between rings and a list."""
    metrics = QFontMetrics(look.font(look.sizes.body))
    return sum(metrics.horizontalAdvance(said) + look.px(40) for _, said in options)


def iso_day(text: str) -> str:
    """20260131, 2026.1.31 and 2026/1/31 → 2026-01-31; anything else stays as it was typed."""
    typed = text.strip()
    parts = typed.replace(".", "-").replace("/", "-").split("-")
    if len(typed) == 8 and typed.isdecimal():
        parts = [typed[:4], typed[4:6], typed[6:]]
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[0]) == 4:
        return f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}"
    return text
