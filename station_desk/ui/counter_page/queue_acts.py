"""The acts of the queue as the window asks for them; a refusal is said beside the queue."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from station_desk.cases.parts import Priority, TicketState
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter import queue, queue_turns, visit
from station_desk.counter.answers import TicketAnswer
from station_desk.store.unit import Changes
from station_desk.ui.acts import Acts, new_command, nothing
from station_desk.ui.counter_page.queue_column import QueueColumn

if TYPE_CHECKING:
    from station_desk.counter.desk import Desk
    from station_desk.store.desk_store import Done

Items = tuple[tuple[str, int], ...]
"""Codes of items, each with how many times."""

Told = Callable[[TicketAnswer], None]


class QueueActs(QObject):
    """What the counter page does with tickets. A rule's sentence is shown beside the queue."""

    def __init__(self, column: QueueColumn, acts: Acts, say: Texts) -> None:
        super().__init__(column)
        self._column = column
        self._acts = acts
        self._say = say

    def take(
        self, items: tuple[tuple[str, int], ...], priority: Priority, told: Told, *, agent: bool
    ) -> None:
        """A number for one item or several, each so many times."""
        (item, quantity), *others = items
        more = tuple(queue.Asked(code, times) for code, times in others)
        wish = queue.TakeTicket(item, priority, agent, quantity, more)
        self._do(lambda desk, command: queue.take_ticket(desk, wish, command), told)

    def call_next(self, told: Told) -> None:
        """Calls who is next to this counter."""
        self._do(lambda desk, command: queue.call_next(desk, queue.CallNext(), command), told)

    def move(self, ticket: str, state: TicketState, told: Told = nothing) -> None:
        """Brings a ticket into a state."""
        wish = queue.MoveTicket(ticket, state)
        self._do(lambda desk, command: queue.move_ticket(desk, wish, command), told)

    def park(self, ticket: str, reason: str, until: str, told: Told = nothing) -> None:
        """Puts a ticket aside."""
        wish = queue_turns.Park(ticket, until, reason)
        self._do(lambda desk, command: queue_turns.park(desk, wish, command), told)

    def resume(self, ticket: str, told: Told = nothing) -> None:
        """Goes on with a ticket that was put aside."""
        wish = queue_turns.Resume(ticket)
        self._do(lambda desk, command: queue_turns.resume(desk, wish, command), told)

    def skip(self, ticket: str, told: Told = nothing) -> None:
        """Passes over who is not there."""
        wish = queue_turns.Skip(ticket)
        self._do(lambda desk, command: queue_turns.skip(desk, wish, command), told)

    def transfer(self, ticket: str, item: str, counter: str, told: Told = nothing) -> None:
        """Sends a ticket to another item, to another counter, or both."""
        wish = queue_turns.Transfer(ticket, item, counter)
        self._do(lambda desk, command: queue_turns.transfer(desk, wish, command), told)

    def undo(self, ticket: str, told: Told = nothing) -> None:
        """Takes the last move of a ticket back."""
        wish = queue_turns.UndoTicket(ticket)
        self._do(lambda desk, command: queue_turns.undo_ticket(desk, wish, command), told)

    def next_service(self, ticket: str, told: Told = nothing) -> None:
        """Leaves the present item of a visit and goes on to the next."""
        wish = visit.NextService(ticket)
        self._do(lambda desk, command: visit.next_service(desk, wish, command), told)

    def print_slip(self, ticket: str) -> None:
        """Prints the slip where there is a printer for it; a slow one does not hold up who comes next."""
        self._acts.send(
            lambda desk: _print_slip(desk, ticket),
            self._acts.changed.emit,
            title=self._say("ui.done.printing"),
        )

    def _do(self, act: "Callable[[Desk, str], Done[TicketAnswer]]", told: Told) -> None:
        command = new_command()
        self._acts.do(lambda desk: act(desk, command), told, refused=self._refused)

    def _refused(self, error: RuleError) -> None:
        self._column.tell(self._say.error(error))


def _print_slip(desk: "Desk", ticket: str) -> Changes:
    from station_desk.counter.ticket_slip import print_ticket, ticket_printer

    if ticket_printer(desk) is None:
        return Changes()
    print_ticket(desk, ticket)
    return Changes(papers=True)
