"""The bar below the list: how many cases are past their term, and their destruction with its record."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station_desk.cases.rights import may
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.destruction import FOLDER
from station_desk.counter.retention import DueCase, Erased, due_cases, run_retention
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.confirm import Confirm
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import set_tone, words, wrapping
from station_desk.ui.shared.surface import Surface


class DestroyBar(Surface):
    """For the head alone. `destroyed_some` comes when a record was made."""

    destroyed_some = Signal()

    def __init__(self, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._acts = acts
        self._say = say
        self._look = look
        self._count = 0
        self.told = wrapping(words("", look))
        self.approver = FieldBox(
            "approver", say("access.page.approver"), LineEditor(look), look, required=True
        )
        self.button = KeyButton(say("access.page.destroy"), key_of("access.destroy"), look)
        self._arrange()
        self.button.clicked.connect(self._ask)
        self.hide()

    def reload(self) -> None:
        """Counts again what is due."""
        if may(self._acts.desk.role, "erase"):
            self._acts.look(due_cases, self._show)
        else:
            self.hide()

    def run(self) -> None:
        """Destroys what is due; the records are kept in the profile as PDF."""
        approver, command = self.approver.value().strip(), new_command()
        self.button.setEnabled(False)
        self._acts.tasks.run(
            lambda: _destroyed(self._acts.desk, approver, command), self._on_destroyed,
            refused=self._on_refused, ended=lambda: self.button.setEnabled(True),
        )  # fmt: skip

    def _show(self, due: tuple[DueCase, ...]) -> None:
        self._count = sum(case.held for case in due)
        key = "access.page.due" if due else "access.page.none_due"
        self._tell(self._say(key, count=len(due), held=self._count), good=True)
        for widget in (self.approver, self.button):
            widget.setVisible(self._count > 0)
        if self._acts.desk.acting and not self.approver.value():
            self.approver.put(self._acts.desk.acting.name)
        self.show()

    def _ask(self) -> None:
        """Nothing brings it back: here a question may stand in the way."""
        say, approver = self._say, self.approver.value().strip()
        if not approver:
            self.approver.take_focus()
            return
        asked = say("access.page.sure", count=self._count, approver=approver)
        yes, no = say("resident.erase_yes"), say("resident.erase_no")
        Confirm(say("access.page.destroy"), asked, yes, no, self.run, self._look, self).open()

    def _on_destroyed(self, made: tuple[tuple[Erased, Path], ...]) -> None:
        last, file = made[-1]
        count = sum(len(erased.cases) for erased, _ in made)
        self.reload()
        self.destroyed_some.emit()
        told = self._say("access.page.destroyed", count=count, record=last.record, file=file)
        left = self._say(
            "access.left_aside", count=len(last.left), files=self._say("ui.list").join(last.left)
        )
        self._tell(f"{told} {left}" if last.left else told, good=not last.left)

    def _on_refused(self, error: RuleError) -> None:
        self._tell(self._say.error(error), good=False)

    def _tell(self, sentence: str, *, good: bool) -> None:
        self.told.setText(sentence)
        set_tone(self.told, "plain" if good else "warn", self._look)

    def _arrange(self) -> None:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(look.px(12))
        row.addWidget(self.told, 1)
        row.addWidget(self.approver)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        column.addLayout(row)


def _destroyed(desk: Desk, approver: str, command: str) -> tuple[tuple[Erased, Path], ...]:
    # What makes paper is slow to load, and only wanted here.
    from station_desk.counter.data_papers import keep_record

    return tuple(
        (erased, keep_record(desk, erased.record, FOLDER))
        for erased in run_retention(desk, approver, command)
    )
