"""The destruction records: which there are, which cases each names; written out as CSV or printed as PDF."""

from collections.abc import Callable
from operator import itemgetter
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.core.whole_file import write_whole
from station_desk.counter.desk import Desk
from station_desk.counter.destruction import Record, ground_words, line_cells, records, records_csv
from station_desk.store.trouble import disk_trouble
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.shared.table import Table
from station_desk.ui.shared.table_model import Column, TableModel

SIZE = (980, 600)


class RecordsDialog(QDialog):
    """The records above, the cases of the chosen one below."""

    def __init__(self, acts: Acts, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(say("access.records.title"))
        self._acts, self._say, self._look = acts, say, look
        self._records: tuple[Record, ...] = ()
        self.head = section(say("access.records.title"), look)
        self.model = TableModel(_record_columns(say))
        self.table = Table(self.model, say("access.records.title"), look)
        self.lines_model = TableModel(_line_columns(say))
        self.lines = Table(self.lines_model, say("access.records.lines"), look)
        self.hint = wrapping(small(say("access.records.words"), look))
        self.csv = KeyButton(say("access.records.csv"), key_of("records.csv"), look)
        self.pdf = KeyButton(say("access.records.pdf"), key_of("records.pdf"), look)
        self.leave = KeyButton(say("access.window.close"), key_of("records.leave"), look)
        self._arrange()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_lines())
        self.csv.clicked.connect(lambda: self._ask_where("csv", self.export_csv))
        self.pdf.clicked.connect(lambda: self._ask_where("pdf", self.export_pdf))
        self.leave.clicked.connect(self.close)
        self._offer()
        acts.look(records, self._show)

    def chosen(self) -> Record | None:
        """The record under the cursor."""
        row: Record | None = self.model.row(self.table.currentIndex().row())
        return row

    def export_csv(self, path: Path) -> None:
        """Writes all records, a row for each case."""
        told = self._records
        self._write(path, lambda desk: records_csv(desk, told))

    def export_pdf(self, path: Path) -> None:
        """Writes the chosen record as the paper that is signed."""
        chosen = self.chosen()
        if chosen is not None:
            self._write(path, lambda desk: _paper(desk, chosen.said.record))

    def _write(self, path: Path, made: Callable[[Desk], bytes]) -> None:
        def work() -> None:
            content = made(self._acts.desk)
            with disk_trouble(path):
                write_whole(content, path)

        self._acts.tasks.run(work, lambda _none: self._tell(path), lane="aside")

    def _tell(self, path: Path) -> None:
        self.hint.setText(self._say("access.records.written", file=path))
        set_tone(self.hint, "ok", self._look)

    def _ask_where(self, kind: str, write: Callable[[Path], None]) -> None:
        record = self.chosen()
        name = record.said.record if kind == "pdf" and record else self.windowTitle()
        kinds = f"{kind.upper()} (*.{kind})"
        chosen, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), f"{name}.{kind}", kinds)
        if chosen:
            write(Path(chosen))

    def _show(self, told: tuple[Record, ...]) -> None:
        self._records = told
        self.head.setText(self._say("access.records.count", count=len(told)))
        self.model.show_rows(told)
        if told:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.hint.setText(self._say("access.records.none"))
        self._show_lines()
        self._offer()

    def _show_lines(self) -> None:
        chosen = self.chosen()
        desk = self._acts.desk
        self.lines_model.show_rows([line_cells(desk, line) for line in chosen.said.lines] if chosen else [])

    def _offer(self) -> None:
        for button in (self.csv, self.pdf):
            button.setEnabled(bool(self._records))

    def _arrange(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(self.head)
        column.addWidget(self.table, 2)
        column.addWidget(self.lines, 3)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.hint, 1)
        for button in (self.csv, self.pdf, self.leave):
            row.addWidget(button)
        column.addLayout(row)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))


def _paper(desk: Desk, number: str) -> bytes:
    # What makes paper is slow to load, and only wanted here.
    from station_desk.counter.data_papers import record_pdf

    return record_pdf(desk, number)


def _record_columns(say: Texts) -> tuple[Column[Record], ...]:
    return (
        Column(say("access.records.record"), lambda one: one.said.record),
        Column(say("access.records.day"), lambda one: one.at[:10]),
        Column(say("access.records.cases"), lambda one: str(len(one.said.lines))),
        Column(say("access.records.ground"), lambda one: ground_words(one, say), wide=True),
        Column(say("access.records.approver"), lambda one: one.said.approver),
        Column(say("access.records.clerk"), lambda one: one.actor, gives_way=1),
    )


def _line_columns(say: Texts) -> tuple[Column[tuple[str, ...]], ...]:
    names = ("case", "item", "category", "ended", "years")
    return tuple(
        Column(say(f"access.record.column.{name}"), itemgetter(at), wide=name == "item")
        for at, name in enumerate(names)
    )
