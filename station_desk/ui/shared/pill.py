"""A pill: a word or two on a ground of their tone, beside what they say something about."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.painting import CENTRE, rounded

KNOWN_PILLS = 256


class Pill(QLabel):
    """Says `text` in a tone; an empty text shows nothing."""

    def __init__(self, text: str, tone: Tone, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tone: Tone = tone
        self.setFont(look.font(look.sizes.secondary))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)
        if not text:
            self.hide()

    def say(self, text: str, tone: Tone) -> None:
        """Says something else, perhaps in another tone."""
        self._tone = tone
        self.setText(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self.text(), self._look)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        paint_pill(painter, 0, self.height() // 2, self.text(), self._tone, self._look)


@lru_cache(maxsize=KNOWN_PILLS)
def pill_size(text: str, look: Look) -> QSize:
    """How large a pill with this text is. It is everybody's: nobody changes it."""
    width = QFontMetrics(look.font(look.sizes.secondary)).horizontalAdvance(text)
    return QSize(width + look.px(18), look.px(20))


def paint_pill(
    painter: QPainter, left: int, middle: int, text: str, tone: Tone, look: Look, ground: str = ""
) -> None:
    """Paints a pill from its left edge, centred on a line; on another ground than that of its tone where
    asked.
    """
    ink, usual = look.palette.tone(tone)
    size = pill_size(text, look)
    rect = QRect(left, middle - size.height() // 2, size.width(), size.height())
    rounded(painter, rect, ground or usual, "", rect.height() // 2)
    painter.setFont(look.font(look.sizes.secondary))
    painter.setPen(QColor(ink))
    painter.drawText(rect, CENTRE, text)
