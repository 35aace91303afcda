"""How we stand with the district, always in sight; pressed, it syncs at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.keyed import Keyed
from station_desk.ui.shared.painting import rounded
from station_desk.ui.shared.pill import paint_pill, pill_size

if TYPE_CHECKING:
    from station_desk.counter.sync_state import How, SyncState

DOT = "● "
TONES: "dict[How, Tone]" = {
    "synced": "ok", "waiting": "accent", "offline": "warn", "refused": "bad", "alone": "plain",
    "unenrolled": "warn",
}  # fmt: skip


class SyncButton(Keyed):
    """A pill with a dot; its words say the state, its tip the reason."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__(key_of("window.sync"))
        self._say = say
        self._look = look
        self._tone: Tone = "plain"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell(say("ui.sync.unknown"), "plain", "")

    def show_state(self, state: "SyncState") -> None:
        """Says how the desk stands with its district."""
        text = self._say(
            f"ui.sync.{state.how}", events=state.events, dossiers=state.dossiers,
            waiting=state.events + state.dossiers, since=state.since[11:16],
        )  # fmt: skip
        self._tell(text, TONES[state.how], state.reason)

    def sizeHint(self) -> QSize:
        return pill_size(DOT + self.text(), self._look)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        paint_pill(painter, 0, self.height() // 2, DOT + self.text(), self._tone, self._look)
        if self.hasFocus():
            rounded(painter, self.rect(), "", self._look.palette.accent, self.height() // 2, 2)

    def _tell(self, text: str, tone: Tone, reason: str) -> None:
        self._tone = tone
        self.name_it(text)
        self.setAccessibleDescription(reason)
        tip = self._say("ui.sync.tip", key=key_of("window.sync"))
        self.setToolTip(f"{reason}\n{tip}" if reason else tip)
        self.updateGeometry()
        self.update()
