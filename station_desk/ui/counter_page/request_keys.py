"""What the keys do in a field of a request before it takes them: Enter goes on, Ctrl+Z brings back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit

if TYPE_CHECKING:
    from station_desk.ui.counter_page.request_panel import RequestPanel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RequestKeys(QObject):
    """The keys of one request."""

    def __init__(self, panel: "RequestPanel") -> None:
        super().__init__(panel)
        self._panel = panel

    def hear(self) -> None:
        """The keys go to another place: from its first key on, they are heard here."""
        if place := QApplication.focusWidget():
            place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        panel = self._panel
        if panel.people.takes(event):
            return True
        if event.matches(QKeySequence.StandardKey.Undo) and panel.clear.may_bring_back():
            panel.clear.press()
            return True
        alone = not isinstance(watched, QPlainTextEdit)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in ENTER and (alone or control):
            panel.confirm_at(watched)
            panel.focusNextChild()
            return True
        return False
