"""The day itself: visitors come, counters call and serve them, and the truth is written down beside the desk.

The simulation knows only what people do and when; who is called next it learns from the desk. What it wrote
down of each ticket must be what the desk's own log says, to the second.
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from station_desk.cases.parts import TicketState
from station_desk.core.clock import stamp
from station_desk.main.demo.day.hands import Hands
from station_desk.main.demo.day.visitors import Fate, Visitor
from station_desk.main.demo.days import DemoClock

Truth = dict[str, list[tuple[TicketState, str]]]
"""By ticket, in order: the state it entered and when."""


@dataclass(slots=True)
class Simulation:
    """A day under way. `truth` is what happened to each ticket."""

    hands: Hands
    clock: DemoClock
    counters: Sequence[str]
    truth: Truth = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)
    who: dict[str, Visitor] = field(default_factory=dict)
    _agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _count: int = 0
    _idle: set[str] = field(default_factory=set)
    _back: dict[str, list[str]] = field(default_factory=dict)
    _served: dict[str, int] = field(default_factory=dict)

    def run(self, visitors: Sequence[Visitor], progress: Callable[[int], None]) -> None:
        """Lets the day pass until the last visitor has gone."""
        self._idle = set(self.counters)
        self._back = {counter: [] for counter in self.counters}
        for visitor in visitors:
            self._at(visitor.at, partial(self._come, visitor))
        done = 0
        while self._agenda:
            moment, _, happen = heapq.heappop(self._agenda)
            self.clock.moment = max(self.clock.moment, moment)
            happen()
            done += 1
            progress(done)

    def _at(self, moment: datetime, happen: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._agenda, (moment, self._count, happen))

    def _in(self, seconds: float, happen: Callable[[], None]) -> None:
        self._at(self.clock.moment + timedelta(seconds=max(1, round(seconds))), happen)

    def _enter(self, ticket: str, state: TicketState) -> None:
        self.truth.setdefault(ticket, []).append((state, stamp(self.clock.moment)))

    def _come(self, visitor: Visitor) -> None:
        ticket = self.hands.take(visitor).id
        self.who[ticket], self.fates[ticket] = visitor, visitor.fate
        self._enter(ticket, "waiting")
        self._wake()

    def _wake(self) -> None:
        for counter in sorted(self._idle):
            self._free(counter)

    def _free(self, counter: str) -> None:
        """A counter goes on with who was held, or calls the next."""
        self._idle.discard(counter)
        if self._back[counter]:
            ticket = self._back[counter].pop(0)
            self.hands.resume(ticket, counter)
            self._enter(ticket, "serving")
            self._in(self.who[ticket].service * 0.6, lambda: self._end(ticket, counter))
            return
        called = self.hands.call(counter)
        if called is None:
            self._idle.add(counter)
            return
        self._enter(called.id, "called")
        self._answer(called.id, counter)

    def _answer(self, ticket: str, counter: str) -> None:
        """What the called one does: comes, or not."""
        visitor = self.who[ticket]
        match self.fates[ticket]:
            case "missed" | "returns":
                self._in(visitor.walk, lambda: self._recall(ticket, counter))
            case "skipped":
                self._in(visitor.walk, lambda: self._skip(ticket, counter))
            case _:
                self._in(visitor.walk, lambda: self._serve(ticket, counter))

    def _recall(self, ticket: str, counter: str) -> None:
        self.hands.move(ticket, "called", counter)
        self._enter(ticket, "called")
        self._in(self.who[ticket].walk, lambda: self._miss(ticket, counter))

    def _miss(self, ticket: str, counter: str) -> None:
        self.hands.move(ticket, "missed", counter)
        self._enter(ticket, "missed")
        if self.fates[ticket] == "returns":
            self._in(self.who[ticket].service * 4, lambda: self._return(ticket, counter))
        self._free(counter)

    def _return(self, ticket: str, counter: str) -> None:
        self.fates[ticket] = "served"
        self.hands.move(ticket, "waiting", counter)
        self._enter(ticket, "waiting")
        self._wake()

    def _skip(self, ticket: str, counter: str) -> None:
        self.fates[ticket] = "served"
        self.hands.skip(ticket, counter)
        self._enter(ticket, "waiting")
        self._free(counter)

    def _serve(self, ticket: str, counter: str) -> None:
        self.hands.move(ticket, "serving", counter)
        self._enter(ticket, "serving")
        fate, service = self.fates[ticket], self.who[ticket].service
        self.fates[ticket] = "served"
        match fate:
            case "held":
                self._in(service * 0.4, lambda: self._hold(ticket, counter))
            case "parked":
                self._in(service * 0.3, lambda: self._park(ticket, counter))
            case "transferred":
                self._in(service * 0.3, lambda: self._transfer(ticket, counter))
            case _:
                self._in(service, lambda: self._end(ticket, counter))

    def _hold(self, ticket: str, counter: str) -> None:
        self.hands.move(ticket, "held", counter)
        self._enter(ticket, "held")
        self._in(self.who[ticket].service * 3, lambda: self._come_back(ticket, counter))
        self._free(counter)

    def _come_back(self, ticket: str, counter: str) -> None:
        self._back[counter].append(ticket)
        if counter in self._idle:
            self._free(counter)

    def _park(self, ticket: str, counter: str) -> None:
        until = self.clock.moment + timedelta(seconds=max(60, self.who[ticket].service * 5))
        self.hands.park(ticket, until, counter)
        self._enter(ticket, "parked")
        self._at(until, self._wake)
        self._free(counter)

    def _transfer(self, ticket: str, counter: str) -> None:
        self.hands.transfer(ticket, self.who[ticket].other, counter)
        self._enter(ticket, "waiting")
        self._free(counter)

    def _end(self, ticket: str, counter: str) -> None:
        """The present item is done: the next of the visit comes, or the visit ends."""
        visitor, served = self.who[ticket], self._served.get(ticket, 0)
        if served < len(visitor.more):
            self.hands.next_service(ticket, counter)
            self._enter(ticket, "serving")
            self._served[ticket] = served + 1
            self._in(visitor.service, lambda: self._end(ticket, counter))
            return
        self.hands.move(ticket, "done", counter)
        self._enter(ticket, "done")
        self._free(counter)
