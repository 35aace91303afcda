"""The rows of a table as Qt asks for them: prepared strings, a page at a time, however long the list is.

A list that is read whole is one that was given all its rows. Of a longer one only the pages near what is seen
are kept; what is not there yet is blank, asked for once, and painted when it comes.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from station_desk.ui.look.palette import Tone

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TONE = Qt.ItemDataRole.UserRole
SPOKEN = frozenset({int(Qt.ItemDataRole.DisplayRole), int(TONE)})
BLANK: tuple[str, Tone | None] = ("", None)
PAGE = 40
KEPT = 40
"""So many pages are kept; a screen shows two at most."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its title, its text, and for a pill its tone. The one that is `wide` takes the room that is
    left. `sort` names the order that its heading asks for. Where there is no room for all columns those
    that give way are left out, the highest `gives_way` first.
    """

    title: str
    text: Callable[[Row], str]
    tone: Callable[[Row], Tone] | None = None
    wide: bool = False
    sort: str = ""
    gives_way: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows with what each column says of them, and their names where they have some; made off the main
    thread.
    """

    rows: tuple[Any, ...]
    texts: tuple[tuple[str, ...], ...]
    tones: tuple[tuple[Tone | None, ...], ...]
    names: tuple[str, ...] = ()


def prepare(
    columns: Sequence[Column[Any]], rows: Sequence[Any], name_of: Callable[[Any], str] | None = None
) -> Prepared:
    """What the columns say of rows, each found again by its name."""
    texts = tuple(tuple(column.text(row) for column in columns) for row in rows)
    tones = tuple(tuple(column.tone(row) if column.tone else None for column in columns) for row in rows)
    return Prepared(tuple(rows), texts, tones, tuple(map(name_of, rows)) if name_of else ())


class TableModel(QAbstractTableModel):
    """Nothing is asked while a row is painted. `wanted` carries the number of a page that is not there."""

    wanted = Signal(int)
    landed = Signal(int)

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._count = 0
        self._told = -1
        self._pages: OrderedDict[int, Prepared] = OrderedDict()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Shows other rows, all at once, in the order in which they come."""
        made = prepare(self.columns, rows)
        cut = range(0, len(made.rows), PAGE)
        pages = {n // PAGE: Prepared(*(part[n : n + PAGE] for part in _parts(made))) for n in cut}
        self.show_list(len(made.rows), pages)

    def show_list(self, count: int, pages: dict[int, Prepared]) -> None:
        """Shows a list of `count` rows of which some pages are there."""
        if count == self._count and dict(self._pages) == pages:
            return
        self.beginResetModel()
        self._count = count
        self._pages = OrderedDict(sorted(pages.items()))
        self.endResetModel()

    def refresh(self, count: int, pages: dict[int, Prepared]) -> None:
        """The list was read again: rows come or go at its end, what is seen keeps its place."""
        self._told = -1
        if count > self._count:
            self.beginInsertRows(NOWHERE, self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(NOWHERE, count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        if dict(self._pages) != pages:
            self._pages = OrderedDict(sorted(pages.items()))
            if count:
                self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(self.columns) - 1))
        for page in pages:
            self.landed.emit(page)

    def land(self, page: int, made: Prepared) -> None:
        """A page has come."""
        self._told = -1
        self._pages[page] = made
        self._pages.move_to_end(page)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        first, last = page * PAGE, min((page + 1) * PAGE, self._count) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.landed.emit(page)

    def has(self, page: int) -> bool:
        """Whether a page is there."""
        return page in self._pages

    def row(self, place: int) -> Any:
        """The row at a place; None while its page is not there."""
        page = self._pages.get(place // PAGE)
        rows = page.rows if page else ()
        return rows[place % PAGE] if place % PAGE < len(rows) else None

    def rows(self) -> tuple[Any, ...]:
        """All rows that are there."""
        return tuple(row for _, page in sorted(self._pages.items()) for row in page.rows)

    def place_of(self, is_wanted: Callable[[Any], bool]) -> int | None:
        """Where a row stands, among those that are there."""
        for page, made in self._pages.items():
            for place, row in enumerate(made.rows):
                if is_wanted(row):
                    return page * PAGE + place
        return None

    def place_named(self, name: str) -> int | None:
        """Where the row of that name stands, among those that are there."""
        for page, made in self._pages.items():
            if name in made.names:
                return page * PAGE + made.names.index(name)
        return None

    def places_named(self, names: set[str]) -> list[int]:
        """Where the rows of these names stand, among those that are there."""
        return [
            page * PAGE + place
            for page, made in self._pages.items()
            if not names.isdisjoint(made.names)
            for place, name in enumerate(made.names)
            if name in names
        ]

    def names(self) -> set[str]:
        """The names of all rows that are there."""
        return {name for made in self._pages.values() for name in made.names}

    def pages(self) -> list[int]:
        """The pages that are there."""
        return sorted(self._pages)

    def texts(self, page: int, column: int) -> set[str]:
        """What a column says of the rows of a page."""
        return {texts[column] for texts in self._pages[page].texts}

    def line(self, place: int) -> tuple[str, ...] | None:
        """What all columns say of a row; None while it is not there."""
        page = self._pages.get(place // PAGE)
        texts = page.texts if page else ()
        return texts[place % PAGE] if place % PAGE < len(texts) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in SPOKEN or not index.isValid():
            return None
        text, tone = self.cell(index.row(), index.column())
        return text if role == Qt.ItemDataRole.DisplayRole else tone

    def cell(self, row: int, column: int) -> tuple[str, Tone | None]:
        """What a cell says, and its tone; of a page that is not there nothing yet: it is asked for."""
        page = self._pages.get(row // PAGE)
        if page is None:
            if row // PAGE != self._told:
                self._told = row // PAGE
                self.wanted.emit(self._told)
            return BLANK
        place = row % PAGE
        return (page.texts[place][column], page.tones[place][column]) if place < len(page.texts) else BLANK

    def headerData(
        self, place: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[place].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _parts(made: Prepared) -> tuple[tuple[Any, ...], ...]:
    return made.rows, made.texts, made.tones
