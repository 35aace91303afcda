"""The rights of one resident, from one of his cases: his data written out, put right, destroyed."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.core.whole_file import write_whole
from station_desk.counter.desk import Desk
from station_desk.counter.resident_file import ExportResident, as_json, export_resident
from station_desk.counter.resident_rights import PersonHere, person_here
from station_desk.store.trouble import disk_trouble
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.resident.correcting import CorrectCard
from station_desk.ui.resident.erasing import EraseCard
from station_desk.ui.shared.denying import deny_within
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, words, wrapping
from station_desk.ui.shared.scrolling import scrolling
from station_desk.ui.shared.surface import Surface

SIZE = (820, 640)


class ResidentDialog(QDialog):
    """On whose wish stands at the top: all three acts write it into the log."""

    def __init__(self, number: str, acts: Acts, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(say("resident.title"))
        self._number, self._acts, self._say, self._look = number, acts, say, look
        self.who = wrapping(words("", look))
        self.reason = FieldBox(
            "reason", say("resident.reason"), LineEditor(look, say("resident.reason_hint")), look,
            required=True,
        )  # fmt: skip
        self.export = KeyButton(say("resident.export"), key_of("resident.export"), look)
        self.correcting = CorrectCard(number, self.reason, acts, say, look)
        self.erasing = EraseCard(number, self.reason, acts, say, look)
        self.leave = KeyButton(say("resident.close"), key_of("resident.leave"), look)
        self.hint = wrapping(small("", look))
        self._arrange()
        self.export.clicked.connect(self._ask_where)
        self.leave.clicked.connect(self.close)
        for card in (self.correcting, self.erasing):
            card.told.connect(self._on_told)
        deny_within(self, acts.desk.role, say)
        self.reload()

    def reload(self) -> None:
        """Looks how it stands now."""
        self._acts.look(lambda desk: person_here(desk, self._number), self._show)

    def export_to(self, path: Path) -> None:
        """Writes all that is known of the resident twice: as a paper, and as data beside it."""
        wish, command = ExportResident(self._number, self.reason.value().strip()), new_command()
        self.export.setEnabled(False)
        self._acts.tasks.run(
            lambda: _written(self._acts.desk, wish, command, path), self._on_written,
            refused=self._on_refused, ended=lambda: self.export.setEnabled(True), title=self.export.text(),
        )  # fmt: skip

    def tell(self, sentence: str, *, good: bool) -> None:
        """Says what came of it."""
        self.hint.setText(sentence)
        self.hint.setAccessibleName(sentence)
        set_tone(self.hint, "ok" if good else "warn", self._look)

    def _ask_where(self) -> None:
        if not self.reason.value().strip():
            self.tell(self._say("resident.reason_first"), good=False)
            self.reason.take_focus()
            return
        name, kinds = f"{self._say('access.file.title')}.pdf", "PDF + JSON (*.pdf)"
        chosen, _ = QFileDialog.getSaveFileName(self, self._say("resident.export"), name, kinds)
        if chosen:
            self.export_to(Path(chosen))

    def _on_written(self, made: tuple[int, Path]) -> None:
        count, path = made
        self.tell(self._say("resident.exported", count=count, pdf=path, json=_json(path).name), good=True)

    def _on_told(self, sentence: str, good: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.tell(sentence, good=good)
        if good:
            self.reload()

    def _on_refused(self, error: RuleError) -> None:
        self.tell(self._say.error(error), good=False)

    def _show(self, person: PersonHere) -> None:
        self.who.setText(
            self._say(
                "resident.who", name=person.name, count=person.count, open=len(person.open),
                ended=len(person.ended) + len(person.waiting), erased=len(person.erased),
            )
        )  # fmt: skip
        self.correcting.show_person(person)
        self.erasing.show_person(person)

    def _arrange(self) -> None:
        look, say = self._look, self._say
        body = QWidget()
        body.setProperty("ground", "none")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, look.px(6), 0)
        inner.setSpacing(look.px(10))
        writing = Surface("card", look)
        column = QVBoxLayout(writing)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(section(say("resident.export_title"), look))
        row = QHBoxLayout()
        row.addWidget(wrapping(small(say("resident.export_words"), look)), 1)
        row.addWidget(self.export)
        column.addLayout(row)
        for card in (writing, self.correcting, self.erasing):
            inner.addWidget(card)
        inner.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        whole.setSpacing(look.px(10))
        whole.addWidget(section(say("resident.title"), look))
        whole.addWidget(self.who)
        whole.addWidget(self.reason)
        whole.addWidget(scrolling(body), 1)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.leave)
        whole.addLayout(foot)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))


def _written(desk: Desk, wish: ExportResident, command: str, path: Path) -> tuple[int, Path]:
    # What makes paper is slow to load, and only wanted here.
    from station_desk.counter.data_papers import resident_pdf

    file = export_resident(desk, wish, command)
    for place, content in ((path, resident_pdf(desk, file)), (_json(path), as_json(file))):
        with disk_trouble(place):
            write_whole(content, place)
    return len(file.cases), path


def _json(path: Path) -> Path:
    return path.with_suffix(".json")
