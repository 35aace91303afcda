"""The focus is always in sight: scrolled into view, and with a ring around what paints no mark itself."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

from station_desk.ui.look.look import Look

WIDTH = 2


class Edge(QWidget):
    """One side of the ring. The mouse goes through it."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._colour = QColor(look.palette.accent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        QPainter(self).fillRect(self.rect(), self._colour)


class FocusMark(QObject):
    """A ring above the window, around the list or the scrolling text that the keys go to.

    Fields, buttons and tabs mark themselves. It is four edges, outside of what they mark where the window has
    room: under anything that lies on a list Qt paints all of it anew with each row that is scrolled.
    """

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._marked: QWidget | None = None
        self.edges = [Edge(window, look) for _ in range(4)]
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        self._on_focus(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Goes with what it marks."""
        if watched is self._marked and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._surround()
        return False

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._marked is not None:
            self._marked.removeEventFilter(self)
        self._marked = None
        if new is not None and self._window.isAncestorOf(new):
            bring_into_sight(new)
            if isinstance(new, QAbstractItemView | QScrollArea):
                self._marked = new
                new.installEventFilter(self)
                self._surround()
        for edge in self.edges:
            edge.setVisible(self._marked is not None)

    def _surround(self) -> None:
        if self._marked is None:
            return
        corner = self._marked.mapTo(self._window, QPoint(0, 0))
        outside = QRect(corner, self._marked.size()).adjusted(-WIDTH, -WIDTH, WIDTH, WIDTH)
        ring = outside.intersected(self._window.rect())
        flat, upright = QSize(ring.width(), WIDTH), QSize(WIDTH, ring.height())
        places = (
            QRect(ring.topLeft(), flat), QRect(ring.bottomLeft() - QPoint(0, WIDTH - 1), flat),
            QRect(ring.topLeft(), upright), QRect(ring.topRight() - QPoint(WIDTH - 1, 0), upright),
        )  # fmt: skip
        for edge, place in zip(self.edges, places, strict=True):
            edge.setGeometry(place)
            edge.raise_()


def bring_into_sight(place: QWidget) -> None:
    """Scrolls whatever the place stands in. Qt does so only within one area, not when the focus enters it."""
    above = place.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.widget() is not None:
            above.ensureWidgetVisible(place)
        above = above.parentWidget()
