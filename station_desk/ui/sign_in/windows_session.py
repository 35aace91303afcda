"""Hears from Windows that the session is locked, left for another user or cut off, or that the PC sleeps.

Nothing of Windows is loaded to read a message: the bytes of one are the same wherever they are read.
"""

import ctypes
import sys
from ctypes import wintypes
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal

KINDS = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
SESSION_CHANGE, POWER = 0x02B1, 0x0218
LEFT = {SESSION_CHANGE: (0x2, 0x4, 0x6, 0x7), POWER: (0x4,)}
"""By message what its first word says: console or remote disconnect, logoff, lock; going to sleep."""

THIS_SESSION = 0


class Registering(Protocol):
    """Asks Windows to tell a window of its session, and to tell it no more."""

    def register(self, window: int, /) -> bool: ...

    def unregister(self, window: int, /) -> None: ...


class Native(QAbstractNativeEventFilter):
    """Passes each message of Windows on; takes none away."""

    def __init__(self, heard: "WindowsSession") -> None:
        super().__init__()
        self._heard = heard

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if (kind.data() if isinstance(kind, QByteArray) else bytes(kind)) in KINDS:
            told = wintypes.MSG.from_address(int(message))
            self._heard.hear(int(told.message), int(told.wParam or 0))
        return False, 0


class WindowsSession(QObject):
    """`left` comes when nobody looks at this session any more."""

    left = Signal()

    def __init__(self, registering: Registering, window: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registering = registering
        self._window = window
        self._native = Native(self)
        self._app = QCoreApplication.instance()
        # Where Windows does not tell (a service of it is down), the time without a touch still locks.
        self.is_told = registering.register(window)
        if self._app is not None:
            self._app.installNativeEventFilter(self._native)

    def hear(self, message: int, word: int) -> None:
        """One message of Windows."""
        if word in LEFT.get(message, ()):
            self.left.emit()

    def end(self) -> None:
        """The window closes."""
        if self._app is not None:
            self._app.removeNativeEventFilter(self._native)
        if self.is_told:
            self._registering.unregister(self._window)
            self.is_told = False


class Wtsapi:
    """The library of Windows that does it."""

    def __init__(self) -> None:
        loader: Any = getattr(ctypes, "WinDLL")  # noqa: B009 - there only on Windows
        self._library = loader("wtsapi32")

    def register(self, window: int, /) -> bool:
        """Whether Windows tells this window from now on."""
        told = self._library.WTSRegisterSessionNotification(wintypes.HWND(window), THIS_SESSION)
        return bool(told)

    def unregister(self, window: int, /) -> None:
        """It does no more."""
        self._library.WTSUnRegisterSessionNotification(wintypes.HWND(window))


def windows_session(window: int, parent: QObject) -> WindowsSession | None:
    """The session at a PC with Windows; nothing elsewhere, or where it has no such library."""
    if sys.platform == "win32":
        try:
            return WindowsSession(Wtsapi(), window, parent)
        except (OSError, AttributeError):
            return None
    return None
