"""Destroys the data of a resident in all cases that are over, after saying what goes and what stays."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.destruction import FOLDER
from station_desk.counter.resident_rights import PersonHere
from station_desk.counter.retention import Erased, erase_resident
from station_desk.store.unit import Changes
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.confirm import Confirm
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, small, wrapping
from station_desk.ui.shared.surface import Surface


class EraseCard(Surface):
    """`told` carries what came of it, and whether it is good."""

    told = Signal(str, bool)

    def __init__(self, number: str, reason: FieldBox, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._number, self._reason, self._acts, self._say, self._look = number, reason, acts, say, look
        self._person: PersonHere | None = None
        self._command = new_command()
        self.words = wrapping(small("", look))
        editor = LineEditor(look)
        self.approver = FieldBox("approver", say("access.page.approver"), editor, look, required=True)
        if acts.desk.acting:
            self.approver.put(acts.desk.acting.name)
        self.do = KeyButton(say("resident.erase"), key_of("resident.erase"), look)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(section(say("resident.erase_title"), look))
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(look.px(12))
        row.addWidget(self.approver, 1)
        row.addWidget(self.do)
        column.addLayout(row)
        self.do.clicked.connect(self.press)

    def show_person(self, person: PersonHere) -> None:
        """What would be destroyed now, and why not."""
        self._person = person
        told = [self._say("resident.erase_words", count=len(person.ended))]
        if person.waiting:
            told.append(self._say("resident.erase_waiting", count=len(person.waiting)))
        if person.open:
            told.append(self._say("resident.erase_open", count=len(person.open)))
        self.words.setText(" ".join(told))
        self.do.setEnabled(bool(person.ended) and not person.waiting)

    def press(self) -> None:
        """Asks once more, naming what will be gone and what stays."""
        say, person = self._say, self._person
        if person is None:
            return
        for box, missing in ((self._reason, "reason_first"), (self.approver, "approver_first")):
            if not box.value().strip():
                self.told.emit(say(f"resident.{missing}"), False)
                box.take_focus()
                return
        asked = say(
            "resident.erase_sure", name=person.name, count=len(person.ended), open=len(person.open),
            approver=self.approver.value().strip(),
        )  # fmt: skip
        Confirm(
            say("resident.erase_title"), asked, say("resident.erase_yes"), say("resident.erase_no"), self.run,
            self._look, self,
        ).open()  # fmt: skip

    def run(self) -> None:
        """Destroys it; the record is kept in the profile as PDF."""
        approver, reason, command = self.approver.value(), self._reason.value().strip(), self._command
        self.do.setEnabled(False)
        self._acts.tasks.run(
            lambda: _erased(self._acts.desk, self._number, approver, reason, command), self._on_done,
            refused=self._on_refused, title=self.do.text(),
        )  # fmt: skip

    def _on_done(self, made: tuple[Erased, Changes, Path]) -> None:
        erased, changes, file = made
        self._command = new_command()
        self._acts.changed.emit(changes)
        told = self._say("access.page.destroyed", count=len(erased.cases), record=erased.record, file=file)
        left = self._say(
            "access.left_aside", count=len(erased.left), files=self._say("ui.list").join(erased.left)
        )
        self.told.emit(f"{told} {left}" if erased.left else told, True)

    def _on_refused(self, error: RuleError) -> None:
        self._command = new_command()
        self.told.emit(self._say.error(error), False)
        self.do.setEnabled(True)


def _erased(
    desk: Desk, number: str, approver: str, reason: str, command: str
) -> tuple[Erased, Changes, Path]:
    # What makes paper is slow to load, and only wanted here.
    from station_desk.counter.data_papers import keep_record

    done = erase_resident(desk, number, approver, reason, command)
    return done.answer, done.changes, keep_record(desk, done.answer.record, FOLDER)
