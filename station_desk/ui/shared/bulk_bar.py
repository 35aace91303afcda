"""Several cases at once: under the list, while more than one is chosen. What is refused is named."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from station_desk.cases.staff import may_act
from station_desk.core.texts import Texts
from station_desk.counter.bulk import Bulk, KeepOn, One, advance_all, forward_all, print_all
from station_desk.counter.desk import Desk
from station_desk.store.case_pages import CaseRow
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.shared.surface import Surface
from station_desk.ui.tasks import Stopped, Task

MOST = 200
"""So many cases are done at once at most."""

NAMED = 6
"""So many refusals are told in full; the others are counted."""

Work = Callable[[Desk, KeepOn], Bulk]


class BulkBar(Surface):
    """The card of the chosen cases. `ended`: the choice has been worked on and is to be taken away."""

    ended = Signal()

    def __init__(self, acts: Acts, say: Texts, look: Look, *, in_progress: bool) -> None:
        super().__init__("card", look)
        self._acts = acts
        self._say = say
        self._look = look
        self._in_progress = in_progress
        self._rows: tuple[CaseRow, ...] = ()
        self.head = section("", look)
        self.how = small(say("bulk.how"), look)
        self.result = wrapping(small("", look))
        self.fields = {
            key: FieldBox(key, say(f"bulk.field.{key}"), LineEditor(look), look, required=False)
            for key in (("opinion", "body", "signature") if in_progress else ())
        }
        self.sheets = KeyButton(say("bulk.sheets"), key_of("several.sheets"), look)
        self.forward = KeyButton(say("bulk.forward"), key_of("several.forward"), look)
        self.advance = KeyButton(say("bulk.advance"), key_of("several.advance"), look, "primary")
        self._arrange()
        self.sheets.clicked.connect(self._print)
        self.forward.clicked.connect(self._forward)
        self.advance.clicked.connect(self._advance)
        self.hide()

    def numbers(self) -> tuple[str, ...]:
        """The cases that are chosen."""
        return tuple(row.number for row in self._rows)

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Shows what can be done with these cases, to who may do anything."""
        if not may_act(self._acts.desk.role):
            return
        self._rows = tuple(rows)
        self.head.setText(self._say("bulk.chosen", count=len(rows)))
        too_many = len(rows) > MOST
        self._tell(self._say("bulk.too_many", most=MOST) if too_many else "", good=not too_many)
        for button in (self.sheets, self.forward, self.advance):
            button.setEnabled(not too_many)
        self._offer(offered=True)
        self.show()

    def clear(self) -> None:
        """Nothing is chosen any more; what came of the last act is forgotten."""
        self._rows = ()
        self.hide()

    def _advance(self) -> None:
        opinion, cases = self.fields["opinion"].value().strip(), self._ones()
        self._do(lambda desk, keep_on: advance_all(desk, cases, opinion, keep_on), "bulk.advancing")

    def _print(self) -> None:
        cases = self._ones()
        self._do(lambda desk, keep_on: print_all(desk, cases, "sheet", keep_on), "bulk.printing")

    def _forward(self) -> None:
        body, signature = (self.fields[key].value().strip() for key in ("body", "signature"))
        for key in ("body", "signature"):
            if not self.fields[key].value().strip():
                self._tell(self._say("bulk.forward_needs"), good=False)
                self.fields[key].take_focus()
                return
        cases, command = self._ones(), new_command()
        self._do(
            lambda desk, keep_on: forward_all(desk, cases, body, signature, keep_on, command),
            "bulk.forwarding",
        )

    def _ones(self) -> tuple[One, ...]:
        return tuple(One(row.number, row.stage, new_command()) for row in self._rows)

    def _do(self, work: Work, title: str) -> None:
        self._offer(offered=False)
        self._acts.tasks.run_counted(
            lambda task: work(self._acts.desk, _keep_on(task)), self._on_done, title=self._say(title)
        )

    def _on_done(self, bulk: Bulk) -> None:
        say = self._say
        lines = [say("bulk.done", count=len(bulk.done))]
        lines += [
            say("bulk.refused", number=one.number, why=say.error(one.error)) for one in bulk.refused[:NAMED]
        ]
        if len(bulk.refused) > NAMED:
            lines.append(say("bulk.more_refused", count=len(bulk.refused) - NAMED))
        if bulk.left:
            lines.append(say("bulk.left", count=len(bulk.left)))
        self._tell("\n".join(lines), good=not bulk.refused and not bulk.left)
        self._rows = ()
        self.head.setText(say("bulk.head_done"))
        self.ended.emit()
        self._acts.changed.emit(bulk.changes)

    def _offer(self, *, offered: bool) -> None:
        for box in self.fields.values():
            box.setVisible(offered)
        self.sheets.setVisible(offered)
        self.forward.setVisible(offered and self._in_progress)
        self.advance.setVisible(offered and self._in_progress)

    def _tell(self, text: str, *, good: bool) -> None:
        self.result.setText(text)
        self.result.setVisible(bool(text))
        set_tone(self.result, "ok" if good else "warn", self._look)

    def _arrange(self) -> None:
        look = self._look
        self.result.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inputs = QHBoxLayout()
        inputs.setSpacing(look.px(12))
        for box in self.fields.values():
            inputs.addWidget(box, 1)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(10))
        actions.addStretch()
        for button in (self.sheets, self.forward, self.advance):
            actions.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(10))
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.head)
        head.addWidget(wrapping(self.how), 1)
        column.addLayout(head)
        column.addWidget(self.result)
        column.addLayout(inputs)
        column.addLayout(actions)


def _keep_on(task: Task[Bulk]) -> KeepOn:
    """Asked to stop, the row ends after the present case: what is done is told."""

    def keep_on(done: int, total: int) -> bool:
        try:
            task.progress(done, total)
        except Stopped:
            return False
        return True

    return keep_on
