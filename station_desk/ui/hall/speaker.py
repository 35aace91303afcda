"""Says the calls, one after the other and never two at once; a recall is said again.

What cannot be heard is said so in a word on the screen: muted, quiet hours, no sound device.
"""

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from station_desk.cases.spoken_call import Voice
from station_desk.core.clock import Clock
from station_desk.counter.hall.board import Call
from station_desk.counter.hall.settings import HallSettings, is_quiet
from station_desk.counter.hall.voice import announcement
from station_desk.ui.hall.player import Player

Sound = Literal["", "muted", "quiet", "silent"]
VOLUME_STEP = 10
MOST_WAITING = 8
"""More calls than that are not said late; they are on the screen."""


class Speaker(QObject):
    """`changed` tells that the word of the state may be another one."""

    changed = Signal()

    def __init__(
        self,
        player: Player | None,
        settings: HallSettings,
        voices: Sequence[Voice],
        sounds: Path,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._player = player
        self._settings = settings
        self._voices = tuple(voices)
        self._sounds = sounds
        self._clock = clock
        self._waiting: deque[Call] = deque(maxlen=MOST_WAITING)
        self._playing = False
        self._failed = False
        self.muted = False
        self.volume = settings.volume

    def take(self, settings: HallSettings, voices: Sequence[Voice]) -> None:
        """The station wants it otherwise now; a volume that was set here stays until it sets another."""
        if settings.volume != self._settings.volume:
            self.volume = settings.volume
        self._settings, self._voices = settings, tuple(voices)
        self.changed.emit()

    def call(self, call: Call) -> None:
        """Says a call when those before it have been said."""
        self._waiting.append(call)
        self._next()

    def toggle_mute(self) -> None:
        """Silence, or a voice again; what is being said is said to its end."""
        self.muted = not self.muted
        self._waiting.clear()
        self.changed.emit()

    def louder(self, steps: int) -> None:
        """Louder by so many steps, or less loud."""
        self.volume = min(100, max(0, self.volume + steps * VOLUME_STEP))
        self.changed.emit()

    def state(self, now: datetime) -> Sound:
        """Why nothing can be heard; empty while calls are said."""
        if self.muted or not self.volume or not self._voices:
            return "muted"
        if is_quiet(self._settings, now):
            return "quiet"
        return "silent" if self._player is None or self._failed else ""

    def stop(self) -> None:
        """Says nothing any more."""
        self._waiting.clear()
        if self._player:
            self._player.stop()

    def _next(self) -> None:
        if self._playing or not self._waiting:
            return
        call = self._waiting.popleft()
        # A device that failed once is tried again with the next call.
        if self._player is None or self.state(self._clock()) not in ("", "silent"):
            self._next()
            return
        self._playing = True
        sound = announcement(self._sounds, call.number, call.counter, self._voices, self.volume)
        self._player.play(sound, self._ended)

    def _ended(self, played: bool) -> None:  # noqa: FBT001 - the player's own answer
        self._playing = False
        if self._failed == played:
            self._failed = not played
            self.changed.emit()
        self._next()
