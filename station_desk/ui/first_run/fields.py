"""A step of the first run as fields, each checked beside itself while it is typed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import ChoiceEditor, Editor, LineEditor, Option
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import set_tone, small, wrapping

Check = Callable[[str, Mapping[str, str]], RuleError | None]
"""What is wrong with a field, given all answers of the step."""


class Fields(QWidget):
    """The fields of a step from top to bottom. `edited` comes with each answer."""

    edited = Signal()

    def __init__(self, step: str, check: Check, say: Texts, look: Look) -> None:
        super().__init__()
        self._step = step
        self._check = check
        self._say = say
        self._look = look
        self._touched: set[str] = set()
        self.boxes: dict[str, FieldBox] = {}
        self.note = wrapping(small("", look))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(12))

    def add_line(self, key: str, *, required: bool = False, hint: str = "") -> None:
        """A field of one line."""
        self._add(key, LineEditor(self._look, hint), required=required)

    def add_secret(self, key: str) -> None:
        """A field of one line that nobody reads over a shoulder."""
        line = LineEditor(self._look)
        line.setEchoMode(LineEditor.EchoMode.Password)
        self._add(key, line, required=False)

    def add_file(self, key: str, *, hint: str, kinds: str) -> None:
        """A field for the path of a file, which may be chosen instead of typed."""
        self.add_line(key, hint=hint)
        box, say = self.boxes[key], self._say
        browse = KeyButton(say("first_run.browse"), "", self._look, "quiet")
        browse.setAccessibleName(say("first_run.browse_for", name=box.name))
        browse.clicked.connect(lambda: self._browse(box, kinds))
        box.add_below(browse)

    def _browse(self, box: FieldBox, kinds: str) -> None:
        beside = Path(box.value()).parent
        dialog = QFileDialog(self, box.name, str(beside) if box.value() else "", kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(box.put)
        dialog.open()

    def add_choice(self, key: str, options: Sequence[Option], *, value: str) -> None:
        """A field with a few choices."""
        self._add(key, ChoiceEditor(self._look, options, ""), required=False)
        self.boxes[key].put(value)

    def add_widget(self, widget: QWidget) -> None:
        """Something beside the fields."""
        self.column.addWidget(widget)

    def end(self) -> None:
        """All fields are there: what is said of the step as a whole stands under them."""
        self.column.addWidget(self.note)
        self.column.addStretch()
        self.look_again()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: box.value() for key, box in self.boxes.items()}

    def put(self, values: Mapping[str, str]) -> None:
        """Writes what was answered before."""
        for key, value in values.items():
            if key in self.boxes:
                self.boxes[key].put(value)
        self.look_again()

    def first_fault(self) -> str:
        """The field that must be mended before the step is done; empty when all is well."""
        values = self.values()
        return next(
            (key for key, box in self.boxes.items() if not box.isHidden() and self._check(key, values)), ""
        )

    def ask_all(self) -> None:
        """From now on an empty field is a fault too."""
        self._touched.update(self.boxes)
        self.look_again()

    def look_again(self) -> None:
        """Says beside each field what is wrong with it."""
        values = self.values()
        for key, box in self.boxes.items():
            fault = self._check(key, values)
            filled = bool(box.value().strip())
            sentence = self._say.error(fault) if fault and (filled or key in self._touched) else ""
            if sentence and not filled and box.required:
                # A rule about a word that was not written reads like a riddle.
                sentence = self._say("form.required")
            box.show_fault(sentence, blocks=True)

    def show_only(self, *keys: str) -> None:
        """Shows these fields and hides the others."""
        for key, box in self.boxes.items():
            box.setVisible(key in keys)

    def take_focus(self, key: str = "") -> None:
        """Puts the focus into a field, or into the first one."""
        box = self.boxes.get(key) or next((box for box in self.boxes.values() if box.isEnabled()), None)
        if box:
            box.take_focus()

    def tell(self, sentence: str, *, good: bool) -> None:
        """Says something of the step as a whole."""
        self.note.setText(sentence)
        set_tone(self.note, "ok" if good else "bad", self._look)

    def label(self, text: str) -> QLabel:
        """A sentence among the fields."""
        return wrapping(small(text, self._look))

    def _add(self, key: str, editor: Editor, *, required: bool) -> None:
        box = FieldBox(key, self._say(f"first_run.{self._step}.{key}"), editor, self._look, required=required)
        self.boxes[key] = box
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.column.addWidget(box)
        box.edited.connect(self._on_edited)
        box.left.connect(lambda: self._on_left(key))

    def _on_edited(self) -> None:
        self.look_again()
        self.edited.emit()

    def _on_left(self, key: str) -> None:
        if self.boxes[key].value().strip():
            self._touched.add(key)
            self.look_again()
