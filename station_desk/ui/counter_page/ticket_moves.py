"""What a clerk can do with a ticket of the queue: each action with its key, and when it is offered."""

from collections.abc import Callable
from typing import NamedTuple

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import MAY_ENTER
from station_desk.store.first_look import TicketRow
from station_desk.ui.shared.key_table import key_of


class Move(NamedTuple):
    """One action: its name, its key, the state it leads to where that alone says what it does."""

    name: str
    key: str
    state: TicketState | None = None


MOVES = (
    Move("serve", key_of("ticket.serve"), "serving"),
    Move("recall", key_of("ticket.recall"), "called"),
    Move("hold", key_of("ticket.hold"), "held"),
    Move("missed", key_of("ticket.missed"), "missed"),
)
"""Those of every day, as buttons under the queue."""

MORE = (
    Move("skip", key_of("ticket.skip")),
    Move("park", key_of("ticket.park")),
    Move("transfer", key_of("ticket.transfer")),
    Move("next", key_of("ticket.next")),
    Move("done", key_of("ticket.done"), "done"),
    Move("undo", key_of("ticket.undo")),
)
"""The less common ones, in the menu beside them."""

OFFERED: dict[str, Callable[[TicketRow], bool]] = {
    "serve": lambda row: row.state in ("waiting", "called", "held", "missed", "parked"),
    "recall": lambda row: row.state == "called",
    "hold": lambda row: row.state in MAY_ENTER["held"],
    "missed": lambda row: row.state in MAY_ENTER["missed"],
    "skip": lambda row: row.state in ("waiting", "called"),
    "park": lambda row: row.state in MAY_ENTER["parked"],
    "transfer": lambda row: row.state != "missed",
    "next": lambda row: row.state == "serving" and sum(one.is_open() for one in row.services) > 1,
    "done": lambda row: row.state in MAY_ENTER["done"],
    "undo": lambda row: row.since != row.taken_at or row.state != "waiting",
}


def moves_of(ticket: TicketRow) -> list[Move]:
    """The everyday actions that the rules allow now. Serving one that waits calls it first."""
    return [move for move in MOVES if OFFERED[move.name](ticket)]


def more_moves_of(ticket: TicketRow) -> list[Move]:
    """The less common actions that the rules allow now."""
    return [move for move in MORE if OFFERED[move.name](ticket)]


def move_named(name: str) -> Move:
    """The action of that name."""
    return next(move for move in (*MOVES, *MORE) if move.name == name)
