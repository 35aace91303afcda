"""What a clerk reads aloud after accepting several items as one matter: each case number and its due day."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from station_desk.catalogue.item import Catalogue
from station_desk.core.texts import Texts
from station_desk.counter.answers import Accepted, BundleAccepted
from station_desk.counter.wording import worded
from station_desk.ui.look.icons import pixmap
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import set_tone, small, title, words, wrapping
from station_desk.ui.shared.surface import Surface


class BundleCard(Surface):
    """Shown until the next request begins. `again` asks for a receipt once more, by case number."""

    again = Signal(str)
    closed = Signal()

    def __init__(self, done: BundleAccepted, catalogue: Catalogue, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._say = say
        self._look = look
        self._numbers = [case.number for case in done.cases]
        self.printed = {number: small("", look) for number in self._numbers}
        self.hint = wrapping(small("", look))
        reprint = KeyButton(say("bundle.window.again"), key_of("done.again"), look)
        self.close_button = KeyButton(say("ui.done.close"), key_of("done.close"), look, "primary")
        # It stands where the acceptance was pressed: the second half of a double click is not meant for it.
        self.close_button.setEnabled(False)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self._let_go)
        reprint.clicked.connect(self._ask_again)
        self.close_button.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(3), 1, look.px(3))
        column.setSpacing(look.px(12))
        column.addStretch(2)
        for widget in (self._sign(), words(self._headline(done), look)):
            column.addLayout(_centred(widget))
        column.addLayout(self._cases(done, catalogue))
        column.addStretch(3)
        column.addWidget(action_bar(self.hint, [reprint, self.close_button], look))

    def tell_printing(self, number: str) -> None:
        """The receipt of a case is on its way."""
        self._tell(number, "ui.done.printing", "plain")

    def tell_printed(self, number: str, copy: int) -> None:
        """The receipt of a case came out; a later copy is a reprint."""
        key = "ui.done.printed" if copy == 1 else "ui.done.reprinted"
        self.printed[number].setText(self._say(key, copy=copy))
        set_tone(self.printed[number], "ok", self._look)

    def settle(self, number: str) -> None:
        """The printing of a case ended; what did not come out is said, and can be printed again."""
        if self.printed[number].text() == self._say("ui.done.printing"):
            self._tell(number, "ui.done.not_printed", "bad")

    def _tell(self, number: str, key: str, tone: str) -> None:
        self.printed[number].setText(self._say(key))
        set_tone(self.printed[number], "bad" if tone == "bad" else "plain", self._look)

    def _ask_again(self) -> None:
        for number in self._numbers:
            self.again.emit(number)

    def _let_go(self) -> None:
        self.close_button.setEnabled(True)
        if QApplication.focusWidget() in (None, self):
            self.close_button.setFocus()

    def _sign(self) -> QLabel:
        sign = QLabel()
        sign.setPixmap(pixmap("done", self._look.palette.ok, self._look.px(56), 2.0))
        return sign

    def _headline(self, done: BundleAccepted) -> str:
        return self._say("bundle.window.accepted", count=len(done.cases), bundle=done.bundle)

    def _cases(self, done: BundleAccepted, catalogue: Catalogue) -> QHBoxLayout:
        look = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(24))
        grid.setVerticalSpacing(look.px(16))
        for row, case in enumerate(done.cases):
            number = title(case.number, look)
            number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            about = QVBoxLayout()
            about.setSpacing(look.px(3))
            name = worded(catalogue.items[case.item].name, self._say)
            for label in (words(name, look), small(self._due(case), look), self.printed[case.number]):
                about.addWidget(label)
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(about, row, 1)
        line = QHBoxLayout()
        line.addStretch()
        line.addLayout(grid)
        line.addStretch()
        return line

    def _due(self, case: Accepted) -> str:
        if not case.promised:
            return self._say("ui.done.at_once")
        due = self._say("ui.done.due", day=case.promised[:16].replace("T", " "))
        return self._say("ui.done.provisional", due=due) if case.provisional else due


def _centred(widget: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(widget)
    row.addStretch()
    return row
