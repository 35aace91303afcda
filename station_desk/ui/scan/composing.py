"""A scan while an input method composes: its letters come as pinyin, its digits would choose characters.

Letters that begin a code of ours, faster than a hand types them, turn the input method off for as long as the
scan lasts; when it was none after all, the letters are given back as letters.
"""

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from station_desk.ui.scan.burst import FIRST_GAP_MS

ENABLED = Qt.WidgetAttribute.WA_InputMethodEnabled
AT_LEAST = 2
"""So many letters must have come at once."""


class Composing:
    """Watches what is composed. `starts` are the beginnings of our codes as they are printed."""

    def __init__(self, starts: tuple[str, ...]) -> None:
        self._starts = starts
        self._letters = ""
        self._at = float("-inf")
        self._target: QWidget | None = None
        self._typed = ""

    def hears(self, event: QInputMethodEvent, target: QObject, at: float) -> str:
        """The letters with which a scan begins; empty while somebody composes in peace."""
        letters = "".join(c for c in event.preeditString() if c.isalpha())
        fast = 0 <= at - self._at <= FIRST_GAP_MS
        grown = letters[:-1] == self._letters and len(letters) >= AT_LEAST
        self._at, self._letters = at, letters
        begun = self._beginning(letters)
        if not (begun and fast and grown and isinstance(target, QWidget)):
            return ""
        self._typed, self._target, self._letters = letters, target, ""
        target.setAttribute(ENABLED, False)
        QGuiApplication.inputMethod().reset()
        QCoreApplication.sendEvent(target, QInputMethodEvent())
        return begun

    def end(self) -> None:
        """The scan is over: the input method goes on."""
        if self._target is not None and isValid(self._target):
            self._target.setAttribute(ENABLED, True)
        self._target = None

    def give_back(self) -> None:
        """It was no scan: the letters stand in the field."""
        target = self._target
        self.end()
        if target is not None and isValid(target):
            letters = QInputMethodEvent()
            letters.setCommitString(self._typed)
            QCoreApplication.sendEvent(target, letters)

    def _beginning(self, letters: str) -> str:
        if len(set(letters.lower())) < AT_LEAST and len(letters) > AT_LEAST:
            return ""
        found = (start for start in self._starts if start.lower().startswith(letters.lower()))
        return next(found, "")[: len(letters)] if letters else ""
