"""What can be done with the ticket under the selection: only what its state allows, each with its key."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow
from station_desk.ui.counter_page.service_lines import ServiceLines
from station_desk.ui.counter_page.ticket_moves import MORE, MOVES, Move, more_moves_of, moves_of
from station_desk.ui.look.look import Look
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.giving_way import show_together
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import small
from station_desk.ui.shared.surface import Surface


class TicketStrip(Surface):
    """The small buttons under the queue, and the items of a visit that has several.

    `asked` carries the ticket and the action.
    """

    asked = Signal(object, object)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("top", look)
        self._say = say
        self._look = look
        self._ticket: TicketRow | None = None
        self._shown: tuple[TicketRow | None, str] | None = None
        self._hint = small(say("ui.ticket.choose"), look)
        self._buttons = {
            move: KeyButton(say(f"ui.ticket.{move.name}"), move.key, look, "quiet") for move in MOVES
        }
        self.more = KeyButton(say("ui.ticket.more"), key_of("ticket.more"), look, "quiet")
        self.more.clicked.connect(self._show_more)
        self.services = ServiceLines(say, look)
        for move in MORE:
            Heard(f"ticket.{move.name}", self, partial(self._ask, move), partial(self._is_offered, move))
        self._arrange()

    def show_ticket(self, ticket: TicketRow | None, in_hand: str) -> None:
        """Shows what can be done with this ticket; the one whose request lies on the counter is served
        already.
        """
        if (ticket, in_hand) == self._shown:
            return
        self._ticket, self._shown = ticket, (ticket, in_hand)
        moves = moves_of(ticket) if ticket else []
        allowed = [move for move in moves if move.name != "serve" or not ticket or ticket.id != in_hand]
        shown: dict[QWidget, bool] = {button: move in allowed for move, button in self._buttons.items()}
        more = bool(ticket and more_moves_of(ticket))
        show_together(self._row, {**shown, self._hint: ticket is None, self.more: more})
        self.services.show_services(ticket)

    def menu(self, ticket: TicketRow, parent: QWidget) -> QMenu:
        """The actions as a menu at the pointer."""
        return self._menu(ticket, parent, [*moves_of(ticket), *more_moves_of(ticket)])

    def _menu(self, ticket: TicketRow, parent: QWidget, moves: list[Move]) -> QMenu:
        menu = QMenu(parent)
        for move in moves:
            action = menu.addAction(self._say(f"ui.ticket.{move.name}"))
            action.setShortcut(QKeySequence(move.key))
            action.triggered.connect(lambda _checked=False, move=move: self.asked.emit(ticket, move))
        return menu

    def _show_more(self) -> None:
        if self._ticket:
            menu = self._menu(self._ticket, self, more_moves_of(self._ticket))
            menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _ask(self, move: Move) -> None:
        if self._ticket:
            self.asked.emit(self._ticket, move)

    def _is_offered(self, move: Move) -> bool:
        return self._ticket is not None and move in more_moves_of(self._ticket)

    def _arrange(self) -> None:
        look = self._look
        for move, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, move=move: self._ask(move))
            button.hide()
        self.more.hide()
        row = flowing([self._hint, *self._buttons.values(), self.more], "left", look.px(6))
        self._row = row
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(10), look.px(8), look.px(10), look.px(8))
        column.setSpacing(look.px(6))
        column.addWidget(self.services)
        column.addWidget(row)
        self.services.hide()
