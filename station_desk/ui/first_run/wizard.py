"""The window of the first run: the steps at the left, the one that is asked now, back and on."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.settings import kept_on_pc, setting_named, value_in
from station_desk.core.texts import Texts
from station_desk.ui.first_run.answers import STEPS
from station_desk.ui.first_run.fields import Fields
from station_desk.ui.handbook.book import Book, topic_of
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.editors import ChoiceEditor
from station_desk.ui.shared.field_box import Frame
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, title, words, wrapping
from station_desk.ui.shared.scrolling import scrolling
from station_desk.ui.shared.surface import Surface

SIZE = (1040, 680)
STEPS_WIDTH, FIELDS_WIDTH = 220, 560
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HERE = ("language", "look.theme", "look.text_size")


class Wizard(QWidget):
    """Shows one step. `on`, `back`, `later` are its buttons; `here` carries a setting of this PC and its
    value; `edited` comes while somebody types.
    """

    on = Signal()
    back = Signal()
    later = Signal()
    edited = Signal()
    here = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        Heard("first_run.help", self, self.open_handbook)
        self.fields: Fields | None = None

    def show_step(self, step: str, fields: Fields, say: Texts, look: Look) -> None:
        """Puts a step in the place of the one before."""
        before, self._body = self._body, QWidget()
        self.fields = fields
        self._say, self._look = say, look
        self.setWindowTitle(say("first_run.title"))
        self.hint = wrapping(small("", look))
        place = STEPS.index(step)
        self.back_button = KeyButton(say("first_run.back"), key_of("first_run.back"), look)
        self.back_button.setVisible(place > 0)
        self.later_button = KeyButton(say("first_run.later"), key_of("first_run.later"), look)
        self.later_button.setVisible(step == STEPS[-1])
        self.next_button = KeyButton(say(f"first_run.{step}.next"), key_of("first_run.next"), look, "primary")
        self.next_button.clicked.connect(self.on)
        self.back_button.clicked.connect(self.back)
        self.later_button.clicked.connect(self.later)
        fields.edited.connect(self.edited)
        for box in fields.boxes.values():
            for target in box.editor.targets():
                target.installEventFilter(self)
        self._arrange(place, fields)
        self._frame.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._frame.addWidget(self._body)

    def open_handbook(self) -> None:
        """F1: what the handbook says of the first run."""
        book = self._body.findChild(Book) or Book(self._say, self._look, self._body)
        book.open_at(topic_of(self, ""))

    def tell(self, sentence: str, *, good: bool = True) -> None:
        """Says something beside the buttons."""
        self.hint.setText(sentence)
        set_tone(self.hint, "plain" if good else "bad", self._look)

    def set_busy(self, sentence: str) -> None:
        """Something is under way: the buttons wait. An empty sentence ends it."""
        for button in (self.next_button, self.back_button, self.later_button):
            button.setEnabled(not sentence)
        self.tell(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter leads to the next field, and after the last one on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            targets = self._targets()
            place = next((n for n, target in enumerate(targets) if target is watched), len(targets))
            if place + 1 < len(targets):
                targets[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.next_button.click()
            return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def _targets(self) -> list[QWidget]:
        boxes = self.fields.boxes.values() if self.fields else ()
        return [
            target
            for box in boxes
            if not box.isHidden() and box.isEnabled()
            for target in box.editor.targets()
        ]

    def _arrange(self, place: int, fields: Fields) -> None:
        look, say = self._look, self._say
        step = STEPS[place]
        inside = QWidget()
        inside.setProperty("ground", "none")
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        inner.setSpacing(look.px(12))
        inner.addWidget(wrapping(title(say(f"first_run.{step}.title"), look)))
        inner.addWidget(wrapping(words(say(f"first_run.{step}.words"), look)))
        fields.setMaximumWidth(look.px(FIELDS_WIDTH))
        inner.addWidget(fields)
        inner.addStretch()
        card = Surface("card", look)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, look.px(3), 1, look.px(3))
        column.setSpacing(0)
        column.addWidget(scrolling(inside), 1)
        buttons = [self.back_button, self.later_button, self.next_button]
        column.addWidget(action_bar(self.hint, buttons, look))
        row = QHBoxLayout()
        row.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        row.setSpacing(look.px(12))
        row.addWidget(self._steps(place))
        row.addWidget(card, 1)
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addLayout(row, 1)

    def _steps(self, now: int) -> QWidget:
        look, say = self._look, self._say
        side = QWidget()
        side.setFixedWidth(look.px(STEPS_WIDTH))
        column = QVBoxLayout(side)
        column.setContentsMargins(look.px(6), look.px(14), 0, 0)
        column.setSpacing(look.px(14))
        for place, step in enumerate(STEPS):
            mark = "✓" if place < now else str(place + 1)
            label = words(f"{mark}  {say(f'first_run.{step}.short')}", look)
            if place == now:
                label.setFont(look.bold(look.sizes.body))
                set_tone(label, "accent", look)
            else:
                set_tone(label, "ok" if place < now else "plain", look)
            column.addWidget(wrapping(label))
        column.addStretch()
        return side

    def _head(self) -> Surface:
        look, say, kept = self._look, self._say, kept_on_pc()
        head = Surface("bottom", look)
        row = QHBoxLayout(head)
        row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        row.setSpacing(look.px(16))
        row.addWidget(section(say("first_run.title"), look))
        row.addStretch()
        for key in HERE:
            choices = setting_named(key).choices
            editor = ChoiceEditor(look, [(v, say(f"settings.choice.{key}.{v}")) for v in choices], "")
            editor.put(value_in(kept, key))
            editor.setAccessibleName(say(f"settings.name.{key}"))
            editor.activated.connect(lambda _row, key=key, box=editor: self.here.emit(key, box.value()))
            label = QLabel(say(f"settings.name.{key}"))
            label.setFont(look.font(look.sizes.secondary))
            label.setBuddy(editor)
            set_tone(label, "plain", look)
            frame = Frame(look)
            inside = QHBoxLayout(frame)
            inside.setContentsMargins(look.px(9), look.px(3), look.px(7), look.px(3))
            inside.addWidget(editor)
            frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(label)
            row.addWidget(frame)
        return head
