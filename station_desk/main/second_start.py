"""One window a profile: a second start knocks at the first one, which comes to the front."""

import hashlib
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

KNOCK_SECONDS = 5.0
KNOCK_MS = 200


def instance_name(profile: Path) -> str:
    """Under which name the window of a profile listens for a second start."""
    return "station-desk-" + hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:16]


def listen(name: str, shell: QWidget) -> QLocalServer:
    """Waits for a second start of the same profile, which raises this window."""
    QLocalServer.removeServer(name)
    server = QLocalServer(shell)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

    def knocked() -> None:
        while (knock := server.nextPendingConnection()) is not None:
            knock.disconnected.connect(knock.deleteLater)
            knock.disconnectFromServer()
            raise_window(shell)

    server.newConnection.connect(knocked)
    server.listen(name)
    return server


def raise_window(shell: QWidget) -> None:
    """Brings the window before all others."""
    shell.setWindowState(
        (shell.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
    )
    shell.show()
    shell.raise_()
    shell.activateWindow()


def raise_first(name: str, patience: float = KNOCK_SECONDS) -> bool:
    """Knocks at the first window; False when it did not answer within so many seconds, though it holds the
    lock.
    """
    until = monotonic() + patience
    while monotonic() < until:
        knock = QLocalSocket()
        knock.connectToServer(name)
        # The first window may be just starting: it listens after its first paint.
        if knock.waitForConnected(KNOCK_MS):
            knock.waitForDisconnected(KNOCK_MS)
            return True
        sleep(KNOCK_MS / 1000)
    return False
