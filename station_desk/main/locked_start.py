"""A start of a profile that this PC does not open by itself: the page that asks, then the window."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject

from station_desk.core import paths
from station_desk.core.bug_report import report_of, save_report
from station_desk.core.clock import now
from station_desk.core.errors import DeskError
from station_desk.core.settings import keep_on_pc
from station_desk.core.texts import Texts
from station_desk.main.first_steps import FirstSteps
from station_desk.main.second_start import instance_name, listen
from station_desk.main.start import Start, application, dressed_here
from station_desk.store.profile import Profile
from station_desk.store.vault.changes import keep_here
from station_desk.store.vault.telling import key_state
from station_desk.store.vault.trouble import KeyAway, NoKeyPlace, PassphraseNeeded
from station_desk.store.vault.typed import unlock
from station_desk.ui.bug_page import BugPage
from station_desk.ui.look.look import style
from station_desk.ui.look.qt_words import say_qt_words
from station_desk.ui.tasks import Failure, Tasks
from station_desk.ui.unlock.page import SIZE, UnlockPage

Then = Callable[[str, Texts], Start | FirstSteps]


class LockedStart(QObject):
    """The page that asks; once it is opened, `then` opens with the key what comes next, in its place."""

    def __init__(self, profile: Path, needed: PassphraseNeeded | KeyAway, say: Texts, then: Then) -> None:
        super().__init__()
        self._profile, self._say, self._then = Profile(profile), say, then
        self.start: Start | FirstSteps | None = None
        self.key = ""
        self.page = UnlockPage(envelope=isinstance(needed, KeyAway))
        self.tasks = Tasks(self)
        self.tasks.trouble.connect(self._on_failure)
        self.page.typed.connect(self._try)
        self.page.spoken.connect(self._speak)
        self.page.closed.connect(self.tasks.close)
        look = dressed_here(application())
        self.page.resize(look.px(SIZE[0]), look.px(SIZE[1]))
        self._show()
        self._server = listen(instance_name(profile), self.page)
        self.page.show()

    def on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A mistake of ours: what opened shows it; before that, a page of its own does."""
        if self.start:
            self.start.on_bug(kind, error, trace)
            return
        moment = now()
        file = save_report(error, self._profile.folder / "reports", moment)
        BugPage(report_of(error, moment), file, self._say, dressed_here(application()), self.page).show()

    def asked_to_restore(self) -> Path | None:
        """The backup that somebody chose in the window."""
        return self.start.asked_to_restore() if self.start else None

    def close(self) -> None:
        """Ends what runs."""
        self.tasks.close()
        if self.start:
            self.start.close()

    def _show(self) -> None:
        look = dressed_here(application())
        say_qt_words(application(), self._say)
        style(self.page, look)
        self.page.show_in(self._say, look)

    def _speak(self, language: str) -> None:
        # Where it cannot be kept the page speaks it all the same.
        with suppress(DeskError):
            keep_on_pc({"language": language})
        self._say = Texts(paths.RESOURCES / "i18n", language)
        self._show()

    def _try(self, typed: str) -> None:
        self.page.set_busy(busy=True)
        self.tasks.run(lambda: _opened(self._profile, typed), self._on_opened)

    def _on_opened(self, key: str) -> None:
        self._server.close()
        self.key = key
        try:
            self.start = self._then(key, self._say)
        except DeskError as error:
            self.page.refuse(error)
            return
        self.page.closed.disconnect(self.tasks.close)
        self.tasks.close()
        self.page.close()

    def _on_failure(self, failure: Failure) -> None:
        if not isinstance(failure.error, DeskError):
            raise failure.error
        self.page.refuse(failure.error)


def _opened(profile: Profile, typed: str) -> str:
    """The key; after the envelope this PC opens by itself again, where it can."""
    key = unlock(profile, typed)
    if key_state(profile).way != "passphrase":
        with suppress(NoKeyPlace):
            keep_here(profile, key)
    return key
