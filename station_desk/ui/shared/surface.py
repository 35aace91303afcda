"""Surfaces on which everything lies: a bar with one edge drawn, or a card with rounded corners.

They paint themselves: the first paint does not wait for a stylesheet to be worked out for each of them.
"""

from typing import Literal

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import rounded

Edge = Literal["top", "bottom", "right", "card", "float", "bad", "warn"]
RADIUS = 8


class Surface(QFrame):
    """A frame of the palette; `bad` and `warn` are strips on a ground of their tone."""

    def __init__(self, edge: Edge, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._edge: Edge = edge

    def set_edge(self, edge: Edge) -> None:
        """Draws it another way from now on."""
        self._edge = edge
        self.update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours, rect, painter = self._look.palette, self.rect(), QPainter(self)
        match self._edge:
            case "card":
                rounded(painter, rect, colours.surface, colours.line, RADIUS)
            case "float":
                rounded(painter, rect, colours.surface, colours.strong_line, RADIUS)
            case "bad" | "warn":
                ink, ground = colours.tone(self._edge)
                painter.fillRect(rect, QColor(ground))
                painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), QColor(ink))
            case "top":
                painter.fillRect(rect, QColor(colours.surface))
                painter.fillRect(rect.adjusted(0, 0, 0, 1 - rect.height()), QColor(colours.line))
            case "bottom":
                painter.fillRect(rect, QColor(colours.surface))
                painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), QColor(colours.line))
            case "right":
                painter.fillRect(rect, QColor(colours.surface))
                painter.fillRect(rect.adjusted(rect.width() - 1, 0, 0, 0), QColor(colours.line))
