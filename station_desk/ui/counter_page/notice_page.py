"""The one-time notice before it is printed: all that is wrong, what only the clerk sees, until when."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.counter_page.undrawn_note import UndrawnNote
from station_desk.ui.look.look import Look
from station_desk.ui.shared.check_word import CheckWord
from station_desk.ui.shared.editors import DayEditor, TextEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.labels import section, words, wrapping


class NoticePage(QScrollArea):
    """`edited` says that something was ticked or typed."""

    edited = Signal()

    def __init__(self, conditions: Sequence[str], say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._conditions = [(one, CheckWord("", look)) for one in conditions]
        self.title = section("", look)
        self.other = FieldBox(
            "notice.other", say("ui.notice_page.other"), TextEditor(look, say("ui.notice_page.other_hint")),
            look, required=False,
        )  # fmt: skip
        self.until = FieldBox(
            "notice.until", say("ui.notice_page.until"), DayEditor(look, say("ui.form.date_hint")), look,
            required=True,
        )  # fmt: skip
        self.undrawn = UndrawnNote(say, look)
        self._found = QVBoxLayout()
        self._found.setSpacing(look.px(6))
        page = QWidget()
        page.setProperty("ground", "none")
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(self.title)
        column.addLayout(self._found)
        if self._conditions:
            column.addWidget(section(say("ui.notice_page.conditions"), look))
        for condition, tick in self._conditions:
            column.addWidget(self._condition(condition, tick))
        column.addWidget(self.other)
        column.addWidget(self.undrawn)
        column.addWidget(self.until)
        column.addStretch()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        for box in (self.other, self.until):
            box.edited.connect(self.edited)
        self.other.edited.connect(self._name_undrawn)

    def open(self, found: Sequence[str], until: str) -> None:
        """Lists what was found wrong in form and papers, and proposes a day."""
        while (row := self._found.takeAt(0)) is not None:
            if widget := row.widget():
                widget.deleteLater()
        for n, sentence in enumerate(found, 1):
            self._found.addWidget(wrapping(words(f"{n}. {sentence}", self._look)))
        self.title.setText(self._say("ui.notice_page.title", count=len(found)))
        if not self.until.value():
            self.until.put(until)
        first = self._conditions[0][1] if self._conditions else self.other.editor.targets()[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def unmet(self) -> tuple[str, ...]:
        """The conditions that are ticked as not met."""
        return tuple(condition for condition, tick in self._conditions if tick.isChecked())

    def others(self) -> tuple[str, ...]:
        """What the clerk wrote, a defect a line."""
        return tuple(line.strip() for line in self.other.value().splitlines() if line.strip())

    def _name_undrawn(self) -> None:
        # The notice is printed as soon as it is stored: what no font draws is said before that.
        self.undrawn.look_at({self._say("ui.notice_page.other"): self.other.value()})

    def _condition(self, condition: str, tick: CheckWord) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._look.px(14))
        tick.setText(self._say("ui.notice_page.not_met"))
        tick.setAccessibleName(f"{self._say('ui.notice_page.not_met')}: {condition}")
        tick.toggled.connect(lambda _on: self.edited.emit())
        line.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(wrapping(words(condition, self._look)), 1)
        return row
