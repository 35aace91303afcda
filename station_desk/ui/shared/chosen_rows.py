"""The cases that are chosen in a list, remembered by number and apart from the cursor: a list that is read
again, longer, shorter or in another order, has the same cases chosen.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from station_desk.ui.shared.table import Table
from station_desk.ui.shared.table_model import TableModel

Flag = QItemSelectionModel.SelectionFlag
ANEW = Flag.ClearAndSelect | Flag.Rows


class ChosenRows:
    """What Qt has chosen by place, this has by number; `cursor` is the case under the cursor, empty while its
    row is not there. `quiet` is so while the list itself changes them.
    """

    def __init__(self, table: Table, model: TableModel, number_of: Callable[[Any], str], most: int) -> None:
        self._table = table
        self._model = model
        self._number_of = number_of
        self._most = most
        self._blank: tuple[int, ...] = ()
        self.numbers: tuple[str, ...] = ()
        self.cursor = ""
        self.quiet = False

    def any(self) -> bool:
        """Whether something is chosen, be it not there yet."""
        return bool(self.numbers or self._blank)

    def none(self) -> None:
        """Nothing is chosen, and the cursor is nowhere."""
        with self._quietly():
            self._table.clearSelection()
            self._table.setCurrentIndex(self._model.index(-1, -1))
        self.numbers, self._blank, self.cursor = (), (), ""

    def only(self, place: int) -> None:
        """One row is chosen, and the cursor is on it; the list stays where it is."""
        with self._quietly():
            # Not `selectRow`: with Shift held down it would choose all rows up to there.
            self._table.selectionModel().setCurrentIndex(self._model.index(place, 0), ANEW)
        self.take_down()
        self.cursor = self.numbers[0] if self.numbers else ""

    def take_down(self) -> list[Any]:
        """Takes down what is chosen now; answers its rows. One that is not there yet is known by its place
        until it comes.
        """
        places = list(islice(self._places(), self._most))
        rows = {place: self._model.row(place) for place in places}
        told = [row for row in rows.values() if row is not None]
        self.numbers = tuple(self._number_of(row) for row in told)
        self._blank = tuple(place for place, row in rows.items() if row is None)
        return told

    def height(self) -> int:
        """How many rows are chosen."""
        return sum(one.height() for one in self._ranges())

    def put_back(self) -> None:
        """Rows have come: the same cases are chosen wherever they stand, the cursor on the case it was on."""
        came = [row for place in self._blank if (row := self._model.row(place)) is not None]
        self.numbers += tuple(self._number_of(row) for row in came)
        self._blank = tuple(place for place in self._blank if self._model.row(place) is None)
        places = {*self._model.places_named(set(self.numbers)), *self._blank}
        under = self._model.place_named(self.cursor)
        with self._quietly():
            if places != set(islice(self._places(), self._most + 1)):
                self._choose(places)
            if under is not None and self._table.currentIndex().row() != under:
                # The next arrow or space bar goes on from this row.
                self._table.selectionModel().setCurrentIndex(self._model.index(under, 0), Flag.NoUpdate)

    def forget(self, gone: set[str]) -> None:
        """These cases are not in the list any more."""
        self.numbers = tuple(number for number in self.numbers if number not in gone)

    def missing(self) -> set[str]:
        """Chosen cases whose rows are not there."""
        return set(self.numbers) - self._model.names()

    def _choose(self, places: set[int]) -> None:
        chosen = QItemSelection()
        for place in sorted(places):
            chosen.select(self._model.index(place, 0), self._model.index(place, 0))
        self._table.selectionModel().select(chosen, ANEW)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """The list stays where it is, and nobody hears of a choice that nobody made."""
        self.quiet, was = True, self.quiet
        top = self._table.verticalScrollBar().value()
        yield
        self._table.verticalScrollBar().setValue(top)
        self.quiet = was

    def _places(self) -> Iterator[int]:
        return (place for one in self._ranges() for place in range(one.top(), one.bottom() + 1))

    def _ranges(self) -> Any:
        # The stubs do not know that a selection is a list of ranges.
        return self._table.selectionModel().selection()
