"""The first run of a profile: the wizard from an empty folder to the first number, then the window itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from station_desk.core.clock import now
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.main.start import application, dressed_here
from station_desk.store.profile import Profile
from station_desk.ui.first_run.flow import Flow, Makers
from station_desk.ui.look.look import Look, style
from station_desk.ui.look.qt_words import say_qt_words


class FirstRun(QObject):
    """The wizard at work on a folder; `then` opens the window in its place."""

    def __init__(self, profile: Path, say: Texts, then: Callable[[], None], key: str = "") -> None:
        super().__init__()
        self._profile, self._key = profile, key
        self._then = then
        there = Profile(profile).database.exists()
        desk = open_desk(profile, say.language, now, key=key) if there else None
        self.flow = Flow(profile, desk, Makers(self._make, self._open, self._look, self._speak), say)
        self._speak(say)
        style(self.flow.wizard, self._look())
        self.flow.over.connect(self._on_over)
        self.flow.wizard.show()

    def close(self) -> None:
        """Ends what runs and lets go of the database."""
        self.flow.close()

    def _make(self, wish: SetUp, language: str) -> Desk:
        return set_up_desk(self._profile, wish, language, now)

    def _open(self, language: str) -> Desk:
        return open_desk(self._profile, language, now, key=self._key)

    def _look(self) -> Look:
        look = dressed_here(application())
        if hasattr(self, "flow"):
            style(self.flow.wizard, look)
        return look

    def _speak(self, say: Texts) -> None:
        say_qt_words(application(), say)

    def _on_over(self) -> None:
        self._then()
        self.flow.wizard.close()
