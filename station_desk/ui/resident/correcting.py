"""Puts one value of a case right, because the resident says that it is wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Moved
from station_desk.counter.correct import CorrectCase, correct_case
from station_desk.counter.resident_rights import PersonHere
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import ChoiceEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, small, wrapping
from station_desk.ui.shared.surface import Surface


class CorrectCard(Surface):
    """`told` carries what came of it, and whether it is good."""

    told = Signal(str, bool)

    def __init__(self, number: str, reason: FieldBox, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._number, self._reason, self._acts, self._say, self._look = number, reason, acts, say, look
        self._command = new_command()
        self.choice = ChoiceEditor(look, [], say("resident.place_hint"))
        self.place = FieldBox("place", say("resident.place"), self.choice, look, required=False)
        self.value = FieldBox("value", say("resident.value"), LineEditor(look), look, required=False)
        self.do = KeyButton(say("resident.correct"), key_of("resident.correct"), look)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(section(say("resident.correct_title", number=number), look))
        column.addWidget(wrapping(small(say("resident.correct_words"), look)))
        fields = QHBoxLayout()
        fields.setSpacing(look.px(12))
        fields.addWidget(self.place, 1)
        fields.addWidget(self.value, 1)
        column.addLayout(fields)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.do)
        column.addLayout(row)
        self.do.clicked.connect(self.press)

    def show_person(self, person: PersonHere) -> None:
        """Offers what can be corrected; a choice that was made stays."""
        chosen = self.choice.value()
        if [self.choice.itemData(row) for row in range(self.choice.count())] != [p for p, _ in person.places]:
            self.choice.clear()
            for place, label in person.places:
                self.choice.addItem(label, place)
            self.choice.put(chosen)
        for widget in (self.place, self.value, self.do):
            widget.setEnabled(bool(person.places))

    def press(self) -> None:
        """Corrects it."""
        if not self.choice.value():
            self.told.emit(self._say("resident.place_first"), False)
            self.place.take_focus()
            return
        values = {self.choice.value(): self.value.value()}
        wish = CorrectCase(self._number, values, self._reason.value().strip())
        command = self._command
        self._acts.do(lambda desk: correct_case(desk, wish, command), self._on_done, refused=self._on_refused)

    def _on_done(self, moved: Moved) -> None:
        self._command = new_command()
        self.value.put("")
        self.told.emit(self._say("access.corrected", number=moved.number, count=1), True)

    def _on_refused(self, error: RuleError) -> None:
        self._command = new_command()
        self.told.emit(self._say.error(error), False)
