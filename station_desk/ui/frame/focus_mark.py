"""The focus is always in sight: scrolled into view, and with a ring around what paints no mark itself."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

from station_desk.ui.look.look import Look

WIDTH = 2


class FocusMark(QWidget):
    """A ring above the window, around the list or the scrolling text that the keys go to.

    Fields, buttons and tabs mark themselves. The mouse goes through it.
    """

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._marked: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        self._on_focus(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Goes with what it marks."""
        if watched is self._marked and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._surround()
        return False

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(self._look.palette.accent), WIDTH))
        painter.drawRect(self.rect().adjusted(1, 1, -WIDTH + 1, -WIDTH + 1))

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._marked is not None:
            self._marked.removeEventFilter(self)
        self._marked = None
        if new is None or not self._window.isAncestorOf(new):
            self.hide()
            return
        bring_into_sight(new)
        if isinstance(new, QAbstractItemView | QScrollArea):
            self._marked = new
            new.installEventFilter(self)
            self._surround()
        self.setVisible(self._marked is not None)

    def _surround(self) -> None:
        if self._marked is not None:
            corner = self._marked.mapTo(self._window, QPoint(0, 0))
            self.setGeometry(QRect(corner, self._marked.size()))
            self.raise_()


def bring_into_sight(place: QWidget) -> None:
    """Scrolls whatever the place stands in. Qt does so only within one area, not when the focus enters it."""
    above = place.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.widget() is not None:
            above.ensureWidgetVisible(place)
        above = above.parentWidget()
