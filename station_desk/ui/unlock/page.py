"""Asks calmly, in the language of the person, before anything else is opened; nothing is shown of anybody."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.errors import DeskError
from station_desk.core.settings import setting_named
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.editors import ChoiceEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox, Frame
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, title, words, wrapping
from station_desk.ui.shared.surface import Surface

SIZE, CARD = (1040, 680), 620


class UnlockPage(QWidget):
    """`typed` carries what was typed, `spoken` a language, `closed` that the person gave up.

    With `envelope` only the recovery key is asked for; else the passphrase, hidden while it is typed.
    """

    typed = Signal(str)
    spoken = Signal(str)
    closed = Signal()

    def __init__(self, *, envelope: bool) -> None:
        super().__init__()
        self.setObjectName("desk")
        self._way = "envelope" if envelope else "passphrase"
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        self._typed = ""
        self.line: LineEditor

    def show_in(self, say: Texts, look: Look) -> None:
        """Builds the page in a language; what was typed stays."""
        before, self._body = self._body, QWidget()
        self._say, self._look = say, look
        self.setWindowTitle(say("unlock.title"))
        self.line = LineEditor(look)
        self.line.setText(self._typed)
        self.line.textChanged.connect(self._keep)
        self.line.returnPressed.connect(self._on_open)
        hint = wrapping(small(say(f"unlock.{self._way}.never"), look))
        self.show_button = KeyButton(say("unlock.show"), key_of("unlock.show"), look)
        self.show_button.clicked.connect(self._toggle)
        self.show_button.setVisible(self._way == "passphrase")
        self._hide(hidden=self._way == "passphrase")
        self.open_button = KeyButton(say("unlock.open"), key_of("unlock.open"), look, "primary")
        self.open_button.clicked.connect(self._on_open)
        self.said = wrapping(words("", look))
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self._card(hint))
        middle.addStretch()
        whole.addLayout(middle)
        whole.addStretch(3)
        self._frame.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._frame.addWidget(self._body)
        self.line.setFocus()

    def refuse(self, error: DeskError) -> None:
        """It does not open: why, and the line again."""
        self.set_busy(busy=False)
        self.said.setText(self._say.error(error))
        set_tone(self.said, "bad", self._look)
        self.line.setFocus()
        if self._way == "passphrase":
            self.line.selectAll()

    def set_busy(self, *, busy: bool) -> None:
        """It is being tried: that takes up to a second, by design."""
        for widget in (self.line, self.open_button, self.show_button):
            widget.setEnabled(not busy)
        if busy:
            self.said.setText(self._say("unlock.trying"))
            set_tone(self.said, "plain", self._look)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def _keep(self, text: str) -> None:
        self._typed = text

    def _on_open(self) -> None:
        text = self.line.text().strip()
        if text and self.line.isEnabled():
            self.typed.emit(text)

    def _toggle(self) -> None:
        self._hide(hidden=self.line.echoMode() is QLineEdit.EchoMode.Normal)
        self.line.setFocus()

    def _hide(self, *, hidden: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)

    def _card(self, hint: QLabel) -> Surface:
        say, look = self._say, self._look
        card = Surface("card", look)
        card.setFixedWidth(look.px(CARD))
        inner = QVBoxLayout()
        inner.setContentsMargins(look.px(28), look.px(24), look.px(28), look.px(16))
        inner.setSpacing(look.px(12))
        inner.addWidget(wrapping(title(say(f"unlock.{self._way}.title"), look)))
        inner.addWidget(wrapping(words(say(f"unlock.{self._way}.words"), look)))
        box = FieldBox("key", say(f"unlock.{self._way}.field"), self.line, look, required=False)
        inner.addWidget(box)
        inner.addWidget(self.said)
        inner.addWidget(hint)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, look.px(3), 1, look.px(3))
        column.setSpacing(0)
        column.addLayout(inner)
        column.addWidget(action_bar(small("", look), [self.show_button, self.open_button], look))
        return card

    def _head(self) -> Surface:
        say, look = self._say, self._look
        head = Surface("bottom", look)
        row = QHBoxLayout(head)
        row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        row.setSpacing(look.px(16))
        row.addWidget(section(say("unlock.title"), look))
        row.addStretch()
        label = small(say("settings.name.language"), look)
        choices = setting_named("language").choices
        editor = ChoiceEditor(look, [(v, say(f"settings.choice.language.{v}")) for v in choices], "")
        editor.put(say.language)
        editor.setAccessibleName(say("settings.name.language"))
        editor.activated.connect(lambda _row: self.spoken.emit(editor.value()))
        label.setBuddy(editor)
        frame = Frame(look)
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(look.px(9), look.px(3), look.px(7), look.px(3))
        inside.addWidget(editor)
        for widget in (frame, editor):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(label)
        row.addWidget(frame)
        return head
