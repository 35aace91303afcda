"""A page that is one list of cases: its title with the count, what it is narrowed to, the table, and under it
the case that is chosen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station_desk.cases.case import Case
from station_desk.core.texts import Texts
from station_desk.counter.access import look_again, look_at_case
from station_desk.counter.desk import Desk
from station_desk.counter.held_lists import held_list
from station_desk.counter.list_export import export_cases
from station_desk.store.case_pages import CaseRow, Key, Wanted, marks
from station_desk.store.held_pages import count_cases, key_of, page_after, page_before, place_of
from station_desk.store.unit import Changes
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.bulk_bar import MOST, BulkBar
from station_desk.ui.shared.case_filters import CaseFilters
from station_desk.ui.shared.case_panel import CasePanel
from station_desk.ui.shared.chosen_rows import ChosenRows
from station_desk.ui.shared.giving_way import OnResize
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of as key_for
from station_desk.ui.shared.labels import small, title, wrapping
from station_desk.ui.shared.paging import Approach, Edges
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.table import Table
from station_desk.ui.shared.table_model import PAGE, Column, Prepared, TableModel, prepare

Row = TypeVar("Row")
FEW = 2_000
"""In a list so short every page is near."""
LOW, TIGHT = 520, 430
"""In a page lower than this the workflow of the chosen case gives way to the list; then its pills too."""

AHEAD = 24
"""So many rows before the end of a page the next one is read."""


@dataclass(frozen=True, slots=True)
class CaseListing(Generic[Row]):
    """What a page lists: its name in the texts, columns, the list, and what its rows add to those read."""

    name: str
    columns: Sequence[Column[Row]]
    wanted: Wanted
    rows: Callable[[Desk, list[CaseRow]], Sequence[Row]]
    case: Callable[[Row], CaseRow]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the list: its length, pages with the keys of their first and last row, and which of
    the cases that are chosen were looked for.
    """

    wanted: Wanted
    count: int
    pages: dict[int, Prepared]
    edges: Edges[Key]
    sought: set[str]


class CaseListPage(QWidget):
    """Reads its rows in the store lane, a page at a time, and looks again when a case changed."""

    def __init__(self, listing: CaseListing[Row], acts: Acts, say: Texts, look: Look) -> None:
        super().__init__()
        self._listing: CaseListing[Any] = listing
        self._acts = acts
        self._say = say
        self._look = look
        self._wanted = ""
        self._reading = self._shown_reading = 0
        self._next: int | None = None
        self._coming = False
        self._is_sought = False
        self._edges: Edges[Key] = Edges(0, PAGE)
        self.count = title("", look)
        self.model = TableModel(listing.columns)
        self.table = Table(self.model, say(f"ui.{listing.name}.title"), look)
        self.filters = CaseFilters(listing.wanted, acts, say, look)
        self.panel = CasePanel(acts, say, look)
        self.bulk = BulkBar(acts, say, look, in_progress=listing.wanted.which == "open")
        self.empty = self._empty()
        self.note = small("", look)
        self.export = KeyButton(say("ui.cases.export"), key_for("cases.export"), look)
        self.chosen = ChosenRows(self.table, self.model, self._number_of, MOST + 1)
        self._arrange()
        self.export.clicked.connect(self._ask_where)
        self.table.verticalScrollBar().valueChanged.connect(lambda _: self._read_ahead())
        self.model.wanted.connect(self._ask_for)
        self.filters.changed.connect(self._begin_anew)
        self.table.sorted_by.connect(self.filters.sort_by)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_several())
        self.bulk.ended.connect(self._unmark)
        self.reload()

    def reload(self) -> None:
        """Reads the length of the list and what is seen of it again."""
        self._reading += 1
        reading, wanted, seen = self._reading, self.filters.wanted(), self._seen()
        sought = {self._wanted, *self.chosen.numbers[:MOST]} - {""}
        self._acts.look(
            lambda desk: self._read(desk, wanted, seen, sought), lambda read: self._show_list(reading, read)
        )

    def offer(self, action: QWidget) -> None:
        """Puts one more action beside the export."""
        self._head.insertWidget(self._head.indexOf(self.export), action)

    def on_changes(self, changes: Changes) -> None:
        """Looks again when a case changed."""
        if changes.cases:
            self.reload()

    def choose(self, number: str) -> None:
        """Chooses a case by its number, also one that is not in the list any more or not yet."""
        self.bulk.clear()
        self._choose(number)

    def _choose(self, number: str) -> None:
        self._wanted = number
        place = self._loaded_place(number)
        self._acts.look(lambda desk: look_at_case(desk, number, "window"), self._show_case)
        if place is not None:
            self._mark(place)
        else:
            self._unmark()
            wanted = self.filters.wanted()
            self._acts.look(
                lambda desk: place_of(desk.store, held_list(desk, wanted), number),
                lambda found: self._mark_found(number, found),
            )

    def wanted(self) -> str:
        """The number of the case that is chosen."""
        return self._wanted

    def take_focus(self) -> None:
        """Puts the focus on the list, on its first row when none is chosen."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # Qt moves its cursor to the first row when the focus comes, and chooses nothing.
        if not self.table.selectionModel().hasSelection() and self.model.rowCount():
            # Not `selectRow`: while Ctrl is held down (Ctrl+2 came here) it would take a row out again.
            self.chosen.only(max(self.table.currentIndex().row(), 0))
            self._show_several()
            self._show_chosen()

    def _begin_anew(self) -> None:
        """Another list: read from its top."""
        self.table.verticalScrollBar().setValue(0)
        self.reload()

    def _read(self, desk: Desk, wanted: Wanted, seen: set[int], sought: set[str]) -> Read:
        """Reads the pages that are seen, and those on which the chosen cases stand now."""
        wanted = held_list(desk, wanted)
        count = count_cases(desk.store, wanted)
        edges: Edges[Key] = Edges(count, PAGE, marks=marks(desk.store, wanted) if count > FEW else [])
        pages: dict[int, Prepared] = {}

        def read_one(page: int) -> None:
            pages[page], ends = self._read_page(desk, wanted, edges.approach(page))
            if ends:
                edges.note(page, *ends)

        for page in sorted(page for page in seen if page * PAGE < count):
            read_one(page)
        for number in sorted(sought):
            if not any(self._number_of(row) == number for made in pages.values() for row in made.rows):
                place = place_of(desk.store, wanted, number)
                if place is not None and place // PAGE not in pages:
                    read_one(place // PAGE)
        return Read(wanted, count, pages, edges, sought)

    def _read_page(
        self, desk: Desk, wanted: Wanted, way: Approach[Key]
    ) -> tuple[Prepared, tuple[Key, Key] | None]:
        wanted = held_list(desk, wanted)
        read = page_before if way.backwards else page_after
        rows = read(desk.store, wanted, way.key, way.most, way.skip)
        ends = (key_of(wanted, rows[0]), key_of(wanted, rows[-1])) if rows else None
        return prepare(self._listing.columns, self._listing.rows(desk, rows), self._number_of), ends

    def _show_list(self, reading: int, read: Read) -> None:
        if reading != self._reading:
            return
        self._edges, self._next, self._coming = read.edges, None, False
        self._shown_reading = reading
        self.chosen.quiet = True
        self.model.refresh(read.count, read.pages)
        self.chosen.quiet = False
        self.chosen.put_back()
        self._say_count(read.count)
        self._list.setCurrentIndex(0 if read.count else 1)
        self._look_for_missing(read.sought)
        if not self.chosen.cursor:
            self._show_chosen()
        if self._wanted:
            self._show_again(self._wanted)
        self.table.viewport().update()

    def _say_count(self, count: int) -> None:
        narrowed = self.filters.is_narrowed()
        self.count.setText(self._say(f"ui.{self._listing.name}.count", count=count))
        self.empty.setText(self._say("ui.cases.none" if narrowed else f"ui.{self._listing.name}.empty"))

    def _ask_for(self, page: int) -> None:
        """One page is read at a time: whoever drags through a long list waits for the last one only."""
        if self._coming:
            self._next = page
            return
        self._coming, self._next = True, None
        reading, wanted, way = self._reading, self.filters.wanted(), self._edges.approach(page)
        self._acts.look(
            lambda desk: self._read_page(desk, wanted, way), lambda made: self._land(reading, page, *made)
        )

    def _land(self, reading: int, page: int, made: Prepared, ends: tuple[Key, Key] | None) -> None:
        if reading != self._reading:
            return
        self._coming = False
        if ends:
            self._edges.note(page, *ends)
        self.model.land(page, made)
        self.chosen.put_back()
        self._show_chosen()
        wanted, self._next = self._next, None
        if wanted is not None and wanted in self._seen() and not self.model.has(wanted):
            self._ask_for(wanted)
        self.table.viewport().update()

    def _seen(self) -> set[int]:
        """The pages that are seen now; before the first rows came, the first."""
        top, height = self.table.rowAt(0), self.table.viewport().height()
        first = max(top, 0)
        bottom = self.table.rowAt(height - 1)
        last = bottom if bottom >= 0 else first + height // max(self.table.rowHeight(0), 1)
        return set(range(first // PAGE, last // PAGE + 1))

    def _read_ahead(self) -> None:
        """The next page is there before the last row of this one is seen."""
        height = self.table.viewport().height()
        for place in (self.table.rowAt(0) - AHEAD, self.table.rowAt(height - 1) + AHEAD):
            page = place // PAGE
            if 0 <= place < self.model.rowCount() and not self.model.has(page) and not self._coming:
                self._ask_for(page)

    def _look_for_missing(self, sought: set[str]) -> None:
        """A case that was looked for and is not there has left the list; one chosen since then is read."""
        missing = self.chosen.missing()
        gone = missing & sought
        self.chosen.forget(gone)
        if gone & set(self.bulk.numbers()):
            self._show_several()
        if missing - sought and len(self.chosen.numbers) <= MOST:
            self.reload()

    def _show_again(self, number: str) -> None:
        """The case under the cursor is shown as it is now; one that was waited for is chosen now."""
        place = self._loaded_place(number)
        if place is None and not self.chosen.any():
            self._unmark()
        elif place is not None and self._is_sought:
            self._select(place)
        self._acts.look(lambda desk: look_again(desk, number), self._show_case)

    def _number_of(self, row: Any) -> str:
        return self._listing.case(row).number

    def _loaded_place(self, number: str) -> int | None:
        return self.model.place_named(number)

    def _mark_found(self, number: str, place: int | None) -> None:
        if place is not None and number == self._wanted:
            self._mark(place)

    def _mark(self, place: int) -> None:
        if self.bulk.numbers():
            return
        self._select(place)
        self.table.scrollTo(self.model.index(place, 0))

    def _select(self, place: int) -> None:
        """One row is chosen, where several are not: the one under the cursor does not push them out."""
        if not self.bulk.numbers():
            self.chosen.only(place)
            self._is_sought = False

    def _unmark(self) -> None:
        if not self.bulk.numbers():
            self.chosen.none()
            self._is_sought = True

    def _show_chosen(self) -> None:
        """The row under the cursor is shown; one that is not there yet when it comes."""
        place = self.table.currentIndex()
        row = self.model.row(place.row()) if place.isValid() else None
        if self.chosen.quiet:
            return
        number = self.chosen.cursor = self._number_of(row) if row is not None else ""
        if number and number != self._wanted:
            self._wanted = number
            self._acts.look(lambda desk: look_at_case(desk, number, "window"), self._show_case)

    def _show_case(self, case: Case) -> None:
        """The card of one case has its place while not several are chosen."""
        self.panel.show_case(case)
        self.panel.setVisible(self.bulk.isHidden())

    def _show_several(self) -> None:
        """More than one row is chosen: what can be done with all of them takes the place of the one."""
        if self.chosen.quiet:
            return
        self._is_sought = False
        rows = self.chosen.take_down()
        if self.chosen.height() > 1:
            self.bulk.show_rows([self._listing.case(row) for row in rows])
        else:
            self.bulk.clear()
        self.panel.setVisible(self.bulk.isHidden() and self.panel.case() is not None)

    def _ask_where(self) -> None:
        kinds = f"{self._say('ui.cases.as_xlsx')} (*.xlsx);;{self._say('ui.cases.as_csv')} (*.csv)"
        name = f"{self._say(f'ui.{self._listing.name}.title')}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, self._say("ui.cases.export"), name, kinds)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Writes the whole list into a file, beside all other work."""
        wanted, say = self.filters.wanted(), self._say

        def told(count: int) -> None:
            self.note.setText(say("ui.cases.exported", count=count, name=path.name))

        self._acts.aside(
            lambda desk, progress: export_cases(desk, wanted, path, say, progress), told,
            title=say("ui.cases.exporting"),
        )  # fmt: skip

    def _on_height(self, size: QSize) -> None:
        self.panel.show_workflow(size.height() >= self._look.px(LOW))
        self.panel.tighten(size.height() < self._look.px(TIGHT))

    def _empty(self) -> QLabel:
        label = wrapping(small("", self._look))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _arrange(self) -> None:
        look = self._look
        head = self._head = QHBoxLayout()
        head.setSpacing(look.px(16))
        for widget, share in ((self.count, 0), (self.filters, 1), (self.note, 0), (self.export, 0)):
            head.addWidget(widget, share)
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
        column.addWidget(self.bulk)
        OnResize(self, self._on_height)
