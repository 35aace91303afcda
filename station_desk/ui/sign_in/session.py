"""Hears from the desktop that its session is locked or that the PC goes to sleep, where it tells (D-Bus)."""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

LOGIN = "org.freedesktop.login1"
SLEEP, LOCK = f"{LOGIN}.Manager", f"{LOGIN}.Session"
SAVERS = tuple(f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "mate", "cinnamon"))


class Session(QObject):
    """`left` comes when nobody looks at this session any more."""

    left = Signal()

    def __init__(
        self, system: QDBusConnection, session: QDBusConnection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        # The types of the library say bytes; what it takes is what SLOT makes.
        active: Any = SLOT("on_active(bool)")
        lock: Any = SLOT("on_lock()")
        if system.isConnected():
            system.connect("", "", SLEEP, "PrepareForSleep", self, active)
            system.connect("", "", LOCK, "Lock", self, lock)
        if session.isConnected():
            for interface in SAVERS:
                session.connect("", "", interface, "ActiveChanged", self, active)

    @Slot(bool)
    def on_active(self, active: bool) -> None:  # noqa: FBT001 - a D-Bus signal
        """The screen saver begins, or the PC is about to sleep; or it is over."""
        if active:
            self.left.emit()

    @Slot()
    def on_lock(self) -> None:
        """Somebody locked the session."""
        self.left.emit()

    def end(self) -> None:
        """The window closes: nothing is held at the bus that would have to be given back."""


def session_on_buses(parent: QObject) -> Session:
    """The session of whoever works at this PC."""
    return Session(QDBusConnection.systemBus(), QDBusConnection.sessionBus(), parent)
