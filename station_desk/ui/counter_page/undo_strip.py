"""Takes back what was just accepted: offered for an hour, with a reason, on the card that says it is done."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from station_desk.core.texts import Texts
from station_desk.counter.undo import UNDO_MINUTES
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import OfferingEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.surface import Surface

REASONS = ("wrong_item", "wrong_person", "changed_mind")


class UndoStrip(Surface):
    """`undone` carries the reason. `offer` is the button that opens it, gone when the hour is over."""

    undone = Signal(str)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("top", look)
        self.offer = KeyButton(say("ui.undo.offer"), key_of("done.undo"), look)
        reasons = [say(f"ui.undo.{reason}") for reason in REASONS]
        self.editor = OfferingEditor(look, reasons, reasons[0])
        self.reason = FieldBox("undo.reason", say("ui.undo.reason"), self.editor, look, required=True)
        self.go = KeyButton(say("ui.undo.go"), key_of("done.undo_now"), look)
        self.offer.clicked.connect(self.open)
        self.go.clicked.connect(self._ask)
        self.editor.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        row.setSpacing(look.px(12))
        row.addWidget(self.reason, 1)
        row.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        self.hide()
        QTimer.singleShot(UNDO_MINUTES * 60_000, self, self._end)

    def open(self) -> None:
        """Asks for the reason."""
        self.show()
        self.reason.take_focus()

    def tell(self, sentence: str) -> None:
        """Says why it cannot be taken back."""
        self.reason.show_fault(sentence, blocks=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._ask()
                    return True
                case Qt.Key.Key_Escape:
                    self.hide()
                    return True
                case _:
                    pass
        return False

    def _ask(self) -> None:
        if reason := self.reason.value().strip():
            self.undone.emit(reason)
        else:
            self.reason.take_focus()

    def _end(self) -> None:
        self.offer.hide()
        self.hide()
