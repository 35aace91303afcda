"""What Windows says of its session is read from the bytes of its messages, on any system."""

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray, QObject
from pytestqt.qtbot import QtBot

from station_desk.main.window import Window
from station_desk.ui.sign_in.here import Untold, session_here
from station_desk.ui.sign_in.session import Session
from station_desk.ui.sign_in.windows_session import Native, WindowsSession, windows_session

WINDOW = 4711


class Registrar:
    """Stands where the library of Windows would: it remembers for which windows it tells."""

    def __init__(self, *, willing: bool = True) -> None:
        self.windows: list[int] = []
        self._willing = willing

    def register(self, window: int, /) -> bool:
        if self._willing:
            self.windows.append(window)
        return self._willing

    def unregister(self, window: int, /) -> None:
        self.windows.remove(window)


def posted(native: Native, kind: bytes, message: int, word: int) -> object:
    """Windows puts one message into the queue of the program."""
    told = wintypes.MSG()
    told.message, told.wParam = message, word
    return native.nativeEventFilter(QByteArray(kind), ctypes.addressof(told))


@pytest.mark.parametrize(
    ("message", "word", "leaves"),
    [
        (0x02B1, 0x7, True),  # locked
        (0x02B1, 0x8, False),  # unlocked
        (0x02B1, 0x2, True),  # another user at this PC
        (0x02B1, 0x1, False),
        (0x02B1, 0x4, True),  # a remote session was cut off
        (0x02B1, 0x6, True),  # signed out
        (0x0218, 0x4, True),  # going to sleep
        (0x0218, 0x7, False),  # awake again
        (0x0100, 0x7, False),  # a key
    ],
)
def test_a_message_of_windows_is_read(qtbot: QtBot, message: int, word: int, leaves: bool) -> None:
    session = WindowsSession(Registrar(), WINDOW)
    heard: list[int] = []
    session.left.connect(lambda: heard.append(word))
    for kind in (b"windows_generic_MSG", b"windows_dispatcher_MSG", b"xcb_generic_event_t"):
        # It is passed on: Qt must see it too.
        assert posted(Native(session), kind, message, word) == (False, 0)
    assert heard == [word, word] * leaves
    session.end()


def test_the_window_is_registered_once_and_given_back(qtbot: QtBot) -> None:
    registrar = Registrar()
    session = WindowsSession(registrar, WINDOW)
    assert registrar.windows == [WINDOW]
    session.end()
    session.end()
    assert registrar.windows == []


def test_a_refusal_of_windows_is_borne(qtbot: QtBot) -> None:
    session = WindowsSession(Registrar(willing=False), WINDOW)
    assert not session.is_told
    session.end()


def test_elsewhere_nothing_of_windows_is_asked(window: Window) -> None:
    parent = QObject(window.shell)
    assert windows_session(WINDOW, parent) is None
    session = session_here(WINDOW, parent)
    assert isinstance(session, Session | Untold)
    session.end()
