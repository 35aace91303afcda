"""The one index of items of a window: made in the store lane once the desk is open, asked by every page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from station_desk.catalogue.item import Item
from station_desk.catalogue.item_index import ItemIndex
from station_desk.counter.find_items import item_index, quick_index
from station_desk.ui.acts import Acts

LATER_MS = 5000
"""The first start with an edition makes its readings when the desk is at rest, or when they are missed."""


class ItemFinder(QObject):
    """Finds items by what is typed. `improved` comes when more can be found than before."""

    improved = Signal()

    def __init__(self, acts: Acts, parent: QObject) -> None:
        super().__init__(parent)
        self._acts = acts
        self._items = acts.desk.catalogue.items
        self._index: ItemIndex | None = None
        self._waiting: list[Callable[[], None]] = []
        self._later = QTimer(self, interval=LATER_MS, singleShot=True)
        self._later.timeout.connect(self._make_whole)
        acts.look(quick_index, self._on_quick)

    def find(self, asked: str) -> tuple[Item, ...]:
        """The items that fit, the best first; all of them, by code, when nothing is asked."""
        if self._index is None:
            return ()
        if asked and self._later.isActive():
            self._later.stop()
            self._make_whole()
        return tuple(self._items[hit.code] for hit in self._index.find(asked))

    def when_ready(self, then: Callable[[], None]) -> None:
        """Calls `then` as soon as items can be found: at once, or when the index is made."""
        if self._index is None:
            self._waiting.append(then)
        else:
            then()

    def stop(self) -> None:
        """The window closes."""
        self._later.stop()

    def _on_quick(self, made: tuple[ItemIndex, bool]) -> None:
        self._index, whole = made
        if not whole:
            self._later.start()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _make_whole(self) -> None:
        self._acts.look(item_index, self._on_whole)

    def _on_whole(self, index: ItemIndex) -> None:
        self._index = index
        self.improved.emit()
