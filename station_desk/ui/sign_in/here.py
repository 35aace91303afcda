"""Who tells of the session at this PC: Windows, or the desktop over D-Bus; else the idle time alone."""

import sys
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from station_desk.ui.sign_in.windows_session import windows_session


class AnySession(Protocol):
    """`left` comes when nobody looks at this session any more; `end` when the window closes."""

    @property
    def left(self) -> SignalInstance: ...

    def end(self) -> None: ...


class Untold(QObject):
    """A PC on which nobody tells."""

    left = Signal()

    def end(self) -> None:
        """Nothing was asked."""


def session_here(window: int, parent: QObject) -> AnySession:
    """The session of whoever works at this PC, in front of this window."""
    if sys.platform == "win32":
        return windows_session(window, parent) or Untold(parent)
    try:
        # Not every build of Qt has it.
        from station_desk.ui.sign_in.session import session_on_buses
    except ImportError:
        return Untold(parent)
    return session_on_buses(parent)
