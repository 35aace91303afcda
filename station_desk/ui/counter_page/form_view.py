"""The form of a request, built from the item: who asks, who comes for the resident, then the item's own
fields.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from station_desk.catalogue.item import Catalogue, Language
from station_desk.core.identifiers import age_on
from station_desk.core.texts import Texts
from station_desk.counter.application import ID_KINDS, Fault
from station_desk.counter.wording import field_label, language_of
from station_desk.ui.counter_page import draft as d
from station_desk.ui.counter_page.prefill import typed_over
from station_desk.ui.look.look import Look
from station_desk.ui.shared.answer_editor import answer_editor
from station_desk.ui.shared.editors import ChoiceEditor, Editor, LineEditor, TextEditor
from station_desk.ui.shared.field_box import FieldBox, ShownBox
from station_desk.ui.shared.labels import capital, section

UNSAID = ("required", "material_missing")
"""Faults that need no sentence while the field is still untouched: the mark and the button say them."""


class FormView(QScrollArea):
    """The fields in two columns. `edited` says that an answer changed, `left` that one was gone through."""

    edited = Signal()
    left = Signal()

    def __init__(self, draft: d.Draft, catalogue: Catalogue, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self._catalogue = catalogue
        self._say = say
        self._look = look
        self._language: Language = language_of(say)
        self.boxes: dict[str, FieldBox] = {}
        self._asked: set[str] = set()
        self.born = ShownBox(capital(say("form.label.born_sex_age")), look)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid = self._new_grid()
        self._row, self._column = 0, 0
        self._steps = self._fields_made()

    def make(self) -> Iterator[None]:
        """Makes the fields that are not there yet, one a step."""
        yield from self._steps

    def show_faults(self, faults: tuple[Fault, ...], sentences: Mapping[str, str], today: date) -> None:
        """Says beside each field what is wrong with it, and what a good document number tells."""
        wrong = {fault.field: fault for fault in faults}
        for key, box in self.boxes.items():
            fault = wrong.get(key)
            untouched = fault is not None and fault.code in UNSAID and key not in self._asked
            if fault is None or untouched:
                box.show_fault("", blocks=False)
            else:
                # What is only to be asked again is no mistake of anybody.
                box.show_fault(sentences[key], blocks=fault.blocks and fault.code != "unconfirmed")
            known = self._draft.known.get(key)
            if key != "applicant.id_number":
                box.show_good(self._say("ui.known.sure") if known and known.sure else "")
        self._show_person(wrong, today)

    def ask_all(self) -> None:
        """From now on every field that lacks an answer says so."""
        self._asked.update(self.boxes)

    def take_focus(self, key: str) -> None:
        """Puts the focus into a field and brings it into sight."""
        self.boxes[key].take_focus()
        self.ensureWidgetVisible(self.boxes[key], 0, self._look.px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A fault that is told while typing may grow the field beyond what is in sight.
        if isinstance(watched, FieldBox) and event.type() == QEvent.Type.Resize and watched.has_focus():
            self.ensureWidgetVisible(watched, 0, self._look.px(8))
        return super().eventFilter(watched, event)

    def show_values(self) -> None:
        """Writes what the draft says into the fields, where they say something else."""
        for key, box in self.boxes.items():
            if box.value() != self._draft.values.get(key, ""):
                box.put(self._draft.values.get(key, ""))

    def _take(self, box: FieldBox) -> None:
        self._draft.values[box.key] = box.value()
        typed_over(self._draft, box.key, box.value())
        if box.key == "applicant.id_kind":
            citizen = box.value() == "citizen_id"
            name = self._label("applicant.id_number") if citizen else self._say("ui.form.document_number")
            self.boxes["applicant.id_number"].rename(name)
        self._show_asked()
        self.edited.emit()

    def _show_asked(self) -> None:
        """Fields that depend on another answer are there only while they are asked."""
        asked = d.asked(self._draft, self._catalogue)
        for field in self._draft.item.field:
            if field.when is not None and field.key in self.boxes:
                self.boxes[field.key].setVisible(field.key in asked)

    def _ask(self, key: str) -> None:
        # A field that was left empty is not yet scolded; one that was filled and emptied again is.
        if key in self._draft.values and key not in self._asked:
            self._asked.add(key)
            self.left.emit()

    def _show_person(self, wrong: Mapping[str, Fault], today: date) -> None:
        person = d.person_in(self._draft)
        if person is None:
            self.born.show_words("")
        else:
            sex = self._say(f"ui.form.sex.{person.sex}")
            age = age_on(person.born, today)
            self.born.show_words(self._say("ui.form.born", born=person.born.isoformat(), sex=sex, age=age))
        box = self.boxes["applicant.id_number"]
        good = box.value().strip() and person is not None and box.key not in wrong
        box.show_good(self._say("form.id_good") if good else "")

    def _new_grid(self) -> QGridLayout:
        page, look = QWidget(), self._look
        page.setProperty("ground", "none")
        grid = QGridLayout(page)
        grid.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(16))
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(12))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.setWidget(page)
        return grid

    def _fields_made(self) -> Iterator[None]:
        yield from self._applicant()
        if self._draft.with_agent:
            yield from self._agent()
        yield from self._fields()
        self._new_row()
        self._grid.setRowStretch(self._row, 1)
        self._show_asked()
        for box in self.boxes.values():
            box.edited.connect(lambda box=box: self._take(box))
            box.left.connect(lambda box=box: self._ask(box.key))
            # One that nobody came to does not grow while it is typed in.
            box.came.connect(lambda box=box: box.installEventFilter(self))
            yield

    @cached_property
    def _marked(self) -> frozenset[str]:
        """The places with a mark: those needed now, and those that are needed once they are asked."""
        later = {field.key for field in self._draft.item.field if field.required and field.when}
        return d.needed(self._draft, self._catalogue) | later

    def _applicant(self) -> Iterator[None]:
        kinds = [(kind, self._say(f"term.id_kind.{kind}")) for kind in ID_KINDS]
        places = [f"applicant.{part}" for part in d.APPLICANT]
        links = {place: key for key, place in d.linked(self._draft.item, self._catalogue).items()}
        for place in places:
            choice = place == "applicant.id_kind"
            editor = ChoiceEditor(self._look, kinds, "") if choice else LineEditor(self._look)
            self._put(place, self._label(links.get(place, place)), editor)
            if place == "applicant.name":
                self._place(self.born)
            yield

    def _agent(self) -> Iterator[None]:
        self._heading(self._say("ui.form.agent"))
        for part in d.AGENT:
            self._put(f"agent.{part}", self._label(f"agent.{part}"), LineEditor(self._look))
            yield

    def _fields(self) -> Iterator[None]:
        links = d.linked(self._draft.item, self._catalogue)
        own = [asked.key for asked in self._draft.item.field if asked.key not in links]
        if own:
            self._heading(self._say("ui.form.item"))
        for key in own:
            kind = self._catalogue.fields[key]
            unit = f" ({kind.unit.in_language(self._language)})" if kind.unit else ""
            editor = answer_editor(kind, self._catalogue, self._say, self._look)
            self._put(key, self._label(key) + unit, editor)
            yield

    def _label(self, place: str) -> str:
        return capital(field_label(place, self._catalogue, self._say))

    def _put(self, key: str, label: str, editor: Editor) -> None:
        required = key in self._marked
        box = FieldBox(key, label, editor, self._look, required=required)
        self.boxes[key] = box
        if value := self._draft.values.get(key):
            box.put(value)
        if isinstance(editor, TextEditor):
            self._new_row()
            self._grid.addWidget(box, self._row, 0, 1, 2)
            self._row += 1
        else:
            self._place(box)

    def _heading(self, text: str) -> None:
        self._new_row()
        self._grid.addWidget(section(text, self._look), self._row, 0, 1, 2)
        self._row += 1

    def _place(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._row, self._column)
        self._column += 1
        if self._column == 2:
            self._row, self._column = self._row + 1, 0

    def _new_row(self) -> None:
        if self._column:
            self._row, self._column = self._row + 1, 0
