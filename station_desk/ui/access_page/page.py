"""Who looked at what, when and why, narrowed by person, case and day; below it what is past its term."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station_desk.cases.rights import may
from station_desk.core.texts import Texts
from station_desk.core.whole_file import write_whole
from station_desk.counter.access_log import AccessRow, Looks, as_csv, looks, what_words, why_words
from station_desk.counter.desk import Desk
from station_desk.store.trouble import disk_trouble
from station_desk.store.unit import Changes
from station_desk.ui.access_page.destroying import DestroyBar
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import DayEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import small, title, wrapping
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.table import Table
from station_desk.ui.shared.table_model import Column, TableModel

MOST = 500
"""So many of the newest are shown; the export has all."""
PAUSE_MS = 250


class AccessPage(QWidget):
    """Read when it is shown, and again when somebody narrows it. `records_asked`: the destruction records."""

    records_asked = Signal()

    def __init__(self, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__()
        self._acts = acts
        self._say = say
        self._look = look
        self.count = title(say("access.page.title"), look)
        self.note = wrapping(small("", look))
        self.export = KeyButton(say("access.page.export"), key_of("access.export"), look)
        self.records = KeyButton(say("access.records.button"), key_of("access.records"), look)
        self.fields = {name: self._field(name) for name in ("actor", "case", "since", "until")}
        self.model = TableModel(self._columns())
        self.table = Table(self.model, say("access.page.title"), look)
        self.empty = wrapping(small(say("access.page.empty"), look))
        self.destroying = DestroyBar(acts, say, look)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._arrange()
        self._pause.timeout.connect(self.reload)
        for box in self.fields.values():
            box.edited.connect(self._pause.start)
        self.export.clicked.connect(self._ask_where)
        self.records.clicked.connect(self.records_asked)
        self.destroying.destroyed_some.connect(self.reload)
        Heard("access.search", self, self._focus_first)

    def hideEvent(self, event: QHideEvent, /) -> None:
        # The window may be going: nobody waits for an answer any more.
        self._pause.stop()
        super().hideEvent(event)

    def is_allowed(self) -> bool:
        """Whether whoever sits here may see the list."""
        return may(self._acts.desk.role, "audit")

    def take_focus(self) -> None:
        """Looks again and puts the focus on the list."""
        self.reload()
        self.destroying.reload()
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self) -> None:
        """Reads what fits the fields."""
        wanted = self.wanted()
        if self.is_allowed():
            self._acts.look(lambda desk: looks(desk, wanted, MOST), self._show)
        else:
            self._show([])
            self.empty.setText(self._say("access.page.hidden"))

    def on_changes(self, _changes: Changes) -> None:
        """Something was done: who looks at the list sees it."""
        if self.isVisible():
            self.reload()

    def wanted(self) -> Looks:
        """What the list is narrowed to."""
        said = {name: box.value().strip() for name, box in self.fields.items()}
        return Looks(said["actor"], said["case"], said["since"], said["until"])

    def export_to(self, path: Path) -> None:
        """Writes everything that fits, not only what is shown."""
        wanted, say = self.wanted(), self._say

        def work(desk: Desk) -> int:
            rows = looks(desk, wanted)
            with disk_trouble(path):
                write_whole(as_csv(rows, say), path)
            return len(rows)

        self._acts.look(
            work, lambda count: self.note.setText(say("access.page.exported", count=count, name=path.name))
        )

    def _show(self, rows: list[AccessRow]) -> None:
        self.model.show_rows(rows)
        self.count.setText(self._say("access.page.count", count=len(rows)))
        self.note.setText(self._say("access.page.more", count=MOST) if len(rows) == MOST else "")
        self._list.setCurrentIndex(0 if rows else 1)

    def _columns(self) -> tuple[Column[AccessRow], ...]:
        say = self._say
        return (
            Column(say("access.column.at"), lambda row: row.at[:19].replace("T", " ")),
            Column(say("access.column.actor"), lambda row: row.actor),
            Column(say("access.column.what"), lambda row: what_words(row, say), wide=True),
            Column(say("access.column.cases"), _cases),
            Column(say("access.column.why"), lambda row: why_words(row, say)),
        )

    def _field(self, name: str) -> FieldBox:
        look, say = self._look, self._say
        day = name in ("since", "until")
        editor = DayEditor(look, say("ui.form.date_hint")) if day else LineEditor(look)
        return FieldBox(name, say(f"access.page.{name}"), editor, look, required=False)

    def _focus_first(self) -> None:
        self.fields["actor"].editor.targets()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_where(self) -> None:
        name = f"{self._say('access.page.title')}.csv"
        kinds = f"{self._say('access.page.as_csv')} (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, self._say("access.page.export"), name, kinds)
        if chosen:
            self.export_to(Path(chosen))

    def _arrange(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.count)
        head.addWidget(self.note, 1)
        head.addWidget(self.records)
        head.addWidget(self.export)
        narrowing = QHBoxLayout()
        narrowing.setSpacing(look.px(12))
        for box in self.fields.values():
            narrowing.addWidget(box, 1)
        card = Surface("card", look)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list = QStackedWidget(card)
        self._list.addWidget(self.table)
        self._list.addWidget(self.empty)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, look.px(4), 1, look.px(4))
        inner.addWidget(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        column.setSpacing(look.px(10))
        column.addLayout(head)
        column.addLayout(narrowing)
        column.addWidget(card, 1)
        column.addWidget(self.destroying)


def _cases(row: AccessRow) -> str:
    first, *others = row.cases or ("",)
    return f"{first} +{len(others)}" if others else first
