"""What looks after the profile by itself: backups when due, a quick check at the start, days not closed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from station_desk.core.errors import TroubleError
from station_desk.counter.backing_up import BackupState, age_words, back_up_if_due, backup_state, short_age
from station_desk.counter.call_backs import (
    NOBODY_WAITS,
    Waiting,
    waiting_call_backs,
    waiting_words,
)
from station_desk.counter.checks import check_at_start, finding_words
from station_desk.counter.closing_day import unclosed_days
from station_desk.counter.desk import Desk
from station_desk.store.verifying.finding import Finding
from station_desk.ui.acts import Acts, Progress
from station_desk.ui.care.dialog import CareDialog
from station_desk.ui.care.quiet_check import QuietCheck
from station_desk.ui.shared.denying import deny
from station_desk.ui.shell import Shell

STEP_MS = 30_000
NAMED = 3
"""So many findings are told in the strip; the check itself tells all."""


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """What the first look at a profile showed."""

    findings: tuple[Finding, ...]
    unclosed: tuple[date, ...]
    calls: Waiting = NOBODY_WAITS


class Watch(QObject):
    """The keeper of one window's profile, in a lane of its own; `restore` is asked for by the dialog."""

    def __init__(self, shell: Shell, acts: Acts, restore: Callable[[Path], None]) -> None:
        super().__init__(shell.body())
        self._shell = shell
        self._acts = acts
        self._restore = restore
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self.tend)
        self._timer.start()
        self._ended = self._tending = self._hinted = False
        shell.status.offer_care(shell.say("backup.button"), self.open, shell.look)
        # Others see how old the last backup is; what stands behind the button is the head's.
        deny(shell.status.care, acts.desk.role, shell.say)
        tip = "\n".join((shell.say("backup.age.none"), shell.say("backup.tip")))
        shell.status.show_backup(shell.say("backup.short.none"), tip, alarm=False)
        self.quiet_check = QuietCheck(acts, shell.say("backup.check_under_way"), self._tell_findings, self)
        QTimer.singleShot(0, self, self.look)

    def stop(self) -> None:
        """The window closes, or its pages are made anew."""
        self._ended = True
        self._timer.stop()
        self.quiet_check.stop()

    def look(self) -> None:
        """Shows how it stands with the backups, without making one."""
        if not self._ended:
            self._acts.tasks.run(lambda: backup_state(self._acts.desk), self.show_state, lane="keep")

    def tend(self) -> None:
        """Makes a backup if one is due, then shows how it stands."""
        if self._ended or self._tending:
            return
        self._tending = True
        self._acts.tasks.run_counted(
            lambda task: _tended(self._acts.desk, task.progress), self.show_state, lane="keep",
            ended=self._on_tended, title=self._shell.say("backup.under_way"),
        )  # fmt: skip

    def first_look(self) -> None:
        """Checks the profile quickly, once after the window is at work, and tells what a head must know."""
        self._acts.tasks.run_counted(
            lambda task: _first_seen(self._acts.desk, task.progress), self._tell, lane="keep"
        )

    def open(self) -> None:
        """Opens the page of backups and checks."""
        dialog = CareDialog(self._acts, self._restore, self._shell.say, self._shell.look, self._shell)
        dialog.changed.connect(self.look)
        dialog.show()

    def _on_tended(self) -> None:
        self._tending = False

    def show_state(self, state: BackupState) -> None:
        """Says how it stands at the foot of the window, and in a line above when it matters to all."""
        if not self._ended:
            say, today = self._shell.say, self._acts.desk.clock().date().isoformat()
            tip = "\n".join((age_words(say, state), state.trouble or say("backup.tip")))
            self._shell.status.show_backup(short_age(say, state, today), tip, alarm=_alarms(state))
            self._hint(state)

    def _hint(self, state: BackupState) -> None:
        """One calm line, once, where nothing else is told: the clerk goes on, the head is asked."""
        banner = self._shell.banner
        if state.old and not self._hinted and banner.isHidden():
            self._hinted = True
            banner.tell(self._shell.say("backup.old", made=state.made[:16].replace("T", " ") or "-"), "warn")

    def _tell_findings(self, findings: list[Finding]) -> None:
        if findings and not self._ended:
            say = self._shell.say
            told = " ".join(finding_words(one, say) for one in findings[:NAMED])
            self._shell.banner.tell(say("backup.not_well", count=len(findings), told=told), "bad")

    def _tell(self, seen: FirstSeen) -> None:
        say, banner = self._shell.say, self._shell.banner
        if self._ended:
            return
        if seen.findings:
            self._tell_findings(list(seen.findings))
        elif seen.unclosed and not banner.isVisible():
            days = say("ui.list").join(day.isoformat() for day in seen.unclosed)
            banner.tell(say("backup.day.unclosed", days=days), "warn")
        elif seen.calls.open and not banner.isVisible():
            banner.tell(waiting_words(seen.calls, say), "bad" if seen.calls.overdue else "warn")


def _alarms(state: BackupState) -> bool:
    return state.late or (bool(state.trouble) and state.on)


def _tended(desk: Desk, progress: Progress) -> BackupState:
    # The sentence of a trouble is kept with the state, and stays in sight until a backup is made.
    with suppress(TroubleError):
        back_up_if_due(desk, progress)
    return backup_state(desk)


def _first_seen(desk: Desk, progress: Progress) -> FirstSeen:
    findings = tuple(check_at_start(desk, progress))
    return FirstSeen(findings, tuple(unclosed_days(desk)), waiting_call_backs(desk))
