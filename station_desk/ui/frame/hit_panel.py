"""What the search found, floating under its box: cases, items and commands under their headings."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.choice_list import Choice, ChoiceList, Line
from station_desk.ui.shared.labels import small, words
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.surface import Surface

SHARE = 0.72
"""Of the window's height that the hits take at most."""

WIDEST = 0.8
BESIDE = 60
"""Margins of a line, and the room between its words and its note."""


class HitPanel(Surface):
    """The list; a scanned or pasted receipt has its verdict above it."""

    def __init__(self, window: QWidget, say: Texts, look: Look) -> None:
        super().__init__("float", look)
        self.setParent(window)
        self._look = look
        self.list = ChoiceList(say("ui.search.name"), look)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.foot = small("", look)
        self.foot.setMargin(look.px(8))
        self.verdict = Pill("", "plain", look)
        self.verdict_words = words("", look)
        self.proof = _beside_one_another(self.verdict, self.verdict_words, look)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(4), 1, look.px(2))
        column.setSpacing(0)
        column.addWidget(self.proof)
        column.addWidget(self.list)
        column.addWidget(self.foot)
        self.hide()

    def show_hits(self, lines: Sequence[Line], foot: str, under: QWidget) -> None:
        """Shows the hits under the box, the first one chosen, and a word below them on how many there are."""
        look, window = self._look, self.window()
        self.list.setVisible(bool(lines))
        self.foot.setText(foot)
        above = 0 if self.proof.isHidden() else self.proof.sizeHint().width()
        needed = max(under.width(), self._widest(lines), self.foot.sizeHint().width(), above)
        width = min(needed + 4, round(window.width() * WIDEST))
        self.list.room = width - 4
        self.list.show_lines(lines)
        self.list.choose(next((line.key for line in lines if isinstance(line, Choice)), ""))
        rows = range(self.list.choices.rowCount())
        height = sum(self.list.sizeHintForRow(row) for row in rows) + 2
        self.list.setFixedHeight(min(height, round(window.height() * SHARE)))
        self.list.scrollToTop()
        self.adjustSize()
        self.resize(width, self._column.sizeHint().height())
        middle = under.mapTo(window, QPoint(under.width() // 2, under.height()))
        self.move(middle.x() - self.width() // 2, middle.y() + look.px(4))
        self.show()
        self.raise_()

    def move_choice(self, step: int) -> None:
        """Goes to another hit."""
        self.list.step(step)

    def titles(self) -> list[str]:
        """The words of all hits."""
        return [line.title for line in self.list.choices.lines() if isinstance(line, Choice)]

    def _widest(self, lines: Sequence[Line]) -> int:
        look = self._look
        body = QFontMetrics(look.font(look.sizes.body))
        secondary = QFontMetrics(look.font(look.sizes.secondary))
        widths = (
            body.horizontalAdvance(line.title) + secondary.horizontalAdvance(line.note)
            for line in lines
            if isinstance(line, Choice)
        )
        return max(widths, default=0) + look.px(BESIDE)


def _beside_one_another(pill: Pill, sentence: QWidget, look: Look) -> QWidget:
    strip = QWidget()
    row = QHBoxLayout(strip)
    row.setContentsMargins(look.px(10), look.px(6), look.px(10), look.px(6))
    row.setSpacing(look.px(8))
    row.addWidget(pill)
    row.addWidget(sentence, 1)
    return strip
