"""A quiet strip above the pages: what is so for days, like an expired edition; it may be put away, and stays
away until it says something else or another day begins.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy

from station_desk.core.texts import Texts
from station_desk.ui.look.icons import pixmap
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import small, wrapping
from station_desk.ui.shared.surface import Surface


class Notice(Surface):
    """Hidden while there is nothing to say."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("bottom", look)
        self._told: tuple[date, tuple[str, ...]] | None = None
        self.setAccessibleName(say("ui.notice.name"))
        sign = QLabel()
        sign.setPixmap(pixmap("warning", look.palette.warn, look.px(18), 2.0))
        self.words = wrapping(small("", look))
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.seen = KeyButton(say("ui.notice.seen"), "", look, "quiet")
        self.seen.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        row.setSpacing(look.px(10))
        for widget in (sign, self.words, self.seen):
            row.addWidget(widget)
        self.hide()

    def tell(self, sentences: Sequence[str], today: date) -> None:
        """Says these sentences, a line each; none of them hides the strip."""
        told = (today, tuple(sentences))
        if told == self._told:
            return
        self._told = told
        self.words.setText("\n".join(sentences))
        self.setVisible(bool(sentences))
