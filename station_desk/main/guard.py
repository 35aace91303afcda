"""Who may look at a window: it is covered until somebody signs in, while locked, and when it lay idle."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from station_desk.core import paths
from station_desk.core.errors import DeskError, TroubleError
from station_desk.core.settings import value_in
from station_desk.core.uptime import seconds_up
from station_desk.ui.shared.heard import Heard
from station_desk.ui.sign_in.copied import Copied
from station_desk.ui.sign_in.idle import Idle
from station_desk.ui.sign_in.page import SignInPage

if TYPE_CHECKING:
    from station_desk.cases.staff import Acting
    from station_desk.counter.desk import Desk
    from station_desk.main.window import Window
    from station_desk.ui.sign_in.here import AnySession

MINUTES = "lock.minutes"
LOOK_AGAIN_MS = 40


class Guard(QObject):
    """Covers and uncovers one window. Where the station has no accounts it never does."""

    def __init__(self, window: "Window", page: SignInPage | None) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._desk: Desk | None = None
        self.idle = Idle(seconds_up, self)
        self.idle.passed.connect(self.lock)
        self.copied = Copied(self)
        self._session: AnySession | None = None
        Heard("window.lock", window.shell, self.lock, lambda: self._acting() is not None).everywhere()
        window.shell.lock_asked.connect(self.lock)
        window.shell.sign_in_asked.connect(self.require)
        if page:
            page.asked.connect(self._check)

    def wait_for(self, desk: "Desk") -> None:
        """The desk is open: somebody may sign in, and the window begins its work then."""
        self._desk = desk
        self._covered().open()
        self._covered().take_focus()

    def lock(self) -> None:
        """Names are gone at once; whoever is signed in comes back by PIN or password."""
        if self._acting() is not None and not self._window.shell.is_locked():
            self._covered().lock()

    def require(self) -> None:
        """Somebody must sign in, whoever sat here: the first account was made, or the present one ended."""
        if hasattr(self._window, "acts") and not self._window.shell.is_locked():
            self._covered().take_focus()

    def follow_settings(self) -> None:
        """Waits as long as the settings say now."""
        if self._acting() is not None:
            self._listen()
            self._window.acts.look(
                lambda desk: int(value_in(desk.store.about(), MINUTES)),
                lambda minutes: self.idle.begin(minutes * 60.0),
            )

    def stop(self) -> None:
        """The window closed, its lanes are at rest: nobody is signed in any more."""
        from station_desk.counter.staff.signing_in import go

        self.idle.stop()
        if self._session is not None:
            self._session.end()
        # A disk that takes nothing was told already; it must not keep the window open.
        with suppress(TroubleError):
            if self._acting() is not None:
                self.copied.forget()
                go(self._window.acts.desk)

    def _listen(self) -> None:
        if self._session is None:
            # Libraries of Qt and of the system: only where there is something to lock.
            from station_desk.ui.sign_in.here import session_here

            session = self._session = session_here(int(self._window.shell.winId()), self)
            session.left.connect(self.lock)

    def _acting(self) -> "Acting | None":
        return self._window.acts.desk.acting if hasattr(self._window, "acts") else None

    def _covered(self) -> SignInPage:
        """The page over the window; made and laid there when nothing covers it yet."""
        shell, page = self._window.shell, self._page
        if page is None:
            desk = self._desk or self._window.acts.desk
            who = {"name": desk.station.name, "counter": desk.station.counter}
            page = self._page = SignInPage(who, shell.say, shell.look)
            page.asked.connect(self._check)
            shell.lock(page)
            self.copied.forget()
        return page

    def _check(self, name: str, secret: str) -> None:
        desk = self._desk or self._window.acts.desk
        self._window.tasks.run(lambda: _proved(desk, name, secret), self._on_checked, lane="press")

    def _on_checked(self, who: "Acting | DeskError") -> None:
        page = self._covered()
        if isinstance(who, DeskError):
            page.refuse(self._window.shell.say.error(who))
        elif self._desk is not None:
            self._begin(self._desk, who)
        elif who == self._acting():
            self._uncover()
        else:
            self._hand_over(who)

    def _begin(self, desk: "Desk", who: "Acting") -> None:
        from dataclasses import replace

        self._desk = None
        self._window.begin(replace(desk, acting=who))
        self._uncover()

    def _uncover(self) -> None:
        self._page = None
        self._window.shell.unlock(self._window.acts)
        self.follow_settings()

    def _hand_over(self, who: "Acting") -> None:
        """Somebody else works here now: all pages are made anew, nothing of the one before is in them."""
        from station_desk.main.redress import ANSWERED

        tasks = self._window.tasks
        if not tasks.is_open():
            return
        if not all(tasks.is_idle(lane) for lane in ANSWERED):
            QTimer.singleShot(LOOK_AGAIN_MS, self, lambda: self._hand_over(who))
            return
        self._make_anew(who)

    def _make_anew(self, who: "Acting") -> None:
        from dataclasses import replace

        from station_desk.store.first_look import FirstLook
        from station_desk.ui.counter_page.groups import read_groups

        window, shell = self._window, self._window.shell
        desk = replace(window.acts.desk, acting=who)
        about = {"name": desk.station.name, "counter": desk.station.counter, "clerk": desk.actor}
        rows = FirstLook(about, shell.counter.queue.rows())
        window.rest()
        shell.setUpdatesEnabled(False)
        try:
            groups = read_groups(paths.FORMS, shell.say.language)
            before = shell.rebuild(rows, groups, desk.clock(), shell.say, shell.look)
            window.work_on(desk)
            self._uncover()
        finally:
            shell.setUpdatesEnabled(True)
        window.redress.let_go(before)


def _proved(desk: "Desk", name: str, secret: str) -> "Acting | DeskError":
    """Who it is, or why not. In a lane: hashing takes as long as it must."""
    from station_desk.counter.staff.signing_in import come, sign_in, unlock

    try:
        if name or desk.acting is None:
            who = sign_in(desk, name, secret)
            come(desk, who)
        else:
            who = unlock(desk, desk.acting, secret)
    except DeskError as error:
        return error
    return who
