"""What is to be done on the main thread, one thing with each turn of the loop.

Several answers may come at the same moment, and each of them shows something. Taken one after the other in
one turn, with all the painting behind them, they would hold the window as long as all of them together.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

Work = Callable[[], None]


class Turns(QObject):
    """The things wait in the order in which they came; between two of them the loop turns once: keys are
    heard, what was shown is laid out and painted.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._due: deque[Work] = deque()
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._take)

    def add(self, work: Work) -> None:
        """Is done when its turn has come."""
        self._due.append(work)
        if not self._next.isActive():
            self._next.start()

    def clear(self) -> None:
        """What waits is not done any more."""
        self._due.clear()

    def _take(self) -> None:
        if not self._due:
            return
        work = self._due.popleft()
        if self._due:
            # Before the work: should it ask somebody something, what waits is done meanwhile.
            self._next.start()
        work()
