"""How long everybody waits: reckoned after the rows are in sight, and only when the queue has changed."""

from PySide6.QtCore import QObject

from station_desk.counter.queue_wait import waits_now
from station_desk.store.first_look import TicketRow, Waits
from station_desk.ui.acts import Acts
from station_desk.ui.counter_page.queue_column import QueueColumn


class WaitTimes(QObject):
    """Brings the waits to the rows of a queue. `asked` counts how often they were reckoned."""

    def __init__(self, column: QueueColumn, acts: Acts) -> None:
        super().__init__(column)
        self._column = column
        self._acts = acts
        self._of: tuple[TicketRow, ...] = ()
        self.asked = 0

    def look(self, rows: tuple[TicketRow, ...]) -> None:
        """These rows are in sight now."""
        if rows != self._of:
            self._of = rows
            self.asked += 1
            self._acts.look(waits_now, self._show)

    def _show(self, waits: Waits) -> None:
        self._column.show_waits(waits, self._acts.desk.clock())
