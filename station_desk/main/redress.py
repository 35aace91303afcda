"""Another language or look while the window is open: all pages made anew where they stood, nothing lost.

It waits until no act and no print is under way, so that every answer finds the page that asked.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from station_desk.core import paths
from station_desk.core.settings import kept_on_pc, value_in
from station_desk.core.texts import Texts
from station_desk.store.first_look import FirstLook
from station_desk.ui.counter_page.groups import read_groups
from station_desk.ui.look.look import Look, dress, look_of, style
from station_desk.ui.look.palette import PALETTES
from station_desk.ui.look.qt_words import say_qt_words
from station_desk.ui.tasks import WORKERS, Lane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from station_desk.counter.desk import Desk
    from station_desk.main.window import Window

LOOK_AGAIN_MS = 40
ANSWERED: tuple[Lane, ...] = ("turns", *(lane for lane in WORKERS if lane not in ("wire", "keep")))
"""The lanes whose answers find a page; what comes from the network, and from a backup or a check that takes
long, is told to the window itself."""

BACK_MS = 60
MOST_LOOKS = 60
"""So often it is looked whether the lists of the new pages are read, a little apart: some four seconds."""


def look_here(family: str) -> Look:
    """The look that this PC keeps."""
    kept = kept_on_pc()
    theme = next(theme for theme in PALETTES if theme == value_in(kept, "look.theme"))
    return look_of(theme, float(value_in(kept, "look.text_size")), family)


class Redress(QObject):
    """Switches one window. `done` comes when the new pages stand, `settled` when all was put back."""

    done = Signal()
    settled = Signal()

    def __init__(self, window: "Window", app: "QApplication") -> None:
        super().__init__(window)
        self._window = window
        self._app = app
        self._wanted: tuple[Texts, Look] | None = None
        self._wait = QTimer(self, interval=LOOK_AGAIN_MS, singleShot=True)
        self._wait.timeout.connect(self._try)

    def switch(self, say: Texts, look: Look) -> None:
        """As soon as nothing is under way, the window speaks and looks like this."""
        self._wanted = (say, look)
        self._try()

    def follow_settings(self) -> None:
        """Takes on what the settings of this PC and of the counter say now."""
        shell = self._window.shell
        say = Texts(paths.RESOURCES / "i18n", value_in(kept_on_pc(), "language"))
        self.switch(say, look_here(shell.look.family))

    def _try(self) -> None:
        tasks = self._window.tasks
        if not tasks.is_open():
            return
        if self._window.shell.is_locked() or not all(tasks.is_idle(lane) for lane in ANSWERED):
            self._wait.start()
            return
        self._window.acts.look(lambda desk: dict(desk.store.about()), self._go)

    def _go(self, about: dict[str, str]) -> None:
        tasks = self._window.tasks
        if self._wanted is None:
            return
        if self._window.shell.is_locked() or not all(tasks.is_idle(lane) for lane in ANSWERED):
            self._wait.start()
            return
        (say, look), self._wanted = self._wanted, None
        self._change(say, look, about)

    def _change(self, say: Texts, look: Look, about: dict[str, str]) -> None:
        from station_desk.counter.desk import station_of
        from station_desk.ui.shell_state import bring_back, put_typed, state_of

        window, shell = self._window, self._window.shell
        state, told = state_of(shell), shell.banner.isVisible()
        desk: Desk = replace(window.acts.desk, texts=say, station=station_of(about))
        window.rest()
        dress(self._app, look)
        say_qt_words(self._app, say)
        groups = read_groups(paths.FORMS, say.language)
        rows = FirstLook(about, shell.counter.queue.rows())
        shell.setUpdatesEnabled(False)
        try:
            before = shell.rebuild(rows, groups, desk.clock(), say, look)
            style(shell, look)
            window.work_on(desk)
            bring_back(shell, state)
            if told:
                window.tell_again()
        finally:
            shell.setUpdatesEnabled(True)
        self.done.emit()
        self.let_go(before)
        looks = 0

        def settle() -> None:
            nonlocal looks
            looks += 1
            if not self._window.tasks.is_open():
                timer.stop()
                return
            if self._window.tasks.is_idle("store") or looks > MOST_LOOKS:
                timer.stop()
                timer.deleteLater()
                put_typed(shell, state)
                self._window.rhythm.look()
                self.settled.emit()

        timer = QTimer(shell.body(), interval=BACK_MS)
        timer.timeout.connect(settle)
        timer.start()

    def let_go(self, before: "QWidget") -> None:
        """The old pages stay until nothing that they asked for is under way."""
        if self._window.tasks.is_idle():
            before.deleteLater()
        else:
            QTimer.singleShot(BACK_MS, before, lambda: self.let_go(before))
