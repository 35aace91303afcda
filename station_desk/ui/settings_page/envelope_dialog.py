"""The head's envelope out of the settings: how the data open now, a new envelope, two groups typed back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts
from station_desk.store.vault.telling import KeyState
from station_desk.ui.acts import Acts
from station_desk.ui.first_run.envelope_making import EnvelopeMaking
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import set_tone, small, title, words, wrapping
from station_desk.ui.shared.scrolling import scrolling

WIDTH, HEIGHT = 640, 640


class EnvelopeDialog(QDialog):
    """The step of the first run once more. `state` is how the data open now."""

    def __init__(self, acts: Acts, state: KeyState, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts, self._say, self._look = acts, say, look
        self.setWindowTitle(say("first_run.envelope.title"))
        making = EnvelopeMaking(self._do)
        self.step = making.fields(acts.desk, say, look)
        self.hint = wrapping(small("", look))
        self.on = KeyButton(say("first_run.envelope.next"), key_of("envelope.on"), look, "primary")
        self.on.clicked.connect(lambda: self._leave(making))
        leave = KeyButton(say("diagnose.close"), key_of("envelope.leave"), look)
        leave.clicked.connect(self.reject)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(8))
        inner.setSpacing(look.px(10))
        inner.addWidget(wrapping(title(say("first_run.envelope.title"), look)))
        inner.addWidget(wrapping(words(say(f"key.way.{state.way}"), look)))
        inner.addWidget(wrapping(words(say("first_run.envelope.words"), look)))
        inner.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(body), 1)
        column.addWidget(action_bar(self.hint, [leave, self.on], look))
        self.setFixedSize(within_window(QSize(look.px(WIDTH), look.px(HEIGHT)), parent))

    def _leave(self, making: EnvelopeMaking) -> None:
        self.step.ask_all()
        if key := self.step.first_fault():
            self.step.take_focus(key)
        else:
            making.leave(self.step, self._acts.desk, self.accept)

    def _do(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._acts.tasks.run(work, then, refused=self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self.hint.setText(self._say.error(error))
        set_tone(self.hint, "bad", self._look)
