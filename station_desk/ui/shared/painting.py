"""Strokes that several widgets paint alike: rounded grounds, key caps, focus rings, wrapped words."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from station_desk.ui.look.look import Look

WRAP = Qt.TextFlag.TextWordWrap
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def rounded(painter: QPainter, rect: QRect, fill: str, border: str, radius: int, width: int = 1) -> None:
    """A rounded rectangle whose border lies inside `rect`; an empty colour leaves that part out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(border), width) if border else QPen(Qt.PenStyle.NoPen))
    half = width / 2 if border else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def key_cap_width(key: str, look: Look) -> int:
    """How wide the cap of a key is painted."""
    return QFontMetrics(look.font(look.px(11))).horizontalAdvance(key) + look.px(10)


def key_cap(painter: QPainter, right: int, middle: int, key: str, colour: str, look: Look) -> None:
    """The cap of a key, its right edge and vertical middle given."""
    width, height = key_cap_width(key, look), look.px(18)
    rect = QRect(right - width, middle - height // 2, width, height)
    rounded(painter, rect, "", colour, look.px(3))
    painter.setFont(look.font(look.px(11)))
    painter.drawText(rect, CENTRE, key)


def wrapped_height(text: str, metrics: QFontMetrics, width: int) -> int:
    """The height of a text wrapped into a width."""
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 10_000), WRAP, text).height()


def key_words(key: str) -> str:
    """A key as its cap says it: `Ctrl+K` → `Ctrl K`."""
    return key.replace("+", " ").replace("Return", "Enter")
