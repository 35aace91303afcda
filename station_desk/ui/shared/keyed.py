"""A button that does at once what its key asks for; Qt's own waits a tenth of a second to look pressed."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from station_desk.ui.shared.key_table import ActKey


class Keyed(QPushButton):
    """A push button with a key that is heard in the whole window while the button is in sight and enabled."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.act = key.act if isinstance(key, ActKey) else ""
        self.denied = ""

    def deny(self, reason: str) -> None:
        """Whoever is signed in may not do this: it stays so whatever happens, and says why."""
        self.denied = reason
        self.setEnabled(False)
        self.setToolTip(self.toolTip())
        self.setAccessibleDescription(self.accessibleDescription())

    def setEnabled(self, on: bool, /) -> None:  # noqa: FBT001 - Qt's own
        super().setEnabled(on and not self.denied)

    def setToolTip(self, words: str, /) -> None:
        super().setToolTip(self._with_reason(words))

    def setAccessibleDescription(self, words: str, /) -> None:
        super().setAccessibleDescription(self._with_reason(words))

    def _with_reason(self, words: str) -> str:
        return "\n".join(dict.fromkeys(filter(None, (*self.denied.splitlines(), *words.splitlines()))))

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
