"""A button that says what will happen and which key does it."""

from typing import Literal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.keyed import Keyed
from station_desk.ui.shared.painting import CENTRE, key_cap, key_cap_width, key_words, rounded

Weight = Literal["primary", "soft", "plain", "quiet", "alarm"]
"""The one primary action; the primary action that cannot be done yet; any other action; one in a row of
small ones; such a one that tells of something wrong.
"""

SMALL = ("quiet", "alarm")


class KeyButton(Keyed):
    """A button with its key painted beside its words. An empty key has no cap."""

    def __init__(
        self, text: str, key: str, look: Look, weight: Weight = "plain", parent: QWidget | None = None
    ) -> None:
        super().__init__(key, parent)
        self._look = look
        self._cap = key_words(key)
        self._sized: tuple[tuple[str, str, Weight], QSize] | None = None
        self._weight: Weight = weight
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, weight)

    def say(self, text: str, weight: Weight) -> None:
        """Says something else, with another weight."""
        if text and (text, weight) == (self.text(), self._weight):
            return
        self._weight = weight
        self.name_it(text)
        self.setAccessibleDescription(self._cap)
        self.updateGeometry()
        self.update()

    def show_cap(self, cap: str) -> None:
        """Shows a key that is heard elsewhere: Enter belongs to the field that has the focus."""
        if self._cap == cap:
            return
        self._cap = cap
        self.setAccessibleDescription(cap)
        self.updateGeometry()

    def show_key(self, shown: bool) -> None:  # noqa: FBT001 - one thing in two states
        """Its key beside its words, or, where there is no room for it, in its tip."""
        words = key_words(self.key)
        self.show_cap(words if shown else "")
        self.setToolTip("" if shown else words)

    def sizeHint(self) -> QSize:
        asked = (self.text(), self._cap, self._weight)
        if self._sized is None or self._sized[0] != asked:
            self._sized = (asked, self._size())
        return self._sized[1]

    def _size(self) -> QSize:
        look = self._look
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 2 * self._padding()
        if self._cap:
            width += look.px(8) + key_cap_width(self._cap, look)
        return QSize(width, look.px(28 if self._weight in SMALL else 36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        ink, ground, border = self._colours()
        rounded(painter, self.rect(), ground, border, 6)
        if self.hasFocus():
            ring = self._look.palette.on_accent if self._weight == "primary" else self._look.palette.accent
            rounded(painter, self.rect().adjusted(2, 2, -2, -2), "", ring, 4, 2)
        self._paint_words(painter, ink)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        look = self._look
        room = QRect(self.rect())
        painter.setPen(QColor(ink))
        if self._cap:
            right = room.right() + 1 - self._padding()
            key_cap(painter, right, room.center().y() + 1, self._cap, ink, look)
            room.setRight(right - key_cap_width(self._cap, look))
        painter.setFont(self._font())
        painter.drawText(room, CENTRE, self.text())

    def _colours(self) -> tuple[str, str, str]:
        colours = self._look.palette
        if not self.isEnabled():
            return colours.muted, colours.plain_soft, ""
        active = self.isDown() or self.underMouse()
        match self._weight:
            case "primary":
                return colours.on_accent, colours.accent_pressed if active else colours.accent, ""
            case "soft":
                return colours.accent, colours.accent_soft, colours.accent
            case "plain":
                return colours.ink, colours.raised if active else colours.surface, colours.strong_line
            case "quiet":
                return colours.ink, colours.plain_soft if active else colours.surface, colours.line
            case "alarm":
                ink, ground = colours.tone("bad")
                return ink, ground, ink

    def _font(self) -> QFont:
        sizes = self._look.sizes
        match self._weight:
            case "quiet" | "alarm":
                return self._look.font(sizes.secondary)
            case "plain":
                return self._look.font(sizes.body)
            case "primary" | "soft":
                return self._look.bold(sizes.body)

    def _padding(self) -> int:
        return self._look.px(10 if self._weight in SMALL else 14)
