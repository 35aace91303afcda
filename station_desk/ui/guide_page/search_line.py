"""The line in which the guide is searched; the arrow keys move through the list below it, Esc clears it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.painting import key_cap, key_cap_width, key_words

KEY = key_of("guide.search")


class SearchLine(QLineEdit):
    """`moved` carries one line down (1) or up (-1); `entered` comes with Enter."""

    moved = Signal(int)
    entered = Signal()

    def __init__(self, hint: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("framed", "yes")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setTextMargins(0, 0, key_cap_width(key_words(KEY), look) + look.px(6), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        right = self.width() - self._look.px(12)
        middle = self.rect().center().y() + 1
        key_cap(QPainter(self), right, middle, key_words(KEY), self._look.palette.muted, self._look)
