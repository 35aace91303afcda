"""Watches that the window never stands still: how long its event loop kept anybody waiting."""

from dataclasses import dataclass, field
from time import perf_counter, process_time, thread_time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
STALL_MS = 50.0
"""Longer than this a person notices that the window does not answer."""


@dataclass(slots=True)
class Stalls:
    """How long the loop stood still each time it did for too long, and its longest pause at all.

    `own` are those in which the window itself worked that long, `beside` those in which the other threads of
    the program did, which may hold the window up; in the rest the PC was busy elsewhere.
    """

    milliseconds: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    longest: float = 0.0


class Watchdog(QObject):
    """Beats in the event loop; a beat that comes too late is a stall."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stalls = Stalls()
        self._last = self._worked = self._all = 0.0
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """From now on it counts."""
        self._last, self._worked, self._all = perf_counter(), thread_time(), process_time()
        self._timer.start()

    def stop(self) -> None:
        """It counts no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now, worked, of_all = perf_counter(), thread_time(), process_time()
        pause, own = (now - self._last) * 1000 - BEAT_MS, (worked - self._worked) * 1000
        beside = (of_all - self._all) * 1000 - own
        self._last, self._worked, self._all = now, worked, of_all
        self.stalls.longest = max(self.stalls.longest, pause)
        if pause > STALL_MS:
            self.stalls.milliseconds.append(round(pause, 1))
            if own > STALL_MS:
                self.stalls.own.append(round(own, 1))
            elif beside > STALL_MS:
                self.stalls.beside.append(round(beside, 1))
