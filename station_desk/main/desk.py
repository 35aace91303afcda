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
    from PySide6.QtWidgets import QApplication

    from station_desk.counter.desk import Desk
    from station_desk.main.first_steps import FirstSteps
    from station_desk.main.locked_start import LockedStart, Then
    from station_desk.main.start import Start
    from station_desk.main.window import Window
    from station_desk.store.vault.trouble import KeyAway, PassphraseNeeded
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
    from station_desk.main.spared import read_no_sources, without_stubs

    with without_stubs():
        from PySide6.QtCore import QLockFile

    read_no_sources()
    from station_desk.main.start import application

    app = application()
    lock = QLockFile(str(profile / LOCK))
    lock.setStaleLockTime(0)
    first_run = is_first_run(profile)
    if first_run:
        with suppress(OSError):
            profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
        return _raise_first(profile, say)
    code: int | None = None
    while code is None:
        code = _run_once(app, profile, say, first_run=first_run)
        first_run = False
    lock.unlock()
    return code


def _run_once(app: "QApplication", profile: Path, say: Texts, *, first_run: bool) -> int | None:
    """The window from its start to its end; None when a backup was put in place and it opens once more."""
    from station_desk.main.start import Start
    from station_desk.store.vault.trouble import KeyAway, PassphraseNeeded

    begun: Start | FirstSteps | LockedStart

    def begin(key: str, say: Texts) -> "Start | FirstSteps":
        return _first_steps(profile, say, key) if first_run else Start(profile, say, key=key)

    try:
        begun = begin("", say)
    except (PassphraseNeeded, KeyAway) as needed:
        begun = _locked(profile, needed, say, begin)
    except DeskError as error:
        return None if _was_restored(error, profile, say) else _tell(error, say)
    sys.excepthook = begun.on_bug
    code = app.exec()
    begun.close()
    return None if _restore_if_asked(begun, profile, say) else code


def _was_restored(error: DeskError, profile: Path, say: Texts) -> bool:
    """Of a damaged profile the last good backup is offered; whether it stands in its place now."""
    if error.code not in ("store.damaged", "store.quarantined"):
        return False
    from station_desk.main.recovery import offer_backup

    return offer_backup(error, profile, say)


def _restore_if_asked(begun: "Start | FirstSteps | LockedStart", profile: Path, say: Texts) -> bool:
    """Puts the backup in place that somebody chose in the window; whether the window opens once more."""
    backup = begun.asked_to_restore()
    if backup is None:
        return False
    from station_desk.main.recovery import put_in_place

    put_in_place(backup, profile, say, begun.key)
    return True


def _first_steps(profile: Path, say: Texts, key: str) -> "Start | FirstSteps":
    # What only the first run needs, no later first paint waits for.
    from station_desk.main.first_steps import FirstSteps

    return FirstSteps(profile, say, key)


def is_first_run(profile: Path) -> bool:
    """Whether the folder holds no counter yet, or one whose first run was not ended."""
    if (profile / "first-run.json").is_file():
        return True
    from station_desk.store.profile import READY

    if (profile / READY).is_dir():
        # A restore that was broken off at its last step is ended by whatever opens the profile next.
        return False
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


def _locked(profile: Path, needed: "PassphraseNeeded | KeyAway", say: Texts, then: "Then") -> "LockedStart":
    from station_desk.main.locked_start import LockedStart

    return LockedStart(profile, needed, say, then)


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
