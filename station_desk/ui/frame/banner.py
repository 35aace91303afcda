"""A strip below the top bar: the world failed (disk, printer, network), said in a sentence, until it is
closed.
"""

from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import words, wrapping
from station_desk.ui.shared.surface import Surface


class Banner(Surface):
    """Hidden while all is well."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("warn", look)
        self._words = wrapping(words("", look))
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = KeyButton(say("ui.banner.close"), key_of("window.close_strip"), look, "quiet")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(4))
        row.addWidget(self._words)
        row.addWidget(close)
        self.hide()

    def tell(self, sentence: str, edge: Literal["bad", "warn"]) -> None:
        """Shows a sentence: `bad` for what failed, `warn` for what a rule asks for."""
        self.set_edge(edge)
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self.show()

    def sentence(self) -> str:
        """What stands in the strip now."""
        return self._words.text()
