"""What can be done with the ticket under the selection: only what its state allows, each with its key."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import MAY_ENTER
from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import small
from station_desk.ui.shared.surface import Surface


class Move(NamedTuple):
    """One action: its name, its key, the state it leads to."""

    name: str
    key: str
    state: TicketState


MOVES = (
    Move("serve", "F5", "serving"),
    Move("recall", "F4", "called"),
    Move("hold", "F6", "held"),
    Move("missed", "F7", "missed"),
)


def moves_of(ticket: TicketRow) -> list[Move]:
    """The actions that the rules allow for the ticket now. Serving one that waits calls it first."""
    return [move for move in MOVES if _allowed(ticket.state, move)]


class TicketStrip(Surface):
    """The row of small buttons under the queue. `asked` carries the ticket and the action."""

    asked = Signal(object, object)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("top", look)
        self._say = say
        self._ticket: TicketRow | None = None
        self._hint = small(say("ui.ticket.choose"), look)
        self._buttons = {
            move: KeyButton(say(f"ui.ticket.{move.name}"), move.key, look, "quiet") for move in MOVES
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(10), look.px(8), look.px(10), look.px(8))
        row.setSpacing(look.px(6))
        row.addWidget(self._hint)
        for move, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, move=move: self._ask(move))
            button.hide()
            row.addWidget(button)
        row.addStretch()
        self.setFixedHeight(look.px(45))

    def show_ticket(self, ticket: TicketRow | None, in_hand: str) -> None:
        """Shows what can be done with this ticket; the one whose request lies on the counter is served already."""
        self._ticket = ticket
        moves = moves_of(ticket) if ticket else []
        allowed = [move for move in moves if move.name != "serve" or not ticket or ticket.id != in_hand]
        for move, button in self._buttons.items():
            button.setVisible(move in allowed)
        self._hint.setVisible(not allowed)

    def menu(self, ticket: TicketRow, parent: QWidget) -> QMenu:
        """The same actions as a menu at the pointer."""
        menu = QMenu(parent)
        for move in moves_of(ticket):
            action = menu.addAction(self._say(f"ui.ticket.{move.name}"))
            action.setShortcut(QKeySequence(move.key))
            action.triggered.connect(lambda _checked=False, move=move: self.asked.emit(ticket, move))
        return menu

    def _ask(self, move: Move) -> None:
        if self._ticket:
            self.asked.emit(self._ticket, move)


def _allowed(state: str, move: Move) -> bool:
    if move.name == "serve":
        return state in ("waiting", "called", "held", "missed")
    if move.name == "recall":
        return state == "called"
    return state in MAY_ENTER[move.state]
