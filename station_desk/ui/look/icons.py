"""Icons: one family of strokes in `resources/icons/`, each drawn in the colour and size it is asked for."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from station_desk.core import paths

FOLDER = paths.RESOURCES / "icons"


def icon(name: str, colour: str, size: int) -> QIcon:
    """The icon for a button: `size` in pixels at scale 1, sharp up to scale 2."""
    made = QIcon(pixmap(name, colour, size, 1.0))
    made.addPixmap(pixmap(name, colour, size, 2.0))
    return made


@cache
def pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    """The icon as a picture of `size` × `scale` device pixels."""
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_drawing(FOLDER, name, colour))).render(
        painter, QRectF(0, 0, picture.width(), picture.height())
    )
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def _drawing(folder: Path, name: str, colour: str) -> bytes:
    return (folder / f"{name}.svg").read_text("utf-8").replace("currentColor", colour).encode()
