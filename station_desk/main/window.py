"""The window at work: its lanes, its desk, its timers, and where its troubles go. Made after the first paint.

Nothing heavy is imported here either: the store lane loads it, so that the painted window answers meanwhile.
"""

import gc
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from station_desk.core.clock import Clock, now
from station_desk.main.guard import Guard
from station_desk.ui.acts import Acts
from station_desk.ui.shell import Shell
from station_desk.ui.tasks import Task, Tasks
from station_desk.ui.trouble import Trouble

if TYPE_CHECKING:
    from station_desk.counter.desk import Desk
    from station_desk.counter.papers.journal import UnprintedPaper
    from station_desk.ui.acts import Progress
    from station_desk.ui.sign_in.page import SignInPage
    from station_desk.ui.tasks import Failure

NEEDED_SOON = (
    "station_desk.counter.shown",
    "station_desk.counter.ticket_slip",
    "station_desk.counter.papers.print_paper",
    "station_desk.counter.sync_now",
    "station_desk.counter.today",
    "station_desk.counter.finish",
    "station_desk.counter.care",
)
"""Loaded in the store lane with every library behind them: no page waits for them on the main thread."""
NAMED = 3
"""So many unprinted papers are named."""


class Window(QObject):
    """One window with everything it works with. `joined` comes when it is at work; `close` ends it."""

    joined = Signal()

    def __init__(self, shell: Shell, folder: Path, clock: Clock, page: "SignInPage | None" = None) -> None:
        super().__init__(shell)
        self.shell = shell
        self.tasks = Tasks(self)
        self.guard = Guard(self, page)
        self.reports = folder / "reports"
        self.trouble = Trouble(shell, self.reports, clock)
        self.tasks.trouble.connect(self.trouble.on_failure)
        self.tasks.trouble.connect(self._ask_who)
        self.trouble.printer_failed.connect(self._show_failed_printer)
        self.tasks.busy.connect(self._show_busy)
        self._shown: Task[Any] | None = None
        self._own: Desk | None = None
        self.restore_from: Path | None = None
        shell.closed.connect(self.close)

    def open(self, profile: Path, language: str, key: str = "") -> None:
        """Opens the desk in the store lane, then joins it; closed with the window."""
        filling = self.shell.say("ui.cases.filling")
        self.tasks.run_counted(
            lambda task: _opened(profile, language, _named(task, filling), key), self._join_own
        )

    def join(self, desk: "Desk") -> None:
        """The desk is open: everything works from now on, or once somebody is signed in."""
        from station_desk.cases.staff import NOBODY

        if desk.acting == NOBODY:
            self.guard.wait_for(desk)
        else:
            self.begin(desk)

    def begin(self, desk: "Desk") -> None:
        """Whoever works here is known."""
        from station_desk.counter.papers.journal import unprinted
        from station_desk.main.redress import Redress
        from station_desk.main.start import application
        from station_desk.ui.look.qt_words import say_qt_words

        say_qt_words(application(), self.shell.say)
        self.redress = Redress(self, application())
        self.work_on(desk)
        self.acts.look(unprinted, self._offer_unprinted)
        self.watch.first_look()
        self.joined.emit()

    def open_first_request(self) -> None:
        """After the first run: the number that was taken lies on the counter, and the strip says what now."""
        shell = self.shell
        for row in shell.counter.queue.rows():
            if row.state == "called":
                shell.counter.handling.open_ticket(row)
                shell.banner.tell(shell.say("first_run.first_receipt", number=row.number), "warn")
                return

    def work_on(self, desk: "Desk") -> None:
        """The pages that stand now work with a desk."""
        from station_desk.ui.care.watch import Watch
        from station_desk.ui.rhythm import Rhythm

        self.acts = Acts(desk, self.tasks)
        self.shell.join(self.acts)
        self.rhythm = Rhythm(self.shell, self.acts)
        self.watch = Watch(self.shell, self.acts, self._restore)
        self.shell.settings.changed.connect(self._follow_setting)

    def tell_again(self) -> None:
        """Says anew, in the language of now, what stood in the strip at the top."""
        from station_desk.counter.papers.journal import unprinted

        if not self.trouble.tell_again():
            self.acts.look(unprinted, self._offer_unprinted)

    def rest(self) -> None:
        """The pages that stand now are about to be made anew: their timers end."""
        self.rhythm.stop()
        self.watch.stop()
        self._shown = None

    def close(self) -> None:
        """Ends the timers and the lanes, and lets go of the database that was opened here."""
        if hasattr(self, "rhythm"):
            self.rhythm.stop()
            self.watch.stop()
            self.shell.counter.handling.stop()
        self.tasks.close()
        self.guard.stop()
        if self._own:
            self._back_up_at_closing(self._own)
            self._own.store.close()
            gc.unfreeze()
            self._own = None

    def _ask_who(self, failure: "Failure") -> None:
        from station_desk.core.errors import AuthError

        if isinstance(failure.error, AuthError) and failure.error.code.startswith("staff."):
            self.guard.require()

    def _restore(self, backup: Path) -> None:
        """The window closes; the start that comes after it puts the backup in place."""
        self.restore_from = backup
        self.shell.close()

    def _back_up_at_closing(self, desk: "Desk") -> None:
        """What changed since the last backup goes into one more; its trouble is kept for the next start."""
        from station_desk.core.errors import TroubleError
        from station_desk.counter.backing_up import back_up_if_due

        with suppress(TroubleError):
            if self.restore_from is None:
                back_up_if_due(desk, lambda _done, _total: None, closing=True)

    def _follow_setting(self, key: str) -> None:
        if key == "papers.printer":
            self.shell.papers.look_at_printer()
        elif key.startswith(("language", "look.", "station.")):
            self.redress.follow_settings()
        else:
            self.rhythm.follow_settings()
            self.guard.follow_settings()

    def _show_failed_printer(self, name: str) -> None:
        # The status bar of the moment: it is made anew with each language and look.
        self.shell.status.show_failed_printer(name)

    def _join_own(self, desk: "Desk") -> None:
        self._own = desk
        self.join(desk)
        keep_for_good()

    def _offer_unprinted(self, papers: "list[UnprintedPaper]") -> None:
        if papers:
            cases = list(dict.fromkeys(paper.number for paper in papers))
            numbers = self.shell.say("ui.list").join(cases[:NAMED])
            self.shell.banner.tell(self.shell.say("ui.unprinted", count=len(papers), numbers=numbers), "warn")

    def _show_busy(self, task: Task[Any] | None) -> None:
        if task is None and self._shown is None:
            return
        work = self.shell.status.work(self.shell.look)
        if task is None:
            work.hide()
        else:
            work.show_count(task.title, task.done, task.total)
            if task is not self._shown:
                work.stop_with(task.cancel)
        self._shown = task


def keep_for_good() -> None:
    """Catalogue, texts and pages stay as long as the window: the collector need not walk through all of them
    time and again, for which the window would stand still.
    """
    gc.freeze()


def _named(task: Task[Any], title: str) -> "Progress":
    """Long work that has a name from the moment on when it tells how far it is."""

    def progress(done: int, total: int) -> None:
        task.title = title
        task.progress(done, total)

    return progress


def _opened(profile: Path, language: str, progress: "Progress", key: str) -> "Desk":
    for name in NEEDED_SOON:
        import_module(name)
    from station_desk.main.open_desk import open_desk
    from station_desk.store.room import keep_reserve

    desk = open_desk(profile, language, now, progress, key)
    keep_reserve(desk.store.profile)
    return desk
