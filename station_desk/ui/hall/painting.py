"""Paints what was arranged for the hall display."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from station_desk.ui.hall.drawing import Area, Badge, Ground, Measure, Part, Qr, Text
from station_desk.ui.hall.palette import HallPalette

ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "middle": Qt.AlignmentFlag.AlignHCenter,
}
QUIET_MODULES = 4


def measure_in(family: str) -> Measure:
    """How wide type of a family is."""

    @lru_cache(maxsize=8192)
    def measure(text: str, size: float, bold: bool) -> float:  # noqa: FBT001 - the shape of Measure
        return QFontMetricsF(font_of(family, size, bold=bold)).horizontalAdvance(text)

    return measure


def font_of(family: str, size: float, *, bold: bool) -> QFont:
    """The font in a size in pixels, which Qt takes whole."""
    font = QFont(family)
    font.setPixelSize(max(1, int(size)))
    font.setBold(bold)
    return font


def paint(painter: QPainter, parts: Iterable[Part], colours: HallPalette, family: str, qr: str) -> None:
    """Paints the parts in their order."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for part in parts:
        match part:
            case Text():
                _text(painter, part, colours, family)
            case Ground():
                _ground(painter, part, colours)
            case Badge():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.badge))
                painter.drawEllipse(_rect(part.area))
                _text(painter, part.number, colours, family)
            case Qr():
                _qr(painter, part.area, qr)


def _text(painter: QPainter, part: Text, colours: HallPalette, family: str) -> None:
    painter.setFont(font_of(family, part.size, bold=part.bold))
    painter.setPen(QColor(getattr(colours, part.colour)))
    flags = ALIGN[part.align] | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    painter.drawText(_rect(part.area), int(flags), part.text)


def _ground(painter: QPainter, part: Ground, colours: HallPalette) -> None:
    painter.setPen(QPen(QColor(getattr(colours, part.edge)), 1.5) if part.edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(colours, part.colour)))
    painter.drawRoundedRect(_rect(part.area), part.radius, part.radius)


def _qr(painter: QPainter, area: Area, text: str) -> None:
    from station_desk.printing.codes import qr

    symbol = qr(text)
    side = symbol.columns + 2 * QUIET_MODULES
    module = int(area.w // side) or 1
    start = QPointF(area.x, area.y + (area.h - side * module) / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    # Black on white in every theme: a phone must read it.
    painter.fillRect(QRectF(start.x(), start.y(), side * module, side * module), Qt.GlobalColor.white)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for line in symbol.path.splitlines():
        x, y, width, height, _ = line.split()
        top = symbol.rows - int(y) - int(height)
        left = start.x() + (int(x) + QUIET_MODULES) * module
        painter.fillRect(
            QRectF(
                left, start.y() + (top + QUIET_MODULES) * module, int(width) * module, int(height) * module
            ),
            Qt.GlobalColor.black,
        )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _rect(area: Area) -> QRectF:
    return QRectF(area.x, area.y, area.w, area.h)
