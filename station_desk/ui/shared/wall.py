"""A wall around a part of a page: what is arranged anew inside stays inside.

Whatever grows, comes or goes in a window makes Qt ask every row above it for its size once more, up to the
window itself. Behind a wall only the least size of the part is told on, and only when it is another one.
"""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget, QWidgetItem


class Wall(QWidget):
    """Holds one widget, always as large as itself."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self._item = QWidgetItem(inside)
        self._least = QSize()
        inside.setParent(self)
        inside.show()

    def minimumSizeHint(self) -> QSize:
        return self._least

    def sizeHint(self) -> QSize:
        return self._least

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._measure()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        self._inside.resize(event.size())

    def _measure(self) -> None:
        if (least := self._item.minimumSize()) != self._least:
            self._least = least
            self.updateGeometry()
