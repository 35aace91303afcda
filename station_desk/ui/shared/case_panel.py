"""The case under the selection: where it stands in its workflow, and the one thing to do next."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station_desk.cases.case import Case, passed_over, ways_on
from station_desk.cases.papers import read_name
from station_desk.cases.staff import may_act
from station_desk.cases.step_back import may_step_back
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Moved, Printed, Sealed
from station_desk.counter.case_sync import Standing, standing_of
from station_desk.counter.certificate_form import Offer, certificate_offer
from station_desk.counter.notices import posting_words
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import possible_papers, print_paper
from station_desk.counter.wording import (
    asked_words,
    handed_words,
    limit_words,
    state_words,
    step_back_words,
    step_name,
    way_words,
    ways_words,
    worded,
)
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.case_next import OUTCOMES, PRINTED_AFTER, WAYS, Next, act_of_next, next_of
from station_desk.ui.shared.contents_dialog import ContentsDialog
from station_desk.ui.shared.editors import ChoiceEditor, LineEditor, Option
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.held_line import HeldLine
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, words, wrapping
from station_desk.ui.shared.paper_offer import PaperOffer
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.stepper import Stage, Stepper
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.turn_card import TurnCard
from station_desk.ui.shared.turns import COMPLETE, TAKE_STEP_BACK, Turn

AskPaper = Callable[[PrintPaper, Callable[[Printed], None]], None]
"""Asks for a paper of a case; the last is called when it came out."""

AskCertificate = Callable[[Offer, Callable[[Sealed], None]], None]
"""Asks for a certificate; the last is called when it was sealed."""


class CasePanel(Surface):
    """A card under the list. What it does changes the case, and the list looks again.

    `resident_asked` carries the number of a case whose resident asks for his data.
    """

    resident_asked = Signal(str)

    def __init__(self, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._acts = acts
        self._say = say
        self._look = look
        self._case: Case | None = None
        self._roomy, self._turning = True, False
        self._command = new_command()
        self._preview: AskPaper | None = None
        self._certify: AskCertificate | None = None
        self._certificate: Offer | None = None
        self.number = section("", look)
        self.name = wrapping(words("", look))
        self.state = Pill("", "accent", look)
        self.contents = KeyButton(say("access.window.show"), key_of("case.contents"), look, "quiet")
        self.resident = KeyButton(say("resident.button"), key_of("case.resident"), look, "quiet")
        self.held = HeldLine(say, look)
        self.stepper = Stepper(say("ui.request.workflow"), look)
        self.history = wrapping(small("", look))
        self.fields: dict[str, FieldBox] = {}
        self.hint = wrapping(small("", look))
        self.papers = PaperOffer(say, look)
        self.primary = KeyButton("", key_of("case.next"), look, "primary")
        self.step_back = KeyButton(say("turn.step_back"), key_of("case.step_back"), look)
        self.turns = TurnCard(acts, say, look)
        self._next = QWidget()
        self._arrange()
        self._next.setVisible(may_act(acts.desk.role))
        self.primary.clicked.connect(self.press)
        self.contents.clicked.connect(self.show_contents)
        self.resident.clicked.connect(self._ask_about_resident)
        self.step_back.clicked.connect(lambda: self.turns.open_turn(TAKE_STEP_BACK))
        self.turns.opened.connect(self._on_turn)
        self.turns.done.connect(self._after_turn)
        self.papers.asked.connect(lambda kind, large: self._ask_for(kind, large=large))
        self.papers.certify.connect(self._ask_certificate)
        self.hide()

    def show_case(self, case: Case) -> None:
        """Shows a case and what can be done with it; what was typed for the same step stays."""
        same = self._case is not None and _place(self._case) == _place(case)
        self._case = case
        self.number.setText(case.number)
        self.name.setText(
            self._say("ui.case.who", item=worded(case.title, self._say), name=case.applicant.name)
        )
        self.state.say(state_words(case.state, case.stage, self._say), "accent")
        self.stepper.show_stages(stages_of(case, self._say))
        self.history.setText("\n".join(lines_of(case, self._say)))
        self._show_parts()
        if not same:
            self._command = new_command()
            self.tell("", good=True)
            self._offer(next_of(case))
            self.papers.offer(())
        self.turns.show_case(case, same=same)
        self.step_back.setVisible(may_step_back(case, self._acts.desk.clock()))
        self._acts.look(
            lambda desk: (
                possible_papers(desk, case.number),
                certificate_offer(desk, case.number),
                standing_of(desk.store, case.number),
            ),
            lambda found: self._show_found(case, *found),
        )
        self.show()

    def show_workflow(self, shown: bool) -> None:  # noqa: FBT001 - one thing in two states
        """The workflow of the case and where it was, or only what can be done: in a low window."""
        self._roomy = shown
        self._show_parts()

    def _show_parts(self) -> None:
        self.stepper.setVisible(self._roomy and not self._turning)
        self.history.setVisible(self._roomy and not self._turning and bool(self.history.text()))

    def tighten(self, tight: bool) -> None:  # noqa: FBT001 - one thing in two states
        """In a very low window: what the row of the list says too gives way, and keys stand in the tips."""
        self._pills.setVisible(not tight)
        for button in (self.contents, self.resident, self.step_back, self.turns.more, *self.papers.buttons()):
            button.show_key(not tight)

    def asks_for_paper(self, preview: AskPaper) -> None:
        """Who is asked for a paper of the case: it is looked at before it is printed."""
        self._preview = preview

    def asks_for_certificate(self, certify: AskCertificate) -> None:
        """Who is asked to seal a certificate of the case."""
        self._certify = certify

    def forget(self) -> None:
        """No case is chosen."""
        self._case = None
        self.hide()

    def case(self) -> Case | None:
        """The case that is shown."""
        return self._case

    def press(self) -> None:
        """Does the next thing."""
        case = self._case
        if case is None:
            return
        what = next_of(case)
        if what == "complete":
            self.turns.open_turn(COMPLETE)
            return
        act = act_of_next(case, what, self._said(), self._command)
        if act is None:
            return
        self.primary.setEnabled(False)
        self._acts.do(
            act, lambda done: self._print_after(what, done), refused=self._on_refused,
            ended=lambda: self.primary.setEnabled(True),
        )  # fmt: skip

    def show_contents(self) -> None:
        """Opens what the case says of people, masked."""
        if self._case:
            dialog = ContentsDialog(self._case.number, self._acts, self._say, self._look, self)
            dialog.show()

    def _ask_about_resident(self) -> None:
        if self._case:
            self.resident_asked.emit(self._case.number)

    def tell(self, sentence: str, *, good: bool) -> None:
        """Says what came of it, beside the actions."""
        self.hint.setText(sentence)
        # Words need some room beside the actions; without any the actions have it all.
        self.hint.setVisible(bool(sentence))
        set_tone(self.hint, "ok" if good else "warn", self._look)

    def _on_refused(self, error: RuleError) -> None:
        self.tell(self._say.error(error), good=False)

    def _said(self) -> dict[str, str]:
        return {key: box.value().strip() for key, box in self.fields.items()}

    def _on_turn(self, opened: bool) -> None:  # noqa: FBT001 - Qt's signal
        """While another turn is filled in, the next step waits."""
        self._next.setVisible(not opened and may_act(self._acts.desk.role))
        self._turning = opened
        self._show_parts()

    def _after_turn(self, turn: Turn, moved: Moved) -> None:
        self.tell(self._say(f"turn.done.{turn.name}"), good=True)
        if turn.paper:
            self._print_of(moved.number, turn.paper)

    def _show_found(
        self, case: Case, kinds: tuple[str, ...], certificate: Offer | None, held: Standing
    ) -> None:
        if self._case is case:
            self.held.show_standing(held)
            self.papers.offer(kinds)
            self._certificate = certificate
            if certificate:
                self.papers.offer_certificate()

    def _ask_certificate(self) -> None:
        if self._certificate and self._certify:
            self._certify(self._certificate, self._on_sealed)

    def _on_sealed(self, answer: Sealed) -> None:
        """The sealed certificate is looked at and printed at once, as after every act that makes a paper."""
        self.tell(self._say("papers.certificate.sealed", seal=answer.seal), good=True)
        if self._preview:
            kind, turn = read_name(answer.paper)
            wish = PrintPaper(answer.number, kind, turn=turn)
            self._preview(wish, lambda printed: self._on_printed(kind, printed))

    def _print_after(self, what: Next, done: Moved) -> None:
        """What always goes with the act is printed at once, as at acceptance."""
        for kind in PRINTED_AFTER.get(what, ()):
            self._print_of(done.number, kind)

    def _ask_for(self, kind: str, *, large: bool) -> None:
        if self._case and self._preview:
            wish = PrintPaper(self._case.number, kind, large)
            self._preview(wish, lambda answer: self._on_printed(kind, answer))

    def _print_of(self, number: str, kind: str) -> None:
        wish, command = PrintPaper(number, kind), new_command()
        self._acts.do(
            lambda desk: print_paper(desk, wish, command), lambda answer: self._on_printed(kind, answer),
            refused=self._on_refused, title=self._say("ui.done.printing"),
        )  # fmt: skip

    def _on_printed(self, kind: str, answer: Printed) -> None:
        key = "papers.window.reprinted" if answer.copy > 1 else "papers.window.printed"
        self.tell(self._say(key, paper=self._say(f"papers.kind.{kind}"), copy=answer.copy), good=True)

    def _offer(self, what: Next) -> None:
        """Lays out the fields of the next thing, filled in as far as they are known."""
        for box in self.fields.values():
            self._inputs.removeWidget(box)
            box.deleteLater()
        self.fields = {}
        case = self._case
        if case is None:
            return
        match what:
            case "advance":
                self._ways(case)
                self._line("opinion", "")
            case "finish":
                self._choice("outcome", [(o, self._say(f"term.outcome.{o}")) for o in OUTCOMES], "granted")
                item = self._acts.desk.catalogue.items.get(case.item)
                self._line("result", item.result.name if item else "")
            case "deliver":
                self._choice("way", [(w, self._say(f"term.way.{w}")) for w in WAYS], "counter")
                self._line("receiver", "", case.applicant.name)
                self._line("relation", self._say("ui.case.self"))
                self._line("document", "")
            case "take_on" | "resume" | "continue" | "complete" | "nothing":
                pass
        self._say_primary(case, what)

    def _ways(self, case: Case) -> None:
        """Where the case goes on to, when the present step leaves a choice."""
        ways = ways_on(case)
        if len(ways) > 1:
            self._choice("to", [(way.to, way_words(case.steps, way, self._say)) for way in ways], ways[0].to)

    def _say_primary(self, case: Case, what: Next) -> None:
        step = next((s for s in case.steps if s.id == case.stage), None)
        name = step_name(step, self._say) if step else ""
        self.primary.setVisible(what != "nothing")
        if what != "nothing":
            self.primary.say(self._say(f"ui.case.{what}", step=name), "primary")

    def _line(self, key: str, value: str, hint: str = "") -> None:
        self._add(key, LineEditor(self._look, hint), value, 2)

    def _choice(self, key: str, options: list[Option], value: str) -> None:
        self._add(key, ChoiceEditor(self._look, options, ""), value, 1)

    def _add(self, key: str, editor: LineEditor | ChoiceEditor, value: str, stretch: int) -> None:
        box = FieldBox(key, self._say(f"ui.case.field.{key}"), editor, self._look, required=False)
        box.put(value)
        self.fields[key] = box
        self._inputs.addWidget(box, stretch)

    def _arrange(self) -> None:
        look = self._look
        self.name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.name.setMinimumWidth(look.px(200))
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.number)
        head.addWidget(self.name, 1)
        # Where there is little room these go on in a second line, not over the number of the case.
        self._pills = flowing([self.held.pill, self.state], "right", look.px(8))
        beside = [self.contents, self.resident, self._pills]
        head.addWidget(flowing(beside, "right", look.px(8)))
        self._inputs = QHBoxLayout()
        self._inputs.setSpacing(look.px(12))
        actions = QHBoxLayout()
        actions.setSpacing(look.px(10))
        actions.addWidget(self.hint, 1)
        self.hint.setMinimumWidth(look.px(100))
        self.hint.hide()
        offered = [self.step_back, self.turns.more, self.papers, self.primary]
        actions.addWidget(flowing(offered, "right", look.px(10)), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(10))
        column.addLayout(head)
        column.addWidget(self.held.reason)
        column.addWidget(self.stepper)
        column.addWidget(self.history)
        next_column = QVBoxLayout(self._next)
        next_column.setContentsMargins(0, 0, 0, 0)
        next_column.setSpacing(look.px(10))
        next_column.addLayout(self._inputs)
        next_column.addLayout(actions)
        column.addWidget(self._next)
        column.addWidget(self.turns)


def stages_of(case: Case, say: Texts) -> tuple[Stage, ...]:
    """The workflow with what is done, where the case is, and what lies ahead."""
    ended, past = {step.id: step.ended for step in case.trail}, passed_over(case)
    stages = []
    for step in case.steps:
        role = say(f"term.role.{step.role}")
        if step.id in ended:
            stages.append(
                Stage(step_name(step, say), say("ui.case.ended", role=role, day=ended[step.id][:10]), "done")
            )
            continue
        if step.id in past:
            stages.append(Stage(step_name(step, say), say("ui.case.passed_over"), "past"))
            continue
        under = say("ui.request.under", role=role, limit=limit_words(step.limit, step.unit, say))
        under += ways_words(case.steps, step, say)
        stages.append(Stage(step_name(step, say), under, "now" if step.id == case.stage else "ahead"))
    return tuple(stages)


def lines_of(case: Case, say: Texts) -> tuple[str, ...]:
    """What is still asked for, where the case was made public, from which counter to which it went, and steps
    that were taken back.
    """
    public = (posting_words(posting, say) for posting in case.postings)
    back = (step_back_words(case, line, say) for line in case.steps_back)
    handed = (handed_words(one, say) for one in case.handed)
    void = [say("turn.line.void", reason=case.void_reason)] if case.void_reason else []
    return (*asked_words(case, say), *public, *handed, *back, *void)


def _place(case: Case) -> tuple[str, str, str]:
    return case.number, case.state, case.stage
