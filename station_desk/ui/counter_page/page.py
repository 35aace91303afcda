"""The counter page: the queue at the left, the request in hand at the right.

Only the queue is built for the first paint; the rest comes with the desk (`join`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow
from station_desk.ui.counter_page.groups import Group
from station_desk.ui.counter_page.queue_column import QueueColumn
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import column_gives_way
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.wall import Wall

if TYPE_CHECKING:
    from station_desk.store.unit import Changes
    from station_desk.ui.acts import Acts
    from station_desk.ui.counter_page.wait_times import WaitTimes
    from station_desk.ui.shared.item_finder import ItemFinder


class CounterPage(QWidget):
    """Shows who waits at once, and everything else as soon as the desk is open."""

    def __init__(self, groups: dict[str, Group], say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self.queue = QueueColumn(groups, say, look)
        queue = Wall(self.queue)
        column_gives_way(queue, self, look)
        self._place = Surface("card", look)
        self._waits: WaitTimes | None = None
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        row.setSpacing(look.px(12))
        row.addWidget(queue)
        row.addWidget(self._place, 1)

    def show_rows(self, rows: Sequence[TicketRow], now: datetime) -> None:
        """Shows the queue as it is at a moment."""
        self.queue.show_rows(rows, now)
        if self._waits:
            self._waits.look(self.queue.rows())

    def join(self, acts: "Acts", items: "ItemFinder") -> None:
        """The desk is open: the request area takes its place, and the keys work."""
        from station_desk.ui.counter_page.handling import Handling

        self.queue.view.show_bar()
        self.handling = Handling(self.queue, acts, items, self._say, self._look)
        self._waits = self.handling.waits
        self._row.replaceWidget(self._place, Wall(self.handling.area))
        self._place.deleteLater()
        self._waits.look(self.queue.rows())
        # After the other pages joined as well.
        QTimer.singleShot(0, self.queue, self.queue.desk_is_open)

    def on_changes(self, changes: "Changes") -> None:
        """Looks again when a ticket or a case changed."""
        if changes.tickets:
            self.handling.reload()

    def tick(self, now: datetime) -> None:
        """A moment has passed."""
        self.queue.tick(now)

    def take_focus(self) -> None:
        """Goes back to the request in hand, or to the queue."""
        if not self.handling.take_focus():
            self.queue.take_focus()
