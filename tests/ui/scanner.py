"""Keys as a scanner and as hands press them: through the window, as the system delivers them."""

from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtTest import QTest

KEY_CLICK: Any = QTest.keyClick
"""The stubs do not know that a key may be named by its character."""

LONG_PAUSE = 5_000
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Stamps:
    """The clock of the system that presses the keys."""

    at = 1_000


STAMPS = Stamps()


def front() -> QWindow:
    """The window that has the keyboard."""
    window = QGuiApplication.focusWindow()
    assert window is not None
    return window


def wait(milliseconds: float) -> None:
    """Lets time pass, and the program run."""
    until = monotonic() + milliseconds / 1000
    while monotonic() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)


def press(character: str) -> None:
    """One key, with Shift for a capital."""
    modifier = SHIFT if character.isupper() else Qt.KeyboardModifier.NoModifier
    KEY_CLICK(front(), character, modifier)


def scan(text: str, end: Qt.Key | None = Qt.Key.Key_Return, gap: int = 2) -> None:
    """A scan: its characters a few milliseconds apart by the stamps of the system, then the key at its end.

    The stamps are made up: on a busy machine the test itself would stumble.
    """
    STAMPS.at += LONG_PAUSE
    for character in text:
        _stamped(Qt.Key.Key_unknown, character, gap)
    if end is not None:
        _stamped(end, "\t" if end == Qt.Key.Key_Tab else "\r", gap)


def type_slowly(text: str, gap: float = 50) -> None:
    """A typist: 20 keys a second, or as said."""
    for character in text:
        press(character)
        wait(gap)


def _stamped(key: Qt.Key, text: str, gap: int) -> None:
    STAMPS.at += gap
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        receiver: QObject | None = QGuiApplication.focusObject()
        if receiver is None:
            # A dialog closed with the key that ended the scan.
            return
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(STAMPS.at)
        QCoreApplication.sendEvent(receiver, event)
