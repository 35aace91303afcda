"""A turn of a case beside its next step, filled in under the case: one key does it, Esc leaves."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from station_desk.cases.case import Case
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Moved
from station_desk.counter.application import Fault, answer_fault
from station_desk.counter.completion import StillAsked, still_asked
from station_desk.counter.one_time_notice import fault_words
from station_desk.counter.wording import field_label, worded
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.answer_editor import answer_editor
from station_desk.ui.shared.check_word import CheckWord
from station_desk.ui.shared.confirm import Confirm
from station_desk.ui.shared.editors import DayEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import capital, section, set_tone, small, wrapping
from station_desk.ui.shared.scrolling import Fitting
from station_desk.ui.shared.turns import (
    ANSWER,
    DAYS,
    DEFECT,
    PAPER,
    PAPERS_BACK,
    Said,
    Turn,
    act_of,
    possible_turns,
)


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
        self.ticks: dict[str, CheckWord] = {}
        self.more = KeyButton(say("turn.more"), key_of("case.more"), look)
        self.every = KeyButton(say("turn.every"), key_of("turn.every"), look)
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
        self.every.clicked.connect(self.tick_all)
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
        case = self._case
        if case is None:
            return
        if turn.name != "complete":
            self._lay_out(turn, case, None)
            return

        def found(asked: StillAsked) -> None:
            if self._case is case:
                self._lay_out(turn, case, asked)

        self._acts.look(lambda desk: still_asked(desk, case), found)

    def _lay_out(self, turn: Turn, case: Case, asked: StillAsked | None) -> None:
        self._empty()
        self._turn, self._command = turn, new_command()
        self.head.setText(self._say(f"turn.{turn.name}"))
        self.do.say(self._say(f"turn.do.{turn.name}"), "primary")
        self._tick_boxes(self._marks(turn, case, asked))
        row = (len(self.ticks) + 1) // 2
        boxes = [self._box(key) for key in turn.asks]
        boxes += self._wrong_answers(asked) if asked else []
        for place, box in enumerate(boxes):
            self.fields[box.key] = box
            self._grid.addWidget(box, row + place // 4, place % 4)
        self.hint.clear()
        self.more.hide()
        self.every.setVisible(asked is not None and len(self.ticks) > 1)
        # What it takes the place of goes first: the window must not grow.
        self.opened.emit(True)
        self.show()
        targets = (box.editor.targets()[0] for box in self.fields.values())
        next(iter([*self.ticks.values(), *targets, self.do])).setFocus()

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
        if turn.final and said.answers["reason"]:
            self._ask_once_more(turn, case, said)
        else:
            self._go(turn, case, said)

    def _ask_once_more(self, turn: Turn, case: Case, said: Said) -> None:
        say = self._say
        sentence = say(
            f"turn.sure.{turn.name}", number=case.number, item=worded(case.title, say),
            reason=said.answers["reason"],
        )  # fmt: skip
        do = say(f"turn.do.{turn.name}")
        Confirm(
            say(f"turn.{turn.name}"), sentence, do, say("turn.leave"), lambda: self._go(turn, case, said),
            self._look, self.window(),
        ).open()  # fmt: skip

    def _go(self, turn: Turn, case: Case, said: Said) -> None:
        act = act_of(turn, case, said, self._command)
        self.do.setEnabled(False)
        self._acts.do(
            act, lambda moved: self._on_done(turn, moved), refused=self._on_refused,
            ended=lambda: self.do.setEnabled(True),
        )  # fmt: skip

    def tick_all(self) -> None:
        """All that was asked for is here."""
        for tick in self.ticks.values():
            tick.setChecked(True)

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

    def _marks(self, turn: Turn, case: Case, asked: StillAsked | None) -> dict[str, str]:
        """What is to be ticked, by key, in words."""
        say = self._say
        if asked:
            papers = {f"{PAPER}{paper.key}": worded(paper.name, say) for paper in asked.papers}
            return {**papers, **{f"{DEFECT}{n}": text for n, text in enumerate(asked.defects, 1)}}
        if turn.name == "step_back":
            return {PAPERS_BACK: say("turn.papers_back")}
        if turn.name == "supplement":
            return {seen.key: worded(seen.name, say) for seen in case.materials}
        return {}

    def _wrong_answers(self, asked: StillAsked) -> list[FieldBox]:
        """Places for the answers that cannot be accepted as they are, with what is wrong; what stood there is
        covered like all contents of a case.
        """
        say, catalogue = self._say, self._acts.desk.catalogue
        boxes = []
        for fault in asked.wrong:
            if (kind := catalogue.fields.get(fault.field)) is None:
                continue
            editor = answer_editor(kind, catalogue, say, self._look)
            label = capital(field_label(fault.field, catalogue, say))
            box = FieldBox(f"{ANSWER}{fault.field}", label, editor, self._look, required=True)
            box.show_fault(fault_words(fault, say), blocks=True)
            box.edited.connect(lambda box=box, key=fault.field: self._check_answer(box, key))
            boxes.append(box)
        return boxes

    def _check_answer(self, box: FieldBox, key: str) -> None:
        desk, text = self._acts.desk, box.value().strip()
        if text:
            kind = desk.catalogue.fields[key]
            fault = answer_fault(key, text, kind, desk.catalogue, desk.clock().date())
        else:
            fault = Fault(key, "required")
        box.show_fault(fault_words(fault, self._say) if fault else "", blocks=True)

    def _tick_boxes(self, marks: dict[str, str]) -> None:
        for place, (key, words) in enumerate(marks.items()):
            tick = self.ticks[key] = CheckWord(words, self._look)
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
        for widget in (self.hint, self.every, self.leave, self.do):
            actions.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self.head)
        column.addWidget(Fitting(self._place, look.px(90)))
        column.addLayout(actions)
