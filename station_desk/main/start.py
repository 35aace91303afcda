"""The way from nothing to the first paint of real rows, and from there to the desk at work."""

import gc
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from station_desk.core import paths
from station_desk.core.clock import now, stamp
from station_desk.core.settings import kept_on_pc, value_in
from station_desk.core.texts import Texts
from station_desk.store.first_look import FirstLook, first_look
from station_desk.ui.counter_page.groups import read_groups
from station_desk.ui.look.fonts import load_fonts
from station_desk.ui.look.look import Look, dress, look_of
from station_desk.ui.look.palette import PALETTES, Theme
from station_desk.ui.shell import Shell

if TYPE_CHECKING:
    from station_desk.main.window import Window
    from station_desk.ui.sign_in.page import SignInPage


class Start(QObject):
    """Paints the window of a profile, then opens its desk. Raises what a first look at the profile raises."""

    def __init__(self, profile: Path, say: Texts, *, key: str = "", first_request: bool = False) -> None:
        super().__init__()
        self._first_request = first_request
        self._profile, self.key = profile, key
        self._window: Window | None = None
        moment = now()
        first = first_look(profile, stamp(moment)[:10], key)
        self.shell = painted_shell(first, moment, say, dressed_here(application()))
        self._page = covered(self.shell, first) if first.has_accounts else None
        self.shell.painted.connect(self._on_painted)
        self.shell.show()

    def on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A mistake of ours on the main thread: a report is saved, the window stays."""
        if self._window and not issubclass(kind, KeyboardInterrupt):
            self._window.trouble.on_error(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def at_work(self) -> "Window | None":
        """The window, once its desk is open."""
        return self._window if self._window and hasattr(self._window, "rhythm") else None

    def asked_to_restore(self) -> Path | None:
        """The backup that somebody chose to put in the place of this profile."""
        return self._window.restore_from if self._window else None

    def close(self) -> None:
        """Ends what runs and lets go of the database."""
        if self._window:
            from station_desk.core.diary import note

            self._window.close()
            note(self._profile, now(), "end")

    def _on_painted(self) -> None:
        # What is loaded by now stays for good: no later search for garbage has to look through it.
        gc.freeze()
        gc.enable()
        from station_desk.main.second_start import instance_name, listen  # isort: skip - tests stop here
        from station_desk import __version__
        from station_desk.core.diary import note
        from station_desk.main.window import Window

        self._window = Window(self.shell, self._profile, now, self._page)
        listen(instance_name(self._profile), self.shell)
        if self._first_request:
            self._window.joined.connect(self._window.open_first_request)
        note(self._profile, now(), f"start {__version__}")
        self._window.open(self._profile, self.shell.say.language, self.key)


def covered(shell: Shell, first: FirstLook) -> "SignInPage":
    """The page that asks who works here, over a window that nobody may look at yet."""
    from station_desk.ui.sign_in.page import SignInPage

    page = SignInPage(first.about, shell.say, shell.look)
    page.wait(shell.say("staff.sign_in.opening"))
    shell.lock(page)
    return page


def application() -> QApplication:
    """The one QApplication of this process, made when there is none."""
    there = QApplication.instance()
    # Asking for the style by a call would make Qt hand it to us, and every class of style with it.
    return there if isinstance(there, QApplication) else QApplication(["station-desk", "-style", "Fusion"])


def dressed(app: QApplication, theme: Theme, factor: float) -> Look:
    """Loads the font and gives the program its look."""
    look = look_of(theme, factor, load_fonts(paths.RESOURCES / "fonts"))
    dress(app, look)
    return look


def dressed_here(app: QApplication) -> Look:
    """The look that this PC keeps."""
    kept = kept_on_pc()
    theme = next(theme for theme in PALETTES if theme == value_in(kept, "look.theme"))
    return dressed(app, theme, float(value_in(kept, "look.text_size")))


def painted_shell(first: FirstLook, moment: datetime, say: Texts, look: Look) -> Shell:
    """The window with its first rows, before anything heavy is loaded."""
    return Shell(first, read_groups(paths.FORMS, say.language), moment, say, look)
