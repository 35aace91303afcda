"""What covers the window while nobody is signed in, or whoever is has locked it. It names nobody.

It may be the very first thing that is painted: nothing is loaded for it but Qt and plain words.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look, style
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import set_tone, small, title, words, wrapping
from station_desk.ui.shared.surface import Surface

WIDTH = 460


class SignInPage(QWidget):
    """`asked` carries name and password; the name is empty when whoever locked the window comes back."""

    asked = Signal(str, str)

    def __init__(self, about: Mapping[str, str], say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._where = {"station": about["name"], "counter": str(int(about["counter"]))}
        self._may_return = False
        self._is_open = True
        self.head = title("", look)
        self.words = wrapping(words("", look))
        self.name = self._line("sign_in.name")
        self.secret = self._line("sign_in.password")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.hint = wrapping(small("", look))
        self.go = KeyButton("", "", look, "primary")
        self.other = KeyButton("", "", look, "quiet")
        self._arrange()
        # The sheet of the window comes only with its pages.
        style(self, look)
        self.name.returnPressed.connect(self.secret.setFocus)
        self.secret.returnPressed.connect(self.go.click)
        self.go.clicked.connect(self._ask)
        self.other.clicked.connect(self._switch)
        self._show(returning=False)

    def lock(self) -> None:
        """Whoever was here comes back by PIN or password, or somebody else signs in."""
        self._may_return = True
        self._show(returning=True)

    def is_returning(self) -> bool:
        """Whether the page asks whoever locked it."""
        return self.name.isHidden()

    def wait(self, sentence: str) -> None:
        """Nothing can be asked yet."""
        self._is_open = False
        self.go.setEnabled(False)
        self.tell(sentence, good=True)

    def open(self) -> None:
        """From now on somebody may sign in."""
        self._is_open = True
        self.go.setEnabled(True)
        self.tell("", good=True)

    def tell(self, sentence: str, *, good: bool) -> None:
        """Says something under the fields."""
        self.hint.setText(sentence)
        self.hint.setAccessibleName(sentence)
        set_tone(self.hint, "plain" if good else "bad", self._look)

    def refuse(self, sentence: str) -> None:
        """It was not right: what was typed is gone, and may be typed again."""
        self.open()
        self.secret.clear()
        self.tell(sentence, good=False)
        self.secret.setFocus()

    def take_focus(self) -> None:
        """Puts the focus where typing begins."""
        target = self.secret if self.is_returning() or self.name.text() else self.name
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        name, secret = self.name.text().strip(), self.secret.text()
        if not self._is_open:
            return
        if not secret or not (name or self.is_returning()):
            self.tell(self._say("staff.sign_in.empty"), good=False)
            self.take_focus()
            return
        self.wait(self._say("staff.sign_in.checking"))
        self.asked.emit("" if self.is_returning() else name, secret)

    def _switch(self) -> None:
        self._show(returning=not self.is_returning())

    def _show(self, *, returning: bool) -> None:
        say, part = self._say, "lock" if returning else "sign_in"
        self.head.setText(say(f"staff.{part}.title"))
        self.words.setText(say(f"staff.{part}.words", **self._where))
        label = say("staff.lock.secret" if returning else "staff.sign_in.password")
        self._secret_label.setText(label)
        self.secret.setAccessibleName(label)
        for widget in (self.name, self._name_label):
            widget.setVisible(not returning)
        for line in (self.name, self.secret):
            line.clear()
        self.go.say(say(f"staff.{part}.do"), "primary")
        self.other.say(say("staff.lock.other" if returning else "staff.sign_in.back"), "quiet")
        self.other.setVisible(self._may_return)
        self.tell("", good=True)
        self.take_focus()

    def _line(self, key: str) -> QLineEdit:
        line = QLineEdit()
        line.setProperty("framed", "yes")
        line.setAccessibleName(self._say(f"staff.{key}"))
        line.setMinimumHeight(self._look.px(36))
        return line

    def _arrange(self) -> None:
        look, say = self._look, self._say
        self._name_label = small(say("staff.sign_in.name"), look)
        self._secret_label = small(say("staff.sign_in.password"), look)
        self._name_label.setBuddy(self.name)
        self._secret_label.setBuddy(self.secret)
        card = Surface("card", look)
        card.setFixedWidth(look.px(WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(look.px(28), look.px(24), look.px(28), look.px(24))
        column.setSpacing(look.px(8))
        for widget in (
            self.head, self.words, self._name_label, self.name, self._secret_label, self.secret, self.hint,
        ):  # fmt: skip
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addStretch()
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        whole = QGridLayout(self)
        whole.addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)
