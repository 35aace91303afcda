"""The display at work: watches the queue, shows it on the second screen, says the calls."""

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication

from station_desk.catalogue.item import Catalogue, Language
from station_desk.core import paths
from station_desk.core.clock import Clock
from station_desk.core.errors import DeskError
from station_desk.counter.hall.content import Seen, content_of
from station_desk.counter.hall.settings import voices_of
from station_desk.counter.hall.watch import HallWatch
from station_desk.store.hall_file import HallRows
from station_desk.store.profile import Profile
from station_desk.ui.hall.player import Player, find_player
from station_desk.ui.hall.screen import HallScreen
from station_desk.ui.hall.speaker import Speaker

SOUNDS = paths.RESOURCES / "sounds"
I18N = paths.RESOURCES / "i18n"
SMALL = QRect(0, 0, 1280, 720)


class HallDisplay(QObject):
    """One display of a profile, read-only. `closed` when somebody closed it."""

    closed = Signal()
    _seen = Signal(object)
    _trouble = Signal(object)

    def __init__(
        self, profile: Profile, catalogue: Catalogue, language: Language, clock: Clock, family: str,
        player: Player | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._content = content = content_of(profile.folder, catalogue, language, I18N, clock)
        self._clock = clock
        player = player or find_player(self)
        voices = voices_of(content.settings, language)
        self.speaker = Speaker(player, content.settings, voices, SOUNDS, clock)
        self.screen = HallScreen(content, self.speaker, clock, family)
        self.screen.setWindowTitle(content.texts[content.languages[0]]("hall.title", station="").strip(" ·"))
        self._watch = HallWatch(profile, clock, self._on_rows, self._trouble.emit, content.mark)
        self._seen.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._trouble.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.screen.closed.connect(self._close)
        self._settings = content.settings
        self._open = False

    def open(self) -> None:
        """Fills the second screen; where there is one screen only, a window that can be moved."""
        self._open = True
        screens = QGuiApplication.screens()
        primary = QGuiApplication.primaryScreen()
        second = next((screen for screen in screens if screen is not primary), None)
        if second:
            self.screen.setGeometry(second.geometry())
            self.screen.showFullScreen()
        else:
            room = primary.availableGeometry()
            self.screen.resize(SMALL.size().boundedTo(room.size()))
            self.screen.show()
        self._watch.start()

    def nudge(self) -> None:
        """The queue was just changed by this program."""
        self._watch.nudge()

    def close(self) -> None:
        """Ends it."""
        self.screen.close()

    def _on_rows(self, rows: HallRows) -> None:
        """In the thread of the watch: the words are made there, not where the desk is painted."""
        self._seen.emit(self._content.seen(rows, self._clock()))

    def _show(self, seen: Seen) -> None:
        if not self._open:
            return
        first = seen.languages[0]
        title = seen.texts[first]("hall.title", station=seen.turning[first].station)
        self.screen.setWindowTitle(title)
        if seen.settings is not self._settings:
            self._settings = seen.settings
            self.speaker.take(seen.settings, voices_of(seen.settings, first))
        self.screen.tell_trouble("")
        self.screen.show_seen(seen)

    def _tell(self, error: DeskError) -> None:
        if self._open:
            self.screen.tell_trouble(self._content.texts[self._content.languages[0]].error(error))

    def _close(self) -> None:
        if self._open:
            self._open = False
            self._watch.stop()
            self.speaker.stop()
            self.closed.emit()
