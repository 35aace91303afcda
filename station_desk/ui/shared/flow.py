"""A row that goes on in the next line where the window is narrow or the text is large."""

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

Side = Literal["left", "right"]
Sized = tuple[QLayoutItem, QSize]


class Flow(QLayout):
    """Widgets beside one another as far as there is room, each line at its side, each as wide as it asks."""

    def __init__(self, side: Side, spacing: int) -> None:
        super().__init__()
        self._side: Side = side
        self._items: list[QLayoutItem] = []
        self._sizes: list[Sized] | None = None
        self._heights: dict[int, int] = {}
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def stand_at(self, side: Side) -> None:
        """Each line is at that side from now on."""
        if side != self._side:
            self._side = side
            self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        # Qt asks beyond the end to learn where it is.
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        self._forget()
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def invalidate(self) -> None:
        self._forget()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # A window that is arranged asks this of every row, many times over.
        if width not in self._heights:
            lines = self._lines(width)
            self._heights[width] = sum(map(_height, lines)) + self.spacing() * max(len(lines) - 1, 0)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        shown = self._shown()
        return QSize(self._width(shown), _height(shown))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        return QSize(max((size.width() for _, size in shown), default=0), _height(shown))

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        # In a row that is higher, beside a title, they stand in its middle.
        top = room.top() + max(room.height() - self.heightForWidth(room.width()), 0) // 2
        for line in self._lines(room.width()):
            height, used = _height(line), self._width(line)
            left = room.left() if self._side == "left" else room.right() + 1 - used
            for item, size in line:
                item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _lines(self, width: int) -> list[list[Sized]]:
        lines: list[list[Sized]] = []
        used = 0
        for item, size in self._shown():
            used += self.spacing() + size.width()
            if lines and used <= width:
                lines[-1].append((item, size))
            else:
                lines.append([(item, size)])
                used = size.width()
        return lines

    def _shown(self) -> list[Sized]:
        """What is in sight, each with the size it asks for: asked once until something changed."""
        if self._sizes is None:
            self._sizes = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._sizes

    def _forget(self) -> None:
        self._sizes = None
        self._heights.clear()

    def _width(self, line: list[Sized]) -> int:
        return sum(size.width() for _, size in line) + self.spacing() * max(len(line) - 1, 0)


def flowing(widgets: list[QWidget], side: Side, spacing: int) -> QWidget:
    """The widgets in such a row."""
    strip = QWidget()
    flow = Flow(side, spacing)
    strip.setLayout(flow)
    for widget in widgets:
        flow.addWidget(widget)
    return strip


def _height(line: list[Sized]) -> int:
    return max((size.height() for _, size in line), default=0)
