"""A turn of a case beside its next step, filled in under the case: one key does it, Esc leaves."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from station_desk.cases.case import Case
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Moved
from station_desk.counter.wording import worded
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import DayEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.shared.scrolling import Fitting
from station_desk.ui.shared.turns import DAYS, Said, Turn, act_of, papers_to_ask, possible_turns


class TurnCard(QWidget):
    """Hidden until a turn is chosen. `opened`: one is, or is no more; `done` carries it and its answer."""

    opened = Signal(bool)
    done = Signal(object, object)

    def __init__(self, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__()
        self._acts = acts
        self._say = say
        self._look = look
        self._case: Case | None = None
        self._turn: Turn | None = None
        self._command = new_command()
        self.fields: dict[str, FieldBox] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.more = KeyButton(say("turn.more"), key_of("case.more"), look)
        self.head = section("", look)
        self.hint = wrapping(small("", look))
        self.do = KeyButton("", key_of("turn.do"), look, "primary")
        self.leave = KeyButton(say("turn.leave"), key_of("turn.leave"), look)
        self._place = QWidget()
        self._grid = QGridLayout(self._place)
        self._arrange()
        self.more.clicked.connect(self._choose)
        self.do.clicked.connect(self.press)
        self.leave.clicked.connect(self.close_turn)
        self.more.hide()
        self.hide()

    def show_case(self, case: Case, *, same: bool) -> None:
        """The case that is shown; one that stands elsewhere now closes what was open."""
        self._case = case
        self.more.setVisible(bool(possible_turns(case)) and self._turn is None)
        if not same and self._turn is not None:
            self.close_turn()

    def menu(self, parent: QWidget) -> QMenu:
        """The turns that are possible."""
        menu = QMenu(parent)
        for turn in possible_turns(self._case) if self._case else ():
            action = menu.addAction(self._say(f"turn.{turn.name}"))
            action.triggered.connect(lambda _checked=False, turn=turn: self.open_turn(turn))
        return menu

    def open_turn(self, turn: Turn) -> None:
        """Lays out what a turn asks."""
        if self._case is None:
            return
        self._empty()
        self._turn, self._command = turn, new_command()
        self.head.setText(self._say(f"turn.{turn.name}"))
        self.do.say(self._say(f"turn.do.{turn.name}"), "primary")
        self._tick_boxes(turn, self._case)
        row = (len(self.ticks) + 1) // 2
        for place, key in enumerate(turn.asks):
            box = self.fields[key] = self._box(key)
            self._grid.addWidget(box, row, place)
        self.hint.clear()
        self.more.hide()
        # What it takes the place of goes first: the window must not grow.
        self.opened.emit(True)
        self.show()
        targets = (box.editor.targets()[0] for box in self.fields.values())
        next(iter([*self.ticks.values(), *targets])).setFocus()

    def press(self) -> None:
        """Does the turn. What a rule wants is said beside the key, and all that was typed stays."""
        case, turn = self._case, self._turn
        if case is None or turn is None:
            return
        for box in self.fields.values():
            if isinstance(box.editor, DayEditor):
                box.editor.editingFinished.emit()
        answers = {key: box.value().strip() for key, box in self.fields.items()}
        said = Said(answers, tuple(key for key, tick in self.ticks.items() if tick.isChecked()))
        act = act_of(turn, case, said, self._command)
        self.do.setEnabled(False)
        self._acts.do(
            act, lambda moved: self._on_done(turn, moved), refused=self._on_refused,
            ended=lambda: self.do.setEnabled(True),
        )  # fmt: skip

    def close_turn(self) -> None:
        """Back to the next step."""
        self._empty()
        self._turn = None
        self.hide()
        self.opened.emit(False)
        self.more.setVisible(self._case is not None and bool(possible_turns(self._case)))

    def _on_done(self, turn: Turn, moved: Moved) -> None:
        self.close_turn()
        self.done.emit(turn, moved)

    def _on_refused(self, error: RuleError) -> None:
        self.hint.setText(self._say.error(error))
        set_tone(self.hint, "warn", self._look)
        # A refused command may be asked again with other words.
        self._command = new_command()

    def _box(self, key: str) -> FieldBox:
        look, say = self._look, self._say
        editor = DayEditor(look, say("ui.form.date_hint")) if key in DAYS else LineEditor(look)
        return FieldBox(key, say(f"turn.field.{key}"), editor, look, required=False)

    def _tick_boxes(self, turn: Turn, case: Case) -> None:
        names = {seen.key: worded(seen.name, self._say) for seen in case.materials}
        for place, key in enumerate(papers_to_ask(turn, case)):
            tick = self.ticks[key] = QCheckBox(names[key])
            tick.setFont(self._look.font(self._look.sizes.body))
            self._grid.addWidget(tick, place // 2, place % 2 * 2, 1, 2)

    def _empty(self) -> None:
        for widget in (*self.fields.values(), *self.ticks.values()):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.fields, self.ticks = {}, {}

    def _choose(self) -> None:
        menu = self.menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, 0)) - QPoint(0, menu.sizeHint().height()))
        menu.setActiveAction(menu.actions()[0])

    def _arrange(self) -> None:
        look = self._look
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        for place in range(4):
            self._grid.setColumnStretch(place, 1)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(10))
        for widget in (self.hint, self.leave, self.do):
            actions.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self.head)
        column.addWidget(Fitting(self._place, look.px(90)))
        column.addLayout(actions)
