"""The seal register in the window: by year, found by number or name, cases opened, entries voided."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_desk.cases.seal import SealEntry
from station_desk.cases.staff import may_act
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Printed, Sealed
from station_desk.counter.certificates import VoidCertificate, void_certificate
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.seal_list import (
    REGISTER,
    ListedSeal,
    ShownRegister,
    found_in,
    listed_seals,
    register_years,
    show_register,
)
from station_desk.counter.shown import Shown, show_paper
from station_desk.counter.wording import worded
from station_desk.store.unit import Changes
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.chosen_rows import ChosenRows
from station_desk.ui.shared.confirm import Confirm
from station_desk.ui.shared.editors import ChoiceEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.shared.table import Table
from station_desk.ui.shared.table_model import Column, TableModel

SIZE = (1080, 600)
ANNULMENT = "annulment"
OpenCase = Callable[[str], None]


class RegisterDialog(QDialog):
    """`open_case` is called with the number of the case that is to be looked at."""

    def __init__(self, open_case: OpenCase, acts: Acts, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._open_case, self._acts, self._say, self._look = open_case, acts, say, look
        self._entries: list[ListedSeal] = []
        self._open = True
        self._command = new_command()
        self.setWindowTitle(say("register.title"))
        self.year = FieldBox("year", say("register.year"), ChoiceEditor(look, [], ""), look, required=False)
        finding = LineEditor(look, say("register.find_hint"))
        self.finder = FieldBox("find", say("register.find"), finding, look, required=False)
        self.model = TableModel(_columns(say))
        self.table = Table(self.model, say("register.title"), look)
        self._rows = ChosenRows(self.table, self.model, lambda entry: str(entry.number), 1)
        self.reason = FieldBox("reason", say("register.reason"), LineEditor(look), look, required=True)
        self.hint = wrapping(small("", look))
        self.leave = KeyButton(say("register.close"), key_of("register.leave"), look)
        self.print = KeyButton(say("register.print"), key_of("register.print"), look)
        self.case = KeyButton(say("register.case"), key_of("register.case"), look)
        self.void = KeyButton(say("register.void"), key_of("register.void"), look)
        self._arrange()
        self.finder.edited.connect(self._show_found)
        self.year.edited.connect(self._read_year)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.leave.clicked.connect(self.reject)
        self.print.clicked.connect(self._ask_print)
        self.case.clicked.connect(self._go_to_case)
        self.void.clicked.connect(self.press_void)
        acts.changed.connect(self._on_changes)
        for what in (self.void, self.print):
            what.setVisible(may_act(acts.desk.role))
        self._show_chosen()
        acts.look(register_years, self._show_years)
        self.finder.take_focus()

    def chosen(self) -> SealEntry | None:
        """The entry under the cursor."""
        place = self.table.currentIndex()
        return self.model.row(place.row()) if place.isValid() else None

    def choose(self, seal: str) -> None:
        """Chooses an entry by its number."""
        place = self.model.place_of(lambda entry: entry.number == seal)
        if place is not None:
            self._rows.only(place)

    def press_void(self) -> None:
        """Asks for the reason first, then once more by the number."""
        entry, reason = self.chosen(), self.reason.value().strip()
        if entry is None or entry.voided:
            return
        if not self.reason.isVisible() or not reason:
            self.reason.show()
            self.reason.take_focus()
            return
        say = self._say
        sentence = say(
            "register.sure", seal=entry.number, document=worded(entry.document, say), reason=reason,
            applicant=entry.applicant,
        )  # fmt: skip
        Confirm(
            say("register.void"), sentence, say("register.void"), say("turn.leave"),
            lambda: self._go(entry, reason), self._look, self,
        ).open()  # fmt: skip

    def done(self, result: int, /) -> None:
        # What is under way may land later; nothing is left by then to show it on.
        self._open = False
        super().done(result)

    def _go(self, entry: SealEntry, reason: str) -> None:
        wish, command = VoidCertificate(entry.number, reason), self._command
        self.void.setEnabled(False)
        self._acts.do(
            lambda desk: void_certificate(desk, wish, command), self._on_voided, refused=self._on_refused,
            ended=self._show_chosen,
        )  # fmt: skip

    def _on_voided(self, answer: Sealed) -> None:
        if not self._open:
            return
        self._command = new_command()
        self.reason.put("")
        self.reason.hide()
        self._tell(self._say("register.voided", seal=answer.seal), "ok")
        # The body that has the certificate is to be told: its notice is there to be printed at once.
        wish = PrintPaper(answer.number, ANNULMENT)
        self._acts.look(lambda desk: show_paper(desk, wish), self._preview)

    def _on_refused(self, error: RuleError) -> None:
        if not self._open:
            return
        self._command = new_command()
        self._tell(self._say.error(error), "bad")

    def _on_changes(self, changes: Changes) -> None:
        if changes.cases and self._open:
            self._read_year()

    def _show_years(self, years: list[int]) -> None:
        if not self._open:
            return
        editor = self.year.editor
        if isinstance(editor, ChoiceEditor):
            for year in years:
                editor.addItem(str(year), str(year))
            editor.setCurrentIndex(0)

    def _read_year(self) -> None:
        if text := self.year.value():
            year = int(text)
            self._acts.look(lambda desk: listed_seals(desk, year), self._show_entries)

    def _show_entries(self, entries: list[ListedSeal]) -> None:
        if not self._open:
            return
        self._entries = entries
        self._show_found()

    def _show_found(self) -> None:
        before = self.chosen()
        found = found_in(self._entries, self.finder.value())
        self.model.show_rows(found)
        voided = sum(bool(entry.voided) for entry in found)
        self.count.setText(self._say("register.count", count=len(found), voided=voided))
        if found:
            kept = [n for n, entry in enumerate(found) if before and entry.number == before.number]
            self._rows.only(kept[0] if kept else 0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        if not self._open:
            return
        entry = self.chosen()
        self.case.setEnabled(entry is not None)
        self.void.setEnabled(entry is not None and not entry.voided and may_act(self._acts.desk.role))
        if entry is None or entry.voided:
            self.reason.hide()

    def _go_to_case(self) -> None:
        if entry := self.chosen():
            self.reject()
            self._open_case(entry.case)

    def _ask_print(self) -> None:
        year = int(self.year.value() or self._acts.desk.clock().year)

        def made(desk: Desk, _progress: Callable[[int, int], None]) -> ShownRegister:
            return show_register(desk, year)

        self._acts.make(made, self._preview, title=self._say("register.making"))

    def _preview(self, shown: Shown) -> None:
        from station_desk.ui.paper.preview import Preview

        if self._open:
            Preview(shown, self._on_printed, self._acts, self._say, self._look, self).show()

    def _on_printed(self, answer: Printed) -> None:
        if not self._open:
            return
        key = "register.printed" if answer.paper == REGISTER else "register.notice_printed"
        self._tell(self._say(key), "ok")

    def _tell(self, sentence: str, tone: str) -> None:
        self.hint.setText(sentence)
        set_tone(self.hint, "ok" if tone == "ok" else "bad", self._look)

    def _arrange(self) -> None:
        look = self._look
        self.count = small("", look)
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.year, 1)
        head.addWidget(self.finder, 4)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(10))
        self.hint.setMinimumWidth(look.px(100))
        actions.addWidget(self.hint, 1)
        actions.addWidget(flowing([self.leave, self.print, self.void, self.case], "right", look.px(10)))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(section(self.windowTitle(), look))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)
        column.addLayout(actions)
        self.reason.hide()
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))


def _columns(say: Texts) -> tuple[Column[SealEntry], ...]:
    return (
        Column(say("register.column.number"), lambda entry: entry.number),
        Column(say("register.column.day"), lambda entry: entry.at[:10]),
        Column(say("register.column.document"), lambda entry: worded(entry.document, say), wide=True),
        Column(say("register.column.purpose"), lambda entry: entry.purpose),
        Column(say("register.column.applicant"), lambda entry: entry.applicant),
        Column(say("register.column.copies"), lambda entry: str(entry.copies)),
        Column(
            say("register.column.state"),
            lambda entry: say("register.state.void" if entry.voided else "register.state.valid"),
            lambda entry: "bad" if entry.voided else "ok",
        ),
    )
