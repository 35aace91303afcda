"""What a case says of people: masked; in full for a minute, after a reason. Esc, leaving, time cover it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station_desk.cases.contents import Line
from station_desk.cases.opened import REASONS
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.access import Unmask, contents_of, unmask
from station_desk.counter.access_words import place_words, value_words
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import ChoiceEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, words, wrapping
from station_desk.ui.shared.scrolling import scrolling

SIZE = (760, 560)
OPEN_SECONDS = 60
"""So long something stands open without anybody doing anything."""
SECOND_MS = 1000


class ContentsDialog(QDialog):
    """Not modal: it is read beside the case."""

    def __init__(self, number: str, acts: Acts, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("access.window.title", number=number))
        self._number = number
        self._acts = acts
        self._say = say
        self._look = look
        self._covered: Sequence[Line] = ()
        self._is_there = True
        self._command = new_command()
        self._left = 0
        self.values: dict[str, QLabel] = {}
        self.head = section(say("access.window.title", number=number), look)
        options = [(reason, say(f"access.reason.{reason}")) for reason in REASONS]
        self.reason = FieldBox(
            "reason", say("access.window.reason"), ChoiceEditor(look, options, ""), look, required=True
        )
        self.words = FieldBox("words", say("access.window.words"), LineEditor(look), look, required=False)
        self.hint = wrapping(small(say("access.window.hint"), look))
        self.leave = KeyButton(say("access.window.close"), key_of("contents.leave"), look)
        self.reveal = KeyButton(say("access.window.open"), key_of("contents.reveal"), look, "primary")
        self._clock = QTimer(self, interval=SECOND_MS)
        self._arrange()
        self._clock.timeout.connect(self._count_down)
        self.leave.clicked.connect(self.close)
        self.reveal.clicked.connect(self.press)
        self._acts.look(lambda desk: contents_of(desk, number, "window"), self._show_covered)

    def press(self) -> None:
        """Asks to see it in full, with the reason as it stands."""
        wish = Unmask(self._number, self.reason.value(), self.words.value(), way="window")
        command = self._command
        self.reveal.setEnabled(False)
        self._acts.tasks.run(
            lambda: unmask(self._acts.desk, wish, command), self._show_open, refused=self._on_refused,
            ended=self._after,
        )  # fmt: skip

    def cover(self) -> None:
        """Masks everything again; the next look needs a reason of its own."""
        if not self._clock.isActive():
            return
        self._clock.stop()
        self._command = new_command()
        self.reveal.setEnabled(True)
        self._show(self._covered)
        self._tell(self._say("access.window.covered"), good=True)
        self.reason.put("")
        self.words.put("")

    def is_open(self) -> bool:
        """Whether something stands there in full."""
        return self._clock.isActive()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Whoever turns to another window leaves nothing open behind him.
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.cover()

    def hideEvent(self, event: QHideEvent, /) -> None:
        # A window that was locked comes back with everything masked.
        self.cover()
        super().hideEvent(event)

    def done(self, result: int, /) -> None:
        self._is_there = False
        self._clock.stop()
        super().done(result)

    def _show_covered(self, lines: Sequence[Line]) -> None:
        if not self._is_there:
            return
        self._covered = lines
        self._show(lines)
        can_open = any(line.level == "reason" for line in lines)
        for widget in (self.reason, self.words, self.reveal):
            widget.setVisible(can_open)
        if not lines:
            self._tell(self._say("access.window.none"), good=True)
        if can_open:
            self.reason.editor.targets()[0].setFocus()

    def _show_open(self, lines: Sequence[Line]) -> None:
        if not self._is_there:
            return
        if not self.isVisible():
            # The window was locked meanwhile: it is asked for again, with a reason of its own.
            self._command = new_command()
            return
        self._show(lines)
        self._left = OPEN_SECONDS
        self._clock.start()
        self._say_left()

    def _after(self) -> None:
        if self._is_there:
            # What stands open already is not asked for again.
            self.reveal.setEnabled(not self.is_open())

    def _on_refused(self, error: RuleError) -> None:
        if self._is_there:
            self._tell(self._say.error(error), good=False)
            self._command = new_command()
            self.reason.editor.targets()[0].setFocus()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.cover()
        else:
            self._say_left()

    def _say_left(self) -> None:
        self._tell(self._say("access.window.open_until", seconds=self._left), good=True)

    def _tell(self, sentence: str, *, good: bool) -> None:
        self.hint.setText(sentence)
        set_tone(self.hint, "plain" if good else "warn", self._look)

    def _show(self, lines: Sequence[Line]) -> None:
        """The same rows keep their labels: only what they say changes."""
        for row, line in enumerate(lines):
            place = f"{row} {line.place}"
            if place not in self.values:
                name = wrapping(small(place_words(line, self._acts.desk.catalogue, self._say), self._look))
                value = self.values[place] = wrapping(words("", self._look))
                name.setContentsMargins(0, self._look.px(2), 0, 0)
                self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(value, row, 1)
            self.values[place].setText(value_words(line, self._say))

    def _arrange(self) -> None:
        look = self._look
        body = QWidget()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(16))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 3)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, look.px(8), 0)
        inner.addLayout(self._grid)
        inner.addStretch()
        asking = QHBoxLayout()
        asking.setSpacing(look.px(12))
        asking.addWidget(self.reason, 2)
        asking.addWidget(self.words, 3)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(10))
        actions.addWidget(self.hint, 1)
        actions.addWidget(self.leave)
        actions.addWidget(self.reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(self.head)
        column.addWidget(scrolling(body), 1)
        column.addLayout(asking)
        column.addLayout(actions)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))
