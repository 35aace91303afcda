"""A row that goes on in the next line where the window is narrow or the text is large."""

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

Side = Literal["left", "right"]


class Flow(QLayout):
    """Widgets beside one another as far as there is room, each line at its side, each as wide as it asks."""

    def __init__(self, side: Side, spacing: int) -> None:
        super().__init__()
        self._side: Side = side
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        # Qt asks beyond the end to learn where it is.
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(len(shown) - 1, 0)
        return QSize(width, _height(shown))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        return QSize(max((item.sizeHint().width() for item in shown), default=0), _height(shown))

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        top = room.top()
        for line in self._lines(room.width()):
            height, used = _height(line), self._width(line)
            left = room.left() if self._side == "left" else room.right() + 1 - used
            for item in line:
                size = item.sizeHint()
                item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        for item in self._shown():
            if lines and self._width([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _width(self, line: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)


def flowing(widgets: list[QWidget], side: Side, spacing: int) -> QWidget:
    """The widgets in such a row."""
    strip = QWidget()
    flow = Flow(side, spacing)
    strip.setLayout(flow)
    for widget in widgets:
        flow.addWidget(widget)
    return strip


def _height(line: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line), default=0)
