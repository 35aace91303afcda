"""What a clerk reads aloud after accepting: the case number, the due day, whether the receipt came out."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout

from station_desk.catalogue.item import Item
from station_desk.core.texts import Texts
from station_desk.counter.answers import Accepted
from station_desk.counter.wording import worded
from station_desk.ui.counter_page.undo_strip import UndoStrip
from station_desk.ui.look.icons import pixmap
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import centred, set_tone, small, title, words, wrapping
from station_desk.ui.shared.surface import Surface


class DoneCard(Surface):
    """Shown until the next request begins. Its buttons are the usual next steps; `undone` carries the number
    and why it is taken back.
    """

    again = Signal(str)
    sheet = Signal(str)
    undone = Signal(str, str)
    closed = Signal()

    def __init__(self, accepted: Accepted, item: Item, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._say = say
        self._printing = False
        number = accepted.number
        self.number = title(number, look)
        self.number.setFont(look.bold(look.sizes.figure))
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.printed = words(say("ui.done.printing"), look)
        self.hint = small("", look)
        reprint = KeyButton(say("ui.done.again"), key_of("done.again"), look)
        sheet = KeyButton(say("ui.done.sheet"), key_of("done.sheet"), look)
        self.close_button = KeyButton(say("ui.done.close"), key_of("done.close"), look, "primary")
        # It stands where the acceptance was pressed: the second half of a double click is not meant for it.
        self.close_button.setEnabled(False)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self._let_go)
        reprint.clicked.connect(lambda: self.again.emit(number))
        sheet.clicked.connect(lambda: self.sheet.emit(number))
        self.close_button.clicked.connect(self.closed)
        self.undo = UndoStrip(say, look)
        self.undo.undone.connect(lambda reason: self.undone.emit(number, reason))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(3), 1, look.px(3))
        column.setSpacing(0)
        column.addStretch(2)
        column.addLayout(self._middle(accepted, item, look))
        column.addStretch(3)
        column.addWidget(self.undo)
        actions = [self.undo.offer, reprint, sheet, self.close_button]
        column.addWidget(action_bar(wrapping(self.hint), actions, look))

    def _let_go(self) -> None:
        self.close_button.setEnabled(True)
        if QApplication.focusWidget() in (None, self):
            self.close_button.setFocus()

    def tell_printing(self) -> None:
        """The receipt is on its way."""
        self._printing = True
        self.printed.setText(self._say("ui.done.printing"))
        set_tone(self.printed, "plain", self._look)

    def settle(self) -> None:
        """The printing ended; what did not come out is said, and can be printed again."""
        if self._printing:
            self._tell(self._say("ui.done.not_printed"), good=False)

    def tell_printed(self, copy: int) -> None:
        """The receipt came out; a later copy is a reprint."""
        key = "ui.done.printed" if copy == 1 else "ui.done.reprinted"
        self._tell(self._say(key, copy=copy), good=True)

    def tell_sheet(self) -> None:
        """The workflow sheet came out."""
        self.hint.setText(self._say("ui.done.sheet_printed"))

    def _tell(self, text: str, *, good: bool) -> None:
        self._printing = False
        self.printed.setText(text)
        set_tone(self.printed, "ok" if good else "bad", self._look)

    def _middle(self, accepted: Accepted, item: Item, look: Look) -> QVBoxLayout:
        sign = QLabel()
        sign.setPixmap(pixmap("done", look.palette.ok, look.px(56), 2.0))
        head = words(self._say("ui.done.accepted", item=worded(item.name, self._say)), look)
        column = QVBoxLayout()
        column.setSpacing(look.px(10))
        for label in (sign, head, self.number, words(self._due(accepted, item), look), self.printed):
            label.setContentsMargins(look.px(16), 0, look.px(16), 0)
            column.addWidget(centred(label))
        return column

    def _due(self, accepted: Accepted, item: Item) -> str:
        if not item.limit.promised or not accepted.promised:
            return self._say("ui.done.at_once")
        due = self._say("ui.done.due", day=accepted.promised[:16].replace("T", " "))
        return self._say("ui.done.provisional", due=due) if accepted.provisional else due
