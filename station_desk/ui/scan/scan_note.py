"""A word that floats over the window for a while: what was scanned, and what came of it."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.labels import words, wrapping
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.surface import Surface

SHOWN_MS = 8_000
WIDEST, ABOVE_FOOT = 760, 110


class ScanNote(Surface):
    """Lies over the foot of the window that is in front, and takes no room and no focus of it."""

    def __init__(self, sentence: str, tone: Tone, over: QWidget, say: Texts, look: Look) -> None:
        super().__init__("float", look)
        self._look = look
        self.pill = Pill(say("scan.word"), tone, look)
        self.words = wrapping(words(sentence, look))
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        row.setSpacing(look.px(10))
        row.addWidget(self.pill)
        row.addWidget(self.words, 1)
        self.setParent(over)
        self._lie_over(over)
        self.show()
        self.raise_()
        QTimer.singleShot(SHOWN_MS, self, self.close)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _lie_over(self, over: QWidget) -> None:
        look = self._look
        room = min(over.width() - look.px(48), look.px(WIDEST))
        beside = self.pill.sizeHint().width() + look.px(2 * 14 + 10) + 2
        needed = self.words.fontMetrics().horizontalAdvance(self.words.text()) + look.px(4)
        width = min(room, beside + needed)
        height = max(self.words.heightForWidth(width - beside), self.pill.sizeHint().height()) + look.px(20)
        self.resize(width, height)
        self.move((over.width() - width) // 2, over.height() - height - look.px(ABOVE_FOOT))
