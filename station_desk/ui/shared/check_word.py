"""A word with a box to tick, painted with the tokens."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import rounded


class CheckWord(QCheckBox):
    """Ticked by space or a click; an empty text is a box alone, named by whoever made it."""

    def __init__(self, text: str, look: Look) -> None:
        super().__init__(text)
        self._look = look
        self.setFont(look.font(look.sizes.body))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self._look.px(24)
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(side + (words + self._look.px(8) if words else 0), side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object, /) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent, /) -> None:
        look, colours = self._look, self._look.palette
        painter = QPainter(self)
        box = QRect(look.px(4), look.px(4), look.px(16), look.px(16))
        ticked = self.isChecked()
        border = colours.accent if ticked or self.hasFocus() else colours.strong_line
        rounded(painter, box, colours.accent if ticked else colours.surface, border, 4)
        if self.hasFocus():
            rounded(painter, box.adjusted(-3, -3, 3, 3), "", colours.accent, 6, 2)
        if ticked:
            painter.setPen(QPen(QColor(colours.on_accent), 2))
            unit, middle = look.px(4), QRectF(box).center()
            points = [QPointF(-unit, 0), QPointF(-unit / 4, unit * 0.75), QPointF(unit, -unit * 0.7)]
            painter.drawPolyline([middle + point for point in points])
        painter.setPen(QColor(colours.ink))
        painter.setFont(self.font())
        words = self.rect().adjusted(look.px(28), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
