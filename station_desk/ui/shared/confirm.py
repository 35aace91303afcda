"""Asks once more before something that cannot be taken back, by the name of the thing it is done to."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, words, wrapping

WIDTH = 460


class Confirm(QDialog):
    """`then` is called when it is really meant. Enter leaves everything as it is."""

    def __init__(
        self, title: str, sentence: str, do: str, leave: str, then: Callable[[], None], look: Look,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self._then = then
        self.sentence = wrapping(words(sentence, look))
        self.leave = KeyButton(leave, key_of("confirm.leave"), look)
        self.do = KeyButton(do, key_of("confirm.do"), look, "primary")
        head = section(title, look)
        set_tone(head, "bad", look)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(10))
        actions.addStretch()
        actions.addWidget(self.leave)
        actions.addWidget(self.do)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(18), look.px(20), look.px(16))
        column.setSpacing(look.px(14))
        column.addWidget(head)
        column.addWidget(self.sentence)
        column.addLayout(actions)
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.do.clicked.connect(self.press)
        room = look.px(WIDTH - 2 * 20)
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(room))
        self.resize(look.px(WIDTH), self.sizeHint().height())
        self.leave.setFocus()

    def press(self) -> None:
        """It is meant."""
        self.accept()
        self._then()
