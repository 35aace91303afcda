"""Notices that nobody touched the window for a while, or that the PC slept."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

LOOK_MS = 1000
SLEPT = 20.0
"""So many seconds between two looks a second apart: the PC was asleep."""

TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod,
    }
)  # fmt: skip


class Idle(QObject):
    """`passed` comes when the time is over. Only the window that has the focus is listened to."""

    passed = Signal()

    def __init__(self, running: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._running = running
        self._last = self._looked = self._touched = running()
        self._seconds = 0.0
        self._window: QWindow | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._follow)

    def begin(self, seconds: float) -> None:
        """From now on so many seconds without a touch are too many."""
        self._seconds = seconds
        self._last = self._looked = self._running()
        self._follow(QGuiApplication.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._timer.stop()
        self._follow(None)

    def touch(self) -> None:
        """Somebody is here."""
        self._last = self._touched = self._running()

    def quiet_for(self) -> float:
        """How many seconds nobody has touched it."""
        return self._running() - self._touched

    def look(self) -> None:
        """Whether the time is over."""
        now, before = self._running(), self._looked
        self._looked = now
        if now - self._last >= self._seconds or now - before >= SLEPT:
            self._last = now
            self.passed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self.touch()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window if self._timer.isActive() or self._seconds else None
        if self._window is not None:
            self._window.installEventFilter(self)
