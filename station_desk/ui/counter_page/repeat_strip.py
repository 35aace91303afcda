"""Says above the action that this person has such a case already, and takes the reason for another one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from station_desk.core.texts import Texts
from station_desk.counter.repeats import Repeat
from station_desk.counter.wording import state_words
from station_desk.ui.counter_page.draft import REPEAT
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.labels import set_tone, small, wrapping
from station_desk.ui.shared.surface import Surface


class RepeatStrip(Surface):
    """`edited` carries the reason as it is typed."""

    edited = Signal(str)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("top", look)
        self._say = say
        self.words = wrapping(small("", look))
        set_tone(self.words, "warn", look)
        editor = LineEditor(look, say("ui.repeat.hint"))
        self.reason = FieldBox(REPEAT, say("ui.repeat.reason"), editor, look, required=True)
        self.reason.label.hide()
        self.reason.edited.connect(lambda: self.edited.emit(self.reason.value()))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(6), look.px(16), look.px(2))
        row.setSpacing(look.px(12))
        row.addWidget(self.words, 3)
        row.addWidget(self.reason, 2)
        self.hide()

    def show_repeats(self, repeats: Sequence[Repeat]) -> None:
        """Names the cases; none hides the line."""
        if repeats:
            named = self._say("ui.list").join(
                self._say(
                    "ui.repeat.case", number=one.number, day=one.day,
                    state=state_words(one.state, one.stage, self._say),
                )
                for one in repeats[:2]
            )  # fmt: skip
            self.words.setText(self._say("ui.repeat.words", cases=named))
        self.setVisible(bool(repeats))

    def take_focus(self) -> None:
        """Puts the focus into the reason."""
        self.reason.editor.targets()[0].setFocus(Qt.FocusReason.TabFocusReason)
