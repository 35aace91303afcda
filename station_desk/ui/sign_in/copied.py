"""What was copied out of the window: it goes from the clipboard when the window is locked or left.

A name or a number that somebody copied could be inserted elsewhere by whoever comes to the PC next. What
another program put there stays. A list of earlier copies that the system keeps is out of reach.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication


def _in_front() -> bool:
    """Whether a window of ours has the keys: nobody copies in another program meanwhile."""
    return QGuiApplication.focusWindow() is not None


class Copied(QObject):
    """Remembers whether the clipboard was filled from here: while `is_in_front`."""

    def __init__(self, parent: QObject, is_in_front: Callable[[], bool] = _in_front) -> None:
        super().__init__(parent)
        self._is_in_front = is_in_front
        self._clipboard = QGuiApplication.clipboard()
        self._from_here: set[QClipboard.Mode] = set()
        self._clipboard.changed.connect(self._note)

    def forget(self) -> None:
        """Empties the clipboard of what came from here."""
        for mode in tuple(self._from_here):
            self._clipboard.clear(mode)
        self._from_here.clear()

    def _note(self, mode: QClipboard.Mode) -> None:
        if self._is_in_front() and self._clipboard.text(mode):
            self._from_here.add(mode)
        else:
            self._from_here.discard(mode)
