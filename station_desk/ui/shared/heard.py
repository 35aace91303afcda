"""A key without a button of its own: heard while its part of the window is in sight, offered by Ctrl+K."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from station_desk.ui.shared.key_table import key_of


class Heard(QShortcut):
    """Does an act of the table; `may` tells whether it is possible now."""

    def __init__(
        self, act: str, inside: QWidget, do: Callable[[], object], may: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(key_of(act), inside)
        self.act = act
        self._do = do
        self._may = may
        self.activated.connect(self.press)

    def everywhere(self) -> "Heard":
        """In dialogs of the window too."""
        self.setContext(Qt.ShortcutContext.ApplicationShortcut)
        return self

    def is_possible(self) -> bool:
        """Whether it can be done now."""
        return self.isEnabled() and (self._may is None or self._may())

    def press(self) -> None:
        """Does it, unless it is not possible."""
        if self._may is None or self._may():
            self._do()
