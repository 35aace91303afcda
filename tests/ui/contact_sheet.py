"""Many pictures on one sheet, each small and with its name, so that a look finds the one that is wrong."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

COLUMNS = 6
WIDTH, HEIGHT, WORDS, GAP = 400, 225, 26, 10


def contact_sheet(pictures: Sequence[Path], file: Path, family: str) -> None:
    """Draws the pictures in rows and saves the sheet."""
    rows = -(-len(pictures) // COLUMNS)
    sheet = QImage(
        COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + WORDS + GAP) + GAP, QImage.Format.Format_RGB32
    )
    sheet.fill(QColor("#808080"))
    painter = QPainter(sheet)
    font = QFont(family)
    font.setPixelSize(14)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    for place, picture in enumerate(pictures):
        left = GAP + place % COLUMNS * (WIDTH + GAP)
        top = GAP + place // COLUMNS * (HEIGHT + WORDS + GAP)
        painter.drawImage(QRect(left, top, WIDTH, HEIGHT), _small(picture))
        words = QRect(left, top + HEIGHT, WIDTH, WORDS)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, picture.stem)
    painter.end()
    if not sheet.save(str(file)):
        raise OSError(f"{file} cannot be written")


def _small(picture: Path) -> QImage:
    mode = Qt.TransformationMode.SmoothTransformation
    return QImage(str(picture)).scaled(WIDTH, HEIGHT, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
