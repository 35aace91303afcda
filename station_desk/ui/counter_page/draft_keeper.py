"""Writes what is typed into the encrypted profile, off the main thread and within a moment of the key.

The first change starts a short pause, and further keys do not start it anew: so a steady typist is written
down as often as one who rests. While one draft is being written the next waits, on a slow disk too.
"""

from collections.abc import Callable
from contextlib import suppress

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from station_desk.core.errors import TroubleError
from station_desk.counter.drafts import KeptDraft, drop, keep
from station_desk.ui.acts import Acts

PAUSE_MS = 200
AtHand = Callable[[], KeptDraft | None]
"""A request as it is now; None while nothing is typed in it."""


class DraftKeeper(QObject):
    """`kept` carries the name of a draft and when it was written."""

    kept = Signal(str, str)

    def __init__(self, acts: Acts, parent: QObject) -> None:
        super().__init__(parent)
        self._acts = acts
        self._changed: dict[str, AtHand] = {}
        self._written: dict[str, KeptDraft] = {}
        self._over: set[str] = set()
        self._is_open = True
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._write)

    def touch(self, name: str, at_hand: AtHand) -> None:
        """Something changed in a request: an answer, a paper, the place of the cursor."""
        if name in self._over or not self._is_open:
            return
        self._changed[name] = at_hand
        if not self._pause.isActive():
            self._pause.start()

    def begin(self, name: str) -> None:
        """A request lies on the counter, perhaps again."""
        self._over.discard(name)

    def know(self, body: KeptDraft) -> None:
        """The draft lies in the profile as it is: it is not written again before something changes."""
        self._written[body.id] = replace(body, changed="", owner="")

    def forget(self, name: str) -> None:
        """The request is over: its draft went with the commit that ended it."""
        self._over.add(name)
        self._changed.pop(name, None)
        self._written.pop(name, None)

    def drop(self, name: str) -> None:
        """Throws a draft away."""
        self.forget(name)
        self._drop(name)

    def stop(self) -> None:
        """The window goes: what was not written yet is written at once, and nothing after."""
        self._is_open = False
        self._pause.stop()
        # A disk that takes nothing was told already when it began; it must not keep the window open.
        with suppress(TroubleError):
            for body in self._taken():
                keep(self._acts.desk, body)

    def _write(self) -> None:
        if not self._acts.tasks.is_idle("draft"):
            self._pause.start()
            return
        for body in self._taken():
            self._keep(body)

    def _keep(self, body: KeptDraft) -> None:
        self._acts.tasks.run(
            lambda: keep(self._acts.desk, body), lambda at: self.kept.emit(body.id, at), lane="draft"
        )

    def _drop(self, name: str) -> None:
        self._acts.tasks.run(lambda: drop(self._acts.desk, name), lambda _done: None, lane="draft")

    def _taken(self) -> list[KeptDraft]:
        """What changed since it was written; a form that was emptied again leaves nothing behind."""
        found = []
        for name, at_hand in self._changed.items():
            body, before = at_hand(), self._written.get(name)
            if body is None and before is not None and self._is_open:
                self._drop(name)
                del self._written[name]
            elif body is not None and body != before:
                self._written[name] = body
                found.append(body)
        self._changed.clear()
        return found
