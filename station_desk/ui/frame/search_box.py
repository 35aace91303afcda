"""The line in the top bar in which a case is searched."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.painting import key_cap, key_cap_width, key_words

SEARCH_KEY = key_of("window.search")
WIDTH, NARROWEST = 420, 210


class SearchBox(QLineEdit):
    """One line that finds cases; the arrow keys and Enter go to the list of hits, Esc leaves."""

    moved = Signal(int)
    left = Signal()

    def __init__(self, hint: str, short: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hint, self._short = hint, short
        self.setProperty("framed", "yes")
        # What is found follows each key: no key waits to be told from a scan, which empties the box again.
        self.setProperty("not_held_up", True)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(look.px(NARROWEST))
        self.setMaximumWidth(look.px(WIDTH))
        self.setTextMargins(0, 0, key_cap_width(key_words(SEARCH_KEY), look) + look.px(6), 0)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(WIDTH), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        room = self.width() - self.textMargins().right() - self._look.px(30)
        fits = self.fontMetrics().horizontalAdvance(self._hint) <= room
        self.setPlaceholderText(self._hint if fits else self._short)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.rect().center().y() + 1
        right = self.width() - self._look.px(12)
        key_cap(painter, right, middle, key_words(SEARCH_KEY), self._look.palette.muted, self._look)
