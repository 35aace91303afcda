"""The call-backs in the window: what waits until when, what is overdue, what was done about the chosen."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.call_backs import (
    AnswerCallBack,
    CallBackAnswered,
    CallBackRow,
    Urgency,
    answer_call_back,
    call_backs,
    grade_words,
    urgency_words,
    waiting_call_backs,
    waiting_words,
)
from station_desk.counter.desk import Desk
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, words, wrapping
from station_desk.ui.shared.table import Table
from station_desk.ui.shared.table_model import Column, TableModel

SIZE = (1080, 580)
TONES: dict[Urgency, Tone] = {
    "ok": "ok", "soon": "warn", "overdue": "bad", "sending": "accent", "answered": "plain",
}  # fmt: skip


class CallBacksDialog(QDialog):
    """The list above, the answer to the chosen one below; `changed` hears that one was answered."""

    def __init__(
        self, acts: Acts, changed: Callable[[], None], say: Texts, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(say("callback.title"))
        self._acts, self._changed, self._say, self._look = acts, changed, say, look
        self._command = new_command()
        self.state = wrapping(words("", look))
        self.model = TableModel(_columns(say))
        self.table = Table(self.model, say("callback.title"), look)
        self.fields = {
            "done": FieldBox(
                "done", say("callback.field.done"), LineEditor(look, say("callback.hint.done")), look,
                required=True,
            ),
            "done_on": FieldBox(
                "done_on", say("callback.field.done_on"), LineEditor(look, ""), look, required=True
            ),
        }  # fmt: skip
        self.hint = wrapping(small(say("callback.words"), look))
        self.answer = KeyButton(say("callback.answer"), key_of("call_backs.answer"), look, "primary")
        self.leave = KeyButton(say("callback.leave"), key_of("call_backs.leave"), look)
        self._arrange()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self.answer.clicked.connect(self._answer)
        self.leave.clicked.connect(self.close)
        self.fields["done_on"].put(acts.desk.clock().date().isoformat())
        self._offer()
        self.reload()

    def reload(self) -> None:
        """Looks how it stands now."""
        self._acts.look(_seen, self._show)

    def chosen(self) -> CallBackRow | None:
        """The call-back under the cursor."""
        place = self.table.currentIndex()
        row: CallBackRow | None = self.model.row(place.row()) if place.isValid() else None
        return row

    def choose(self, number: str) -> None:
        """Puts the cursor on a call-back by the number of its case."""
        place = self.model.place_of(lambda row: row.number == number)
        if place is not None:
            self.table.setCurrentIndex(self.model.index(place, 0))

    def _show(self, seen: tuple[tuple[CallBackRow, ...], str, Tone]) -> None:
        rows, told, tone = seen
        self.state.setText(told)
        set_tone(self.state, tone, self._look)
        self.model.show_rows(rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._offer()

    def _offer(self) -> None:
        """Only what nobody answered yet can be answered; the fields say of the others what was written."""
        row = self.chosen()
        can = row is not None and not row.done
        self.answer.setEnabled(can)
        for box in self.fields.values():
            box.setEnabled(can)

    def _answer(self) -> None:
        row = self.chosen()
        if row is None:
            return
        wish = AnswerCallBack(row.number, self.fields["done"].value(), self.fields["done_on"].value())
        command = self._command
        self.answer.setEnabled(False)
        self._acts.do(
            lambda desk: answer_call_back(desk, wish, command), self._answered, refused=self._refuse,
            ended=self._offer,
        )  # fmt: skip

    def _answered(self, answer: CallBackAnswered) -> None:
        self._command = new_command()
        self.fields["done"].put("")
        self._tell(self._say("callback.noted", number=answer.number, day=answer.done_on), "ok")
        self._changed()
        self.reload()

    def _refuse(self, error: RuleError) -> None:
        self._command = new_command()
        self._tell(self._say.error(error), "bad")

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.hint.setText(sentence)
        set_tone(self.hint, tone, self._look)

    def _arrange(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(section(self._say("callback.title"), look))
        column.addWidget(self.state)
        column.addWidget(self.table, 1)
        fields = QHBoxLayout()
        fields.setSpacing(look.px(12))
        fields.addWidget(self.fields["done"], 4)
        fields.addWidget(self.fields["done_on"], 1)
        column.addLayout(fields)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.hint, 1)
        row.addWidget(self.leave)
        row.addWidget(self.answer)
        column.addLayout(row)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))


def _seen(desk: Desk) -> tuple[tuple[CallBackRow, ...], str, Tone]:
    waits = waiting_call_backs(desk)
    told = waiting_words(waits, desk.texts) or desk.texts("callback.none")
    tone: Tone = "bad" if waits.overdue else "warn" if waits.open else "plain"
    return call_backs(desk), told, tone


def _columns(say: Texts) -> tuple[Column[CallBackRow], ...]:
    return (
        Column(
            say("callback.column.state"), lambda row: urgency_words(row, say), lambda row: TONES[row.urgency]
        ),
        Column(say("callback.column.number"), lambda row: row.number),
        Column(say("callback.column.grade"), lambda row: row.done or grade_words(row, say), wide=True),
        Column(say("callback.column.rated_on"), lambda row: row.rated_on, gives_way=1),
    )
