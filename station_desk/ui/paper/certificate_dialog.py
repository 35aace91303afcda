"""A certificate before it is sealed: a small form with what its case has said, checked beside each field."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Sealed
from station_desk.counter.application import ApplicationFaulty, Fault
from station_desk.counter.certificate_form import (
    FILLS,
    IssueCertificate,
    Offer,
    certificate_faults,
)
from station_desk.counter.certificates import issue_certificate
from station_desk.counter.wording import worded
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.editors import (
    ChoiceEditor,
    DayEditor,
    Editor,
    LineEditor,
    TextEditor,
)
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.shared.scrolling import scrolling

WIDTH = 640
NEW, AGAIN = "new", "again"
SAID_BEFORE = ("purpose", "body", "until", "statement")
"""What is not asked when the same certificate is sealed again."""

UNSAID = frozenset({"required"})
"""What is not told of a field that nobody has left yet."""


class CertificateDialog(QDialog):
    """`sealed` is called when the certificate stands in the register."""

    def __init__(
        self, offer: Offer, sealed: Callable[[Sealed], None], acts: Acts, say: Texts, look: Look,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer, self._sealed = offer, sealed
        self._acts, self._say, self._look = acts, say, look
        self._open = True
        self._command = new_command()
        self._left: set[str] = set()
        self.setWindowTitle(say("papers.certificate.title", name=worded(offer.listed.name, say)))
        self.fields: dict[str, FieldBox] = {}
        self.hint = wrapping(small("", look))
        self.cancel = KeyButton(say("papers.certificate.cancel"), key_of("certificate.leave"), look)
        self.seal = KeyButton(say("papers.certificate.seal"), key_of("certificate.seal"), look, "primary")
        self._arrange()
        self.cancel.clicked.connect(self.reject)
        self.seal.clicked.connect(self.press)
        self._check()
        first = next((key for key in self.fields if not self.fields[key].value()), "approver")
        self.fields[first].take_focus()

    def press(self) -> None:
        """Seals. Pressing twice asks the same command, which seals once."""
        self._left.update(self.fields)
        if any(fault.blocks for fault in self._check()):
            return
        wish, command = self.wish(), self._command
        self.seal.setEnabled(False)
        self._acts.do(
            lambda desk: issue_certificate(desk, wish, command), self._on_sealed, refused=self._on_refused,
            ended=self._on_ended,
        )  # fmt: skip

    def wish(self) -> IssueCertificate:
        """What is asked for, as the fields stand."""
        said = {key: box.value().strip() for key, box in self.fields.items()}
        copies = int(said["copies"]) if said["copies"].isascii() and said["copies"].isdecimal() else 0
        if self._again():
            again = self._offer.before[-1]
            return IssueCertificate(self._offer.number, said["approver"], copies=copies, again=again)
        return IssueCertificate(
            self._offer.number, said["approver"], said["purpose"], said["body"], said["until"], copies,
            said["statement"],
        )  # fmt: skip

    def done(self, result: int, /) -> None:
        # What is under way may land later; nothing is left by then to show it on.
        self._open = False
        super().done(result)

    def _again(self) -> bool:
        return "how" in self.fields and self.fields["how"].value() == AGAIN

    def _check(self) -> list[Fault]:
        """Says beside each field what is wrong with it."""
        again = self._again()
        today = self._acts.desk.clock().date()
        skipped = [f"{FILLS}{key}" for key in SAID_BEFORE] if again else []
        faults = certificate_faults(self.wish(), self._offer, today)
        found = [one for one in faults if one.field not in skipped]
        self._show(found)
        for key in SAID_BEFORE:
            self.fields[key].setVisible(not again)
        return found

    def _show(self, faults: list[Fault]) -> None:
        wrong = {fault.field.removeprefix(FILLS): fault for fault in faults}
        for key, box in self.fields.items():
            fault = wrong.get(key)
            untold = fault is None or (fault.code in UNSAID and key not in self._left)
            box.show_fault("" if fault is None or untold else self._sentence(fault), blocks=True)

    def _sentence(self, fault: Fault) -> str:
        values = {name: self._say.spoken(value) for name, value in fault.values.items()}
        return self._say(f"form.{fault.code}", **values)

    def _on_sealed(self, answer: Sealed) -> None:
        self._sealed(answer)
        if self._open:
            self.accept()

    def _on_refused(self, error: RuleError) -> None:
        if not self._open:
            return
        if isinstance(error, ApplicationFaulty):
            self._show(list(error.faults))
        self._tell(self._say.error(error))

    def _on_ended(self) -> None:
        if self._open:
            self.seal.setEnabled(True)

    def _tell(self, sentence: str) -> None:
        self.hint.setText(sentence)
        set_tone(self.hint, "bad", self._look)

    def _take(self, key: str) -> None:
        self._left.add(key)
        if self._open:
            self._check()

    def _arrange(self) -> None:
        look, say = self._look, self._say
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(12))
        self._fill(grid)
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        body = QWidget()
        body.setProperty("ground", "none")
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(section(self.windowTitle(), look))
        column.addWidget(wrapping(small(say("papers.certificate.words", number=self._offer.number), look)))
        if before := self._offer.before:
            told = say("papers.certificate.before", count=len(before), seals=", ".join(before))
            self.before = wrapping(small(told, look))
            set_tone(self.before, "warn", look)
            column.addWidget(self.before)
        column.addLayout(grid)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(body), 1)
        actions = action_bar(self.hint, [self.cancel, self.seal], look)
        whole.addWidget(actions)
        width = look.px(WIDTH)
        high = max(column.totalHeightForWidth(width), body.sizeHint().height()) + actions.sizeHint().height()
        self.resize(within_window(QSize(width, high), self.parentWidget()))

    def _fill(self, grid: QGridLayout) -> None:
        offer, look, say = self._offer, self._look, self._say
        if offer.before:
            options = [(how, say(f"papers.certificate.{how}")) for how in (NEW, AGAIN)]
            self._add(grid, "how", ChoiceEditor(look, options, ""), NEW, (0, 0, 2))
        self._add(grid, "purpose", LineEditor(look), offer.purpose, (1, 0, 2))
        self._add(grid, "body", LineEditor(look), offer.body, (2, 0, 2))
        self._add(grid, "until", DayEditor(look, "2026-12-31"), offer.until, (3, 0, 1))
        self._add(grid, "copies", LineEditor(look), "1", (3, 1, 1))
        self._add(grid, "approver", LineEditor(look), "", (4, 0, 2))
        self._add(grid, "statement", TextEditor(look, ""), "", (5, 0, 2))

    def _add(
        self, grid: QGridLayout, key: str, editor: Editor, value: str, place: tuple[int, int, int]
    ) -> None:
        text = "papers.certificate.which" if key == "how" else f"form.label.certificate_{key}"
        needed = key not in ("how", "statement") or (key == "statement" and self._offer.listed.text is None)
        box = FieldBox(key, self._say(text), editor, self._look, required=needed)
        box.put(value)
        self.fields[key] = box
        box.edited.connect(self._check)
        box.left.connect(lambda: self._take(key))
        row, column, wide = place
        grid.addWidget(box, row, column, 1, wide)
