"""A page that is one list of cases: its title with the count, the table, and under it the case that is
chosen.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.store.unit import Changes
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.case_panel import CasePanel
from station_desk.ui.shared.labels import small, title, wrapping
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.table import Column, Table, TableModel

Row = TypeVar("Row")


class CaseListPage(QWidget):
    """Reads its rows in the store lane and looks again when a case changed."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        read: Callable[[Desk], Sequence[Row]],
        number_of: Callable[[Row], str],
        acts: Acts,
        say: Texts,
        look: Look,
    ) -> None:
        super().__init__()
        self._name = name
        self._read = read
        self._number_of = number_of
        self._acts = acts
        self._say = say
        self._look = look
        self._wanted = ""
        self.count = title("", look)
        self.model = TableModel(columns)
        self.table = Table(self.model, say(f"ui.{name}.title"), look)
        self.panel = CasePanel(acts, say, look)
        self.empty = self._empty()
        self._arrange()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.reload()

    def reload(self) -> None:
        """Reads the list again."""
        self._acts.look(self._read, self._show_rows)

    def on_changes(self, changes: Changes) -> None:
        """Looks again when a case changed."""
        if changes.cases:
            self.reload()

    def choose(self, number: str) -> None:
        """Chooses a case by its number, also one that is not in the list any more or not yet."""
        self._wanted = number
        places = [n for n, row in enumerate(self.model.rows()) if self._number_of(row) == number]
        if places:
            self.table.selectRow(places[0])
            self.table.scrollTo(self.model.index(places[0], 0))
        self._acts.look(lambda desk: desk.store.case(number), self.panel.show_case)

    def wanted(self) -> str:
        """The number of the case that is chosen."""
        return self._wanted

    def take_focus(self) -> None:
        """Puts the focus on the list, on its first row when none is chosen."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.selectRow(0)

    def _show_rows(self, rows: Sequence[Row]) -> None:
        self.model.show_rows(rows)
        self.count.setText(self._say(f"ui.{self._name}.count", count=len(rows)))
        self._list.setCurrentIndex(0 if rows else 1)
        if self._wanted:
            self.choose(self._wanted)

    def _show_chosen(self) -> None:
        place = self.table.currentIndex()
        if place.isValid():
            number = self._number_of(self.model.row(place.row()))
            if number != self._wanted:
                self.choose(number)

    def _empty(self) -> QLabel:
        label = wrapping(small(self._say(f"ui.{self._name}.empty"), self._look))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _arrange(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.addWidget(self.count)
        head.addStretch()
        card = Surface("card", look)
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
        column.addWidget(card, 1)
        column.addWidget(self.panel)
