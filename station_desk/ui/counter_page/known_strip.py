"""The line above the form while answers of earlier cases wait to be asked again: one key confirms all."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from station_desk.cases.known import KnownAnswer
from station_desk.core.texts import Texts
from station_desk.counter.wording import age_words
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import words, wrapping
from station_desk.ui.shared.surface import Surface


class KnownStrip(Surface):
    """`confirmed` says that the resident was asked and everything is so."""

    confirmed = Signal()

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("bottom", look)
        self._say = say
        self.words = wrapping(words("", look))
        self.confirm = KeyButton(say("ui.known.confirm"), key_of("request.confirm"), look, "soft")
        self.confirm.clicked.connect(self.confirmed)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(6))
        row.setSpacing(look.px(12))
        row.addWidget(self.words, 1)
        row.addWidget(self.confirm)
        self.hide()

    def show_count(self, answers: int, papers: int, newest: KnownAnswer | None, today: date) -> None:
        """How many answers wait and from where, how many papers on file would be ticked; nothing hides it."""
        self.setVisible(bool(answers))
        if newest and answers:
            age = age_words((today - date.fromisoformat(newest.day)).days, self._say)
            key = "ui.known.both" if papers else "ui.known.answers"
            said = self._say(key, answers=answers, papers=papers, case=newest.case, day=newest.day, age=age)
            self.words.setText(said)
