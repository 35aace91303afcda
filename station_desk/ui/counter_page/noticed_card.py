"""What a clerk reads aloud after a one-time notice: the number, until when, whether the paper came out."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout

from station_desk.core.texts import Texts
from station_desk.ui.look.icons import pixmap
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import centred, set_tone, small, title, words, wrapping
from station_desk.ui.shared.surface import Surface


class NoticedCard(Surface):
    """Shown until the next request begins. `again` carries the number of the case."""

    again = Signal(str)
    closed = Signal()

    def __init__(self, number: str, item: str, until: str, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._say = say
        self._printing = False
        self.number = title(number, look)
        self.number.setFont(look.bold(look.sizes.figure))
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.printed = words("", look)
        reprint = KeyButton(say("ui.noticed.again"), key_of("done.again"), look)
        self.close_button = KeyButton(say("ui.done.close"), key_of("done.close"), look, "primary")
        self.close_button.setEnabled(False)
        QTimer.singleShot(QApplication.doubleClickInterval(), self, self._let_go)
        reprint.clicked.connect(lambda: self.again.emit(number))
        self.close_button.clicked.connect(self.closed)
        sign = QLabel()
        sign.setPixmap(pixmap("inbox", look.palette.warn, look.px(56), 2.0))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(3), 1, look.px(3))
        column.setSpacing(look.px(10))
        column.addStretch(2)
        head, day = (
            words(say("ui.noticed.head", item=item), look),
            words(say("ui.noticed.until", day=until), look),
        )
        for label in (sign, head, self.number, day, self.printed):
            label.setContentsMargins(look.px(16), 0, look.px(16), 0)
            column.addWidget(centred(label))
        column.addStretch(3)
        column.addWidget(action_bar(wrapping(small("", look)), [reprint, self.close_button], look))

    def tell_printing(self) -> None:
        """The notice is on its way."""
        self._printing = True
        self._tell("ui.done.printing", "plain")

    def settle(self) -> None:
        """The printing ended; what did not come out is said, and can be printed again."""
        if self._printing:
            self._tell("ui.noticed.not_printed", "bad")

    def tell_printed(self) -> None:
        """The notice came out."""
        self._printing = False
        self._tell("ui.noticed.printed", "ok")

    def _tell(self, key: str, tone: str) -> None:
        self.printed.setText(self._say(key))
        set_tone(self.printed, "ok" if tone == "ok" else "bad" if tone == "bad" else "plain", self._look)

    def _let_go(self) -> None:
        self.close_button.setEnabled(True)
        if QApplication.focusWidget() in (None, self):
            self.close_button.setFocus()
