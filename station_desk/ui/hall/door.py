"""The way from the counter to the display in the hall: F11 opens it, Ctrl+F11 mutes it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from station_desk.core.texts import Texts
from station_desk.counter.wording import language_of
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.heard import Heard

if TYPE_CHECKING:
    from station_desk.store.unit import Changes
    from station_desk.ui.hall.display import HallDisplay


class HallDoor(QObject):
    """One display a counter, closed with its window."""

    def __init__(self, shell: QWidget, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__(shell)
        self._shell, self._acts, self._say, self._look = shell, acts, say, look
        self.display: HallDisplay | None = None
        acts.changed.connect(self._on_changes)
        Heard("window.mute", shell, self._toggle_mute, lambda: self.display is not None)

    def open(self) -> None:
        """Opens the display, or brings it to the front. The desk keeps the keyboard."""
        if self.display is None:
            from station_desk.ui.hall.display import HallDisplay

            desk = self._acts.desk
            self.display = HallDisplay(
                desk.store.profile, desk.catalogue, language_of(self._say), desk.clock,
                self._look.family,
            )  # fmt: skip
            self.display.closed.connect(self._forget)
            self.display.open()
        else:
            self.display.screen.raise_()
        self._shell.activateWindow()

    def close(self) -> None:
        """Closes the display with the window of the counter."""
        if self.display:
            self.display.close()

    def _on_changes(self, changes: "Changes") -> None:
        if self.display and changes.tickets:
            self.display.nudge()

    def _toggle_mute(self) -> None:
        if self.display:
            self.display.speaker.toggle_mute()

    def _forget(self) -> None:
        display, self.display = self.display, None
        if display:
            display.deleteLater()
