"""Backups and checks: how it stands, what can be made or tried now, the closing of a day by two people."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts
from station_desk.counter.backing_up import BackedUp, back_up, drill_now
from station_desk.counter.call_backs import waiting_words
from station_desk.counter.care import MEGABYTE, Cared, care_now
from station_desk.counter.checks import check_deeply, drill_words, finding_words
from station_desk.counter.desk import Desk
from station_desk.store.backups.drill import Drilled
from station_desk.store.verifying.finding import Finding
from station_desk.ui.acts import Acts, Progress
from station_desk.ui.care.call_backs import CallBacksDialog
from station_desk.ui.care.closing import ClosingCard
from station_desk.ui.look.look import Look
from station_desk.ui.shared.confirm import Confirm
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, words, wrapping

T = TypeVar("T")
SIZE = (900, 620)
MOST_TOLD = 200


class CareDialog(QDialog):
    """`changed` says that a backup was made or tried: its age in the status bar is another now."""

    changed = Signal()

    def __init__(
        self, acts: Acts, restore: Callable[[Path], None], say: Texts, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("backup.title"))
        self._acts, self._restore, self._say, self._look = acts, restore, say, look
        self._cared: Cared | None = None
        self.state = wrapping(words("", look))
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setProperty("framed", "yes")
        self.told.setTabChangesFocus(True)
        self.told.setFont(look.font(look.sizes.secondary))
        self.told.setAccessibleName(say("backup.told"))
        self.make = KeyButton(say("backup.make"), key_of("care.make"), look, "primary")
        self.drill = KeyButton(say("backup.drill"), key_of("care.drill"), look)
        self.deep = KeyButton(say("backup.deep"), key_of("care.deep"), look)
        self.put_back = KeyButton(say("backup.put_back"), key_of("care.put_back"), look)
        self.calls = KeyButton(say("callback.button"), key_of("care.call_backs"), look)
        self.calls_state = wrapping(words("", look))
        self.leave = KeyButton(say("diagnose.close"), key_of("care.leave"), look)
        self.closing = ClosingCard(acts, say, look)
        self._arrange(look)
        self.make.clicked.connect(self._make)
        self.drill.clicked.connect(self._drill)
        self.deep.clicked.connect(self._check)
        self.put_back.clicked.connect(self._ask_to_restore)
        self.calls.clicked.connect(self._show_calls)
        self.leave.clicked.connect(self.close)
        self.reload()

    def reload(self) -> None:
        """Looks how it stands now."""
        self._acts.tasks.run(lambda: care_now(self._acts.desk), self._show, lane="aside")

    def _show(self, cared: Cared) -> None:
        self._cared = cared
        self.state.setText("\n".join(cared.sentences))
        self.put_back.setEnabled(cared.newest is not None)
        self.calls_state.setText(waiting_words(cared.calls, self._say))
        self.calls_state.setVisible(bool(cared.calls.open))
        set_tone(self.calls_state, "bad" if cared.calls.overdue else "warn", self._look)
        if not self.told.toPlainText():
            self._tell(cared.backups)

    def _show_calls(self) -> None:
        CallBacksDialog(self._acts, self.reload, self._say, self._look, self).show()

    def _make(self) -> None:
        self._work(back_up, self._made, "backup.under_way")

    def _made(self, made: BackedUp) -> None:
        size = round(made.size / MEGABYTE, 1)
        sentence = self._say(
            "backup.made", folder=made.folder, events=made.events, cases=made.cases, size=size,
            seconds=made.seconds,
        )  # fmt: skip
        second = self._say("backup.second_made") if made.second == "made" else made.trouble
        self._tell([sentence, *([second] if second else [])])
        self.changed.emit()
        self.reload()

    def _drill(self) -> None:
        self._work(drill_now, self._drilled, "backup.drill_under_way")

    def _drilled(self, told: Drilled) -> None:
        self._tell(drill_words(told, self._say))
        self.reload()

    def _check(self) -> None:
        self._work(check_deeply, self._checked, "backup.check_under_way")

    def _checked(self, findings: list[Finding]) -> None:
        self.reload()
        if not findings:
            self._tell([self._say("cli.verified")])
            return
        told = [finding_words(one, self._say) for one in findings[:MOST_TOLD]]
        self._tell([self._say("cli.verify_failed", count=len(findings)), *told])

    def _work(self, work: Callable[[Desk, Progress], T], then: Callable[[T], None], title: str) -> None:
        """Long work in the lane of the keeper; it can be stopped at the foot of the window."""
        named = self._say(title)
        self._tell([named])
        # A button that cannot be pressed gives the focus away: not to the one that restores.
        self.leave.setFocus()
        self._enable(on=False)
        self._acts.tasks.run_counted(
            lambda task: work(self._acts.desk, task.progress), then, lane="keep", refused=self._refuse,
            ended=lambda: self._enable(on=True), title=named,
        )  # fmt: skip

    def _refuse(self, error: DeskError) -> None:
        self._tell([self._say.error(error)])

    def _enable(self, *, on: bool) -> None:
        for button in (self.make, self.drill, self.deep):
            button.setEnabled(on)

    def _tell(self, lines: Sequence[str]) -> None:
        self.told.setPlainText("\n".join(lines))
        self.told.setVisible(bool(lines))

    def _ask_to_restore(self) -> None:
        """Asks once more: the window closes, and the last backup takes the place of what is here."""
        cared = self._cared
        if cared is None or cared.newest is None:
            return
        newest, say = cared.newest, self._say
        Confirm(
            say("backup.put_back"), say("backup.restore_sure", made=cared.made), say("backup.restore_yes"),
            say("backup.restore_no"), lambda: self._restore(newest), self._look, self,
        ).open()  # fmt: skip

    def _arrange(self, look: Look) -> None:
        say = self._say
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(section(say("backup.title"), look))
        column.addWidget(self.state)
        column.addWidget(self.calls_state)
        column.addWidget(
            flowing([self.make, self.drill, self.deep, self.put_back, self.calls], "left", look.px(10))
        )
        column.addWidget(self.told, 1)
        column.addWidget(self.closing)
        self.closing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        # As long as nothing is told, what can be done stands together, and the rest stays free below.
        column.addStretch()
        self.told.hide()
        row = QHBoxLayout()
        row.addWidget(wrapping(small(say("backup.words"), look)), 1)
        row.addWidget(self.leave)
        column.addLayout(row)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))
