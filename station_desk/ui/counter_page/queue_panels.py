"""The panels that cover the queue for a moment: an item is chosen there, or why somebody is parked."""

from collections.abc import Generator, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow
from station_desk.ui.acts import Acts
from station_desk.ui.counter_page.park_panel import ParkPanel
from station_desk.ui.counter_page.queue_column import QueueColumn
from station_desk.ui.counter_page.take_panel import Purpose, TakePanel
from station_desk.ui.look.look import Look
from station_desk.ui.shared.item_finder import ItemFinder
from station_desk.ui.tasks import REST

NOTHING: Mapping[str, int] = {}


class QueuePanels(QObject):
    """The one for items is made ahead, the other when it is first wanted.

    The signals carry what was chosen: `taken` the items with their numbers, the priority class and whether an
    agent came; `direct` an item and the same; `transferred` a ticket, an item and a counter; `parked` a
    ticket, a reason and until when.
    """

    taken = Signal(object, str, bool)
    direct = Signal(str, bool)
    transferred = Signal(str, str, str)
    parked = Signal(str, str, str)

    def __init__(self, column: QueueColumn, acts: Acts, items: ItemFinder, say: Texts, look: Look) -> None:
        super().__init__(column)
        self._column = column
        self._acts = acts
        self._items = items
        self._say = say
        self._look = look
        self._transferred = ""
        self.take: TakePanel | None = None
        self.park: ParkPanel | None = None
        items.when_ready(self._begin_ahead)

    def open_take(self, purpose: Purpose, basket: Mapping[str, int] = NOTHING) -> None:
        """Opens the panel in which an item is chosen, as soon as items can be found.

        Asked for again while a number is taken, it adds the chosen item to the visit.
        """
        if purpose == "ticket" and self.take and self.take.isVisible() and self.take.add_chosen():
            return
        self._items.when_ready(lambda: self._show_take(purpose, basket))

    def open_transfer(self, ticket: TicketRow) -> None:
        """Asks to which item or counter a ticket goes."""
        self._transferred = ticket.id
        self.open_take("transfer")

    def open_park(self, ticket: TicketRow) -> None:
        """Asks why a ticket is parked and until when."""
        self.close()
        if self.park is None:
            self.park = ParkPanel(self._acts.desk.catalogue.queue.reason, self._say, self._look)
            self.park.parked.connect(self.parked)
            self.park.left.connect(self.close)
        self._column.cover(self.park)
        self.park.open(ticket)

    def open_now(self) -> Purpose | None:
        """What an item is being chosen for; None while nothing is."""
        return self.take.purpose() if self.take and self.take.isVisible() else None

    def close(self) -> None:
        """The queue is in sight again."""
        for panel in (self.take, self.park):
            if panel and panel.isVisible():
                self._column.uncover(panel)
                self._column.take_focus()

    def basket(self) -> dict[str, int]:
        """What was put together for the visit so far."""
        return dict(self.take.basket) if self.take and self.open_now() == "ticket" else {}

    def _show_take(self, purpose: Purpose, basket: Mapping[str, int]) -> None:
        self.close()
        take = self._made_take()
        self._column.cover(take)
        take.open(purpose)
        take.put_basket(basket)

    def _begin_ahead(self) -> None:
        self._acts.tasks.in_turns(self._make_ready(), lambda: None)

    def _make_ready(self) -> Generator[object, None, None]:
        """While nothing is asked for, what a key opens at once is made and dressed out of sight."""
        yield None
        if not isValid(self._column):
            return
        panel = self._made_take()
        yield REST
        if isValid(panel) and isValid(self._column):
            self._column.keep_ready(panel)
            for widget in panel.findChildren(QWidget):
                yield None
                if isValid(widget):
                    widget.ensurePolished()

    def _made_take(self) -> TakePanel:
        if self.take is None:
            self.take = self._make_take()
        return self.take

    def _make_take(self) -> TakePanel:
        panel = TakePanel(self._items.find, self._acts.desk.catalogue.categories, self._say, self._look)
        panel.taken.connect(self.taken)
        panel.transferred.connect(self._transfer)
        panel.direct.connect(self.direct)
        panel.left.connect(self.close)
        self._items.improved.connect(panel.look_again)
        return panel

    def _transfer(self, item: str, counter: str) -> None:
        self.transferred.emit(self._transferred, item, counter)
