"""Goes through every event and row by itself, at a moment when nobody has touched the window for a while.

Whoever comes back stops it within a second; it begins anew at the next quiet moment. It runs in processes of
their own, which leave the processor to whoever else wants it.
"""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from station_desk.counter.checks import check_by_itself
from station_desk.store.verifying.finding import Finding
from station_desk.ui.acts import Acts
from station_desk.ui.sign_in.idle import Idle
from station_desk.ui.tasks import Task

QUIET_SECONDS = 600.0
LOOK_MS = 1000


class QuietCheck(QObject):
    """The check of one window; `then` hears what it found, when it was due and ran to its end."""

    def __init__(
        self,
        acts: Acts,
        title: str,
        then: Callable[[list[Finding]], None],
        parent: QObject,
        quiet: float = QUIET_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._acts, self._title, self._then, self._quiet = acts, title, then, quiet
        self._task: Task[Any] | None = None
        self.idle = Idle(time.monotonic, self)
        self.idle.passed.connect(self.begin)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self.give_way)
        self.idle.begin(quiet)

    def stop(self) -> None:
        """The window closes, or its pages are made anew."""
        self.idle.stop()
        self._looking.stop()
        if self._task:
            self._task.cancel()

    def begin(self) -> None:
        """Nobody is here: checks if it is time for it and the keeper has nothing else to do."""
        if self._task is None and self._acts.tasks.is_idle("keep"):
            self._looking.start()
            self._task = self._acts.tasks.run_counted(
                lambda task: check_by_itself(self._acts.desk, task.progress), self._on_checked, lane="keep",
                ended=self._on_ended, title=self._title,
            )  # fmt: skip

    def give_way(self) -> None:
        """Stops where somebody has come back."""
        if self._task and self.idle.quiet_for() < 2 * LOOK_MS / 1000:
            self._task.cancel()

    def _on_checked(self, findings: list[Finding] | None) -> None:
        if findings is not None:
            self._then(findings)

    def _on_ended(self) -> None:
        self._task = None
        self._looking.stop()
