"""A locked desktop or a PC that goes to sleep is heard over a real bus."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from station_desk.ui.sign_in.session import Session

Buses = tuple[QDBusConnection, QDBusConnection]


@pytest.fixture
def buses() -> Iterator[Buses]:
    """A bus of our own: who listens on it, and who tells."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("no dbus-daemon")
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    )
    assert daemon.stdout
    address = daemon.stdout.readline().strip()
    names = ("listens", "tells")
    yield QDBusConnection.connectToBus(address, names[0]), QDBusConnection.connectToBus(address, names[1])
    for name in names:
        QDBusConnection.disconnectFromBus(name)
    daemon.terminate()
    daemon.wait(10)
    daemon.stdout.close()


@pytest.mark.parametrize(
    ("interface", "name", "said", "leaves"),
    [
        ("org.freedesktop.ScreenSaver", "ActiveChanged", [True], True),
        ("org.gnome.ScreenSaver", "ActiveChanged", [True], True),
        ("org.gnome.ScreenSaver", "ActiveChanged", [False], False),
        ("org.freedesktop.login1.Manager", "PrepareForSleep", [True], True),
        ("org.freedesktop.login1.Session", "Lock", [], True),
        ("org.freedesktop.login1.Session", "Unlock", [], False),
    ],
)
def test_what_the_desktop_tells_is_heard(
    buses: Buses, qtbot: QtBot, interface: str, name: str, said: list[bool], leaves: bool
) -> None:
    listens, tells = buses
    session, heard = Session(listens, listens), []
    session.left.connect(lambda: heard.append(name))
    # The bus has answered: it knows by now what is listened to.
    listens.interface().isServiceRegistered("org.example")
    message = QDBusMessage.createSignal("/somewhere", interface, name)
    message.setArguments(said)
    assert tells.send(message)
    last = QDBusMessage.createSignal("/somewhere", "org.mate.ScreenSaver", "ActiveChanged")
    last.setArguments([True])
    assert tells.send(last)
    qtbot.waitUntil(lambda: len(heard) >= 1 + leaves, timeout=10_000)
    assert len(heard) == 1 + leaves
