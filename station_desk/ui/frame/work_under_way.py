"""Work that takes longer than a moment, shown in the status bar with its count and a way to stop it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import small


class WorkUnderWay(QWidget):
    """What takes longer than a moment: its name, how much is done, and a way to stop it."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self.words = small("", look)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(look.px(120), look.px(6))
        self.bar.setAccessibleName(say("ui.status.progress"))
        self.stop = KeyButton(say("ui.status.stop"), "", look, "quiet")
        self.stop.setFixedHeight(look.px(22))
        self._cancel: Callable[[], None] = _nothing
        self.stop.clicked.connect(self._on_stop)
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        for widget in (self.words, self.bar, self.stop):
            row.addWidget(widget)
        self.hide()

    def _on_stop(self) -> None:
        self._cancel()

    def stop_with(self, cancel: Callable[[], None]) -> None:
        """From now on the button stops this work."""
        self._cancel = cancel

    def show_count(self, title: str, done: int, total: int) -> None:
        """Says how far the work is; a total of 0 is not known yet."""
        self.words.setText(
            self._say("ui.status.count", title=title, done=done, total=total) if total else title
        )
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()


def _nothing() -> None:
    """There is no work to stop yet."""
