"""How the chosen case stands with the district: a word beside its state, under it why and what to do now."""

from PySide6.QtWidgets import QLabel

from station_desk.core.texts import Texts
from station_desk.counter.case_sync import Standing, held_words, reason_words
from station_desk.ui.look.look import Look
from station_desk.ui.shared.labels import set_tone, small, wrapping
from station_desk.ui.shared.listed_case import held_tone
from station_desk.ui.shared.pill import Pill


class HeldLine:
    """A pill and a label that belong together; the label is there only when there is something to say."""

    def __init__(self, say: Texts, look: Look) -> None:
        self._say, self._look = say, look
        self.pill = Pill("", "plain", look)
        self.reason: QLabel = wrapping(small("", look))
        self.reason.hide()

    def show_standing(self, standing: Standing) -> None:
        """Says it."""
        self.pill.say(self._say("case_sync.line", state=held_words(standing, self._say)), held_tone(standing))
        words = reason_words(standing, self._say)
        set_tone(self.reason, "bad" if standing.how == "refused" else "warn", self._look)
        self.reason.setText(words)
        self.reason.setVisible(bool(words))
