"""The hands that do what the simulation wants: acts of the desk, one after the other."""

from datetime import datetime
from typing import Protocol
from uuid import uuid4

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import QueueEmpty
from station_desk.core.clock import stamp
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.counter.queue_turns import (
    Park,
    Resume,
    Skip,
    Transfer,
    park,
    resume,
    skip,
    transfer,
)
from station_desk.counter.visit import NextService, next_service
from station_desk.main.demo.day.visitors import Visitor


class Hands(Protocol):
    """What can be done at the door and at a counter; `call` answers None while nobody waits."""

    def take(self, visitor: Visitor) -> TicketAnswer: ...
    def call(self, counter: str) -> TicketAnswer | None: ...
    def move(self, ticket: str, state: TicketState, counter: str) -> TicketAnswer: ...
    def park(self, ticket: str, until: datetime, counter: str) -> TicketAnswer: ...
    def resume(self, ticket: str, counter: str) -> TicketAnswer: ...
    def skip(self, ticket: str, counter: str) -> TicketAnswer: ...
    def transfer(self, ticket: str, item: str, counter: str) -> TicketAnswer: ...
    def next_service(self, ticket: str, counter: str) -> TicketAnswer: ...


class DeskHands:
    """The acts straight on the desk, as the command line does them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, visitor: Visitor) -> TicketAnswer:
        wish = TakeTicket(visitor.item, visitor.priority, visitor.agent, more=visitor.more)
        return take_ticket(self._desk, wish, uuid4().hex).answer

    def call(self, counter: str) -> TicketAnswer | None:
        try:
            return call_next(self._desk, CallNext(counter=counter), uuid4().hex).answer
        except QueueEmpty:
            return None

    def move(self, ticket: str, state: TicketState, counter: str) -> TicketAnswer:
        return move_ticket(self._desk, MoveTicket(ticket, state, counter), uuid4().hex).answer

    def park(self, ticket: str, until: datetime, counter: str) -> TicketAnswer:
        return park(self._desk, Park(ticket, stamp(until), counter=counter), uuid4().hex).answer

    def resume(self, ticket: str, counter: str) -> TicketAnswer:
        return resume(self._desk, Resume(ticket, counter), uuid4().hex).answer

    def skip(self, ticket: str, counter: str) -> TicketAnswer:
        return skip(self._desk, Skip(ticket, counter), uuid4().hex).answer

    def transfer(self, ticket: str, item: str, counter: str) -> TicketAnswer:
        return transfer(self._desk, Transfer(ticket, item, counter=counter), uuid4().hex).answer

    def next_service(self, ticket: str, counter: str) -> TicketAnswer:
        return next_service(self._desk, NextService(ticket, counter), uuid4().hex).answer
