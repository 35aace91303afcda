"""A button that does at once what its key asks for; Qt's own waits a tenth of a second to look pressed."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


class Keyed(QPushButton):
    """A push button with a key that is heard in the whole window while the button is in sight and enabled."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key

    def name_it(self, text: str) -> None:
        """Gives it its words; Qt forgets the key of a button with each new text."""
        self.setText(text)
        self.setShortcut(self.key)
        self.setAccessibleName(text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Shortcut:
            self.click()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
