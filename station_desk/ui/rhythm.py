"""What happens by itself: the clock goes on, the queue is looked at again, the log is brought to the
district.
"""

from dataclasses import dataclass
from random import Random

from PySide6.QtCore import QObject, QTimer

from station_desk.core.settings import value_in
from station_desk.counter.desk import Desk
from station_desk.counter.edition_state import edition_notices
from station_desk.counter.key_notices import key_notices
from station_desk.counter.queue_wait import queue_rows
from station_desk.counter.storage_state import StorageState, storage_notices, storage_state
from station_desk.counter.sync_now import sync_now
from station_desk.counter.sync_state import SyncState, sync_state
from station_desk.counter.today import Today, today
from station_desk.counter.told_editions import Learnt, coming_notices, learnt_of
from station_desk.store.first_look import TicketRow
from station_desk.store.unit import Changes
from station_desk.sync.backoff import delay
from station_desk.sync.run import Progress
from station_desk.ui.acts import Acts
from station_desk.ui.shell import Shell
from station_desk.ui.tasks import Task

TICK_MS = 1000
LOOK_MS = 3000
SOON_MS = 60
UNDER_WAY_MS = 400
"""What takes longer is seen in the lists as on its way."""

SYNC_SOON_MS = 1500
"""What was just done is brought to the district soon, while the line is good."""


FAILED = ("offline", "refused", "unenrolled")
TOLD = ("refused", "unenrolled")
"""What goes away by itself is only shown; for the others somebody has to do something."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the desk's own files shows."""

    tickets: tuple[TicketRow, ...]
    sync: SyncState
    today: Today
    storage: StorageState
    editions: Learnt


@dataclass(frozen=True, slots=True)
class Pace:
    """What the settings say of the timers; `syncs`: by itself, not only when it is asked for."""

    syncs: bool = True
    sync_seconds: int = 60
    look_seconds: int = 3


class Rhythm(QObject):
    """The timers of one window. They stop with it."""

    def __init__(self, shell: Shell, acts: Acts) -> None:
        super().__init__(shell.body())
        self._shell = shell
        self._acts = acts
        self._random = Random()  # noqa: S311 - spreads the counters over time, keeps no secret
        self._failures = 0
        self._minute = -1
        self._refusal = ""
        self._storage: list[str] = []
        self._editions = Learnt()
        self._looking = self._syncing = self._ended = False
        self._pace = Pace()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.tick)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._sync = QTimer(self, singleShot=True)
        self._sync.timeout.connect(self.sync)
        self._under_way = QTimer(self, interval=UNDER_WAY_MS, singleShot=True)
        self._under_way.timeout.connect(self._look_under_way)
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.look)
        acts.changed.connect(self._on_changes)
        shell.sync.clicked.connect(self.sync)
        self._tick.start()
        self._look.start()
        self.tick()
        self.look()
        self.follow_settings(at_once=True)

    def tick(self) -> None:
        """A second has passed."""
        now = self._acts.desk.clock()
        self._shell.status.time.setText(f"{now:%Y-%m-%d %H:%M}")
        if now.minute != self._minute:
            self._minute = now.minute
            self._shell.counter.tick(now)
            self._tell_notices()

    def _tell_notices(self) -> None:
        desk, say = self._acts.desk, self._shell.say
        today = desk.clock().date()
        coming = coming_notices(self._editions, desk.edition, today, say)
        told = (*edition_notices(desk.edition, today, say), *coming, *key_notices(desk.store.profile, say))
        self._shell.notice.tell([*self._storage, *told], today)

    def follow_settings(self, *, at_once: bool = False) -> None:
        """Goes on as the settings say now."""
        self._acts.look(_pace_kept, lambda pace: self._take_pace(pace, at_once=at_once))

    def stop(self) -> None:
        """The window closes, or its pages are made anew: nothing begins any more."""
        self._ended = True
        for timer in (self._tick, self._look, self._soon, self._sync, self._under_way):
            timer.stop()

    def look(self) -> None:
        """Another program (a ticket printer, the command line) may have changed the queue."""
        if not self._looking and self._acts.tasks.is_idle("store"):
            self._looking = True
            self._acts.look(_seen, self._show_seen, ended=self._on_looked)

    def sync(self) -> None:
        """Brings the log to the district now."""
        if self._syncing:
            return
        self._syncing = True
        self._sync.stop()
        self._under_way.start()
        self._acts.tasks.run_counted(
            lambda task: _synced(self._acts.desk, task),
            self._on_synced,
            lane="wire",
            ended=self._on_sync_ended,
            title=self._shell.say("ui.sync.under_way"),
        )

    def _take_pace(self, pace: "Pace", *, at_once: bool) -> None:
        if self._ended:
            return
        self._pace = pace
        self._look.setInterval(pace.look_seconds * 1000)
        self._sync_later(0 if at_once else pace.sync_seconds)

    def _sync_later(self, seconds: float) -> None:
        self._sync.stop()
        if self._pace.syncs and not self._ended:
            self._sync.start(round(seconds * 1000))

    def _show_seen(self, seen: Seen) -> None:
        self._shell.counter.show_rows(seen.tickets, self._acts.desk.clock())
        self._shell.sync.show_state(seen.sync)
        self._storage = storage_notices(seen.storage, self._shell.say)
        self._editions = seen.editions
        self._tell_notices()
        counts = seen.today
        self._shell.status.counts.setText(
            self._shell.say(
                "ui.status.counts", accepted=counts.accepted, finished=counts.finished, overdue=counts.overdue
            )
        )

    def _on_changes(self, changes: Changes) -> None:
        self._soon.start()
        if changes.outbox and not self._failures and self._sync.remainingTime() > SYNC_SOON_MS:
            self._sync.start(SYNC_SOON_MS)

    def _on_looked(self) -> None:
        self._looking = False

    def _on_synced(self, state: SyncState) -> None:
        self._shell.sync.show_state(state)
        self._failures = self._failures + 1 if state.how in FAILED else 0
        if state.how in TOLD and state.reason != self._refusal:
            self._shell.banner.tell(state.reason, "warn")
        self._refusal = state.reason
        self._reload_lists()

    def _reload_lists(self) -> None:
        """How each case stands with the district is looked at again."""
        self._shell.progress.reload()
        self._shell.finished.reload()

    def _look_under_way(self) -> None:
        if self._syncing and not self._ended:
            self._reload_lists()

    def _on_sync_ended(self) -> None:
        self._syncing = False
        self._sync_later(delay(self._failures, self._random) if self._failures else self._pace.sync_seconds)


def _pace_kept(desk: Desk) -> Pace:
    about = desk.store.about()
    return Pace(
        value_in(about, "sync.on") == "yes",
        int(value_in(about, "sync.seconds")),
        int(value_in(about, "queue.seconds")),
    )


def _seen(desk: Desk) -> Seen:
    editions = learnt_of(desk.store.about())
    return Seen(queue_rows(desk), sync_state(desk.store), today(desk), storage_state(desk), editions)


def _synced(desk: Desk, task: Task[SyncState]) -> SyncState:
    state = sync_state(desk.store)
    if state.how == "alone":
        return state

    def progress(sent: Progress) -> None:
        task.progress(sent.events + sent.dossiers, sent.events_total + sent.dossiers_total)

    return sync_now(desk, progress)
