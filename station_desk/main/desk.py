"""The desktop program: paints the queue first, opens the desk behind it, then joins the two.

Before the first paint only PySide6 (three modules), the plain database driver and the texts are loaded.
SQLAlchemy, the catalogue, reportlab and the network come in the store lane after it; `tests/ui` guards that.
"""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from station_desk.core import paths
from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts

if TYPE_CHECKING:
    from station_desk.counter.desk import Desk
    from station_desk.main.first_steps import FirstSteps
    from station_desk.main.start import Start
    from station_desk.main.window import Window
    from station_desk.ui.look.palette import Theme

LOCK = "desk.lock"
NOT_SHOWN = 5


def run_desk(profile: Path, language: str) -> int:
    """The window of the counter whose profile lies in a folder; a second start raises the first window."""
    say = Texts(paths.RESOURCES / "i18n", language)
    if not has_display():
        sys.stderr.write(say("ui.no_display") + "\n")
        return NOT_SHOWN
    # Looking for garbage among what is only just being loaded takes as long as a tenth of the first paint.
    gc.disable()
    from PySide6.QtCore import QLockFile

    from station_desk.main.start import Start, application

    app = application()
    lock = QLockFile(str(profile / LOCK))
    lock.setStaleLockTime(0)
    first_run = is_first_run(profile)
    if first_run:
        with suppress(OSError):
            profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
        return _raise_first(profile, say)
    try:
        begun = _first_steps(profile, say) if first_run else Start(profile, say)
    except DeskError as error:
        return _tell(error, say)
    sys.excepthook = begun.on_bug
    code = app.exec()
    begun.close()
    lock.unlock()
    return code


def _first_steps(profile: Path, say: Texts) -> "Start | FirstSteps":
    # What only the first run needs, no later first paint waits for.
    from station_desk.main.first_steps import FirstSteps

    return FirstSteps(profile, say)


def is_first_run(profile: Path) -> bool:
    """Whether the folder holds no counter yet, or one whose first run was not ended."""
    if (profile / "first-run.json").is_file():
        return True
    # A counter whose damaged database was put aside is to be restored, never set up anew.
    return not (profile / "desk.db").exists() and not any(profile.glob("desk.damaged-*.db"))


def open_window(desk: "Desk", theme: "Theme" = "light", factor: float = 1.0) -> "Window":
    """A window on a desk that is open already: for the demo and for tests. It is shown and at work."""
    from station_desk.counter.queue import queue_now
    from station_desk.main.start import application, dressed, painted_shell
    from station_desk.main.window import Window
    from station_desk.store.first_look import FirstLook

    look = dressed(application(), theme, factor)
    first = FirstLook(dict(desk.store.about()), queue_now(desk))
    shell = painted_shell(first, desk.clock(), desk.texts, look)
    shell.show()
    window = Window(shell, desk.store.profile.folder, desk.clock)
    window.join(desk)
    return window


def has_display() -> bool:
    """Whether a window can be shown here: Qt ends the process where it cannot."""
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb").split(":")[0]
    if sys.platform != "linux" or platform not in ("xcb", "wayland"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _raise_first(profile: Path, say: Texts) -> int:
    from station_desk.main.second_start import instance_name, raise_first

    if raise_first(instance_name(profile)):
        return 0
    sys.stderr.write(say("ui.already_open") + "\n")
    return NOT_SHOWN


def _tell(error: DeskError, say: Texts) -> int:
    from PySide6.QtWidgets import QMessageBox

    from station_desk.main.start import application, dressed

    sentence = say.error(error)
    sys.stderr.write(sentence + "\n")
    app = application()
    if app.platformName() not in ("offscreen", "minimal"):
        dressed(app, "light", 1.0)
        QMessageBox(QMessageBox.Icon.Critical, say("ui.rail.counter"), sentence).exec()
    return error.exit_code
