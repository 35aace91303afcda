"""Plays a sound through what the system has: a door like the printer's; a hall without sound works too.

Only the small half of Qt is installed, which has no sound: Linux plays by the program of its sound server,
Windows by its own function.
"""

import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Protocol

from PySide6.QtCore import QObject, QProcess, Signal

PROGRAMS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
"""PipeWire, PulseAudio, ALSA, macOS: the first that is installed."""

Ended = Callable[[bool], None]


class Player(Protocol):
    """Plays one sound at a time; `ended` hears whether it was played whole."""

    def play(self, wav: bytes, ended: Ended, /) -> None: ...

    def stop(self) -> None: ...


class ProgramPlayer(QObject):
    """Plays through a program of the system."""

    def __init__(self, command: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = command
        # The name of a file in a folder of our own: not every program plays what comes through a pipe.
        self._folder = TemporaryDirectory(prefix="station-desk-")
        self._process = QProcess(self)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._ended: Ended | None = None

    def play(self, wav: bytes, ended: Ended, /) -> None:
        """Starts; the one before must have ended."""
        file = Path(self._folder.name) / "call.wav"
        file.write_bytes(wav)
        self._ended = ended
        self._process.start(self._command[0], [*self._command[1:], str(file)])

    def stop(self) -> None:
        """Ends what is being played, and tells nobody."""
        self._ended = None
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(1000)
        self._folder.cleanup()

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._tell(played=code == 0 and status == QProcess.ExitStatus.NormalExit)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._tell(played=False)

    def _tell(self, *, played: bool) -> None:
        ended, self._ended = self._ended, None
        if ended:
            ended(played)


class WindowsPlayer(QObject):
    """Plays through Windows, in a thread of its own: its function answers when the sound has ended."""

    _landed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended: Ended | None = None
        self._landed.connect(self._tell)

    def play(self, wav: bytes, ended: Ended, /) -> None:
        """Starts; the one before must have ended."""
        self._ended = ended
        Thread(target=lambda: self._landed.emit(_play_on_windows(wav)), name="sound", daemon=True).start()

    def stop(self) -> None:
        """Tells nobody any more; Windows ends what it began."""
        self._ended = None

    def _tell(self, played: bool) -> None:  # noqa: FBT001 - Qt's signal brings it by position
        ended, self._ended = self._ended, None
        if ended:
            ended(played)


def find_player(parent: QObject | None = None) -> Player | None:
    """The player of this system; None where there is none."""
    if sys.platform == "win32":
        return WindowsPlayer(parent)
    found = next((command for command in PROGRAMS if shutil.which(command[0])), None)
    return ProgramPlayer(found, parent) if found else None


def _play_on_windows(wav: bytes) -> bool:
    # By name: the module is known on Windows only, to Python and to the type check.
    sound: Any = import_module("winsound")
    try:
        sound.PlaySound(wav, sound.SND_MEMORY | sound.SND_NODEFAULT)
    except RuntimeError:
        return False
    return True
