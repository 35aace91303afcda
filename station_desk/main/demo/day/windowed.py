"""The day in the real window: this counter works by its own acts, and a watchdog sits in its loop."""

import gc
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)

from station_desk.cases.parts import TicketState
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.main.demo.day.hands import DeskHands
from station_desk.main.demo.day.simulation import Simulation, Truth
from station_desk.main.demo.day.visitors import Visitor
from station_desk.main.demo.day.watchdog import Watchdog
from station_desk.main.demo.day.watched import Watched
from station_desk.main.demo.days import DemoClock
from station_desk.main.desk import open_window
from station_desk.main.screenshots import settle
from station_desk.main.window import Window, keep_for_good

Answered = TypeVar("Answered")
PATIENCE_SECONDS = 30.0
TURNS = 2
"""So many turns of the loop after the last answer: what was made in one is painted in the next."""

WAITING = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
LONGEST_SECONDS = 600.0
"""After so long the window closes and the rest of the day passes without it: it always ends."""


def day_in_window(
    desk: Desk, clock: DemoClock, counters: Sequence[str], visitors: Sequence[Visitor],
    progress: Callable[[int], None],
) -> tuple[Truth, Watched]:  # fmt: skip
    """What happened on the day, and how the window kept up with it."""
    qInstallMessageHandler(_tell)
    window = open_window(desk)
    settle(window)
    keep_for_good()
    dog = Watchdog(window)
    simulation = Simulation(WindowHands(window, desk), clock, counters)
    until, acts = monotonic() + LONGEST_SECONDS, 0

    def passed(done: int) -> None:
        nonlocal acts
        progress(done)
        if window.shell.isVisible():
            acts = done
            if monotonic() > until:
                close()

    def close() -> None:
        dog.stop()
        window.shell.close()
        gc.unfreeze()
        simulation.hands = DeskHands(desk)

    dog.start()
    try:
        simulation.run(visitors, passed)
    finally:
        close()
    told = dog.stalls
    stalls = (tuple(told.milliseconds), tuple(told.own), tuple(told.beside))
    return simulation.truth, Watched(*stalls, told.longest, acts)


def _tell(_kind: QtMsgType, _where: QMessageLogContext, said: str) -> None:
    # A platform without a screen says with each new size that it has no window manager to tell.
    if "propagateSizeHints" not in said:
        sys.stderr.write(f"{said}\n")


class WindowHands:
    """The clerk of the window's counter; at the door and at other counters acts are done beside it."""

    def __init__(self, window: Window, desk: Desk) -> None:
        self._window = window
        self._own = desk.station.counter
        self._beside = DeskHands(desk)
        self._tickets = window.shell.counter.handling.tickets
        self._handling = window.shell.counter.handling

    def take(self, visitor: Visitor) -> TicketAnswer:
        return self._aside(lambda: self._beside.take(visitor))

    def call(self, counter: str) -> TicketAnswer | None:
        if counter != self._own:
            return self._aside(lambda: self._beside.call(counter))
        heard: list[TicketAnswer] = []
        self._handling.call_next(heard.append)
        self._rest()
        return heard[0] if heard else None

    def move(self, ticket: str, state: TicketState, counter: str) -> TicketAnswer:
        if counter != self._own:
            return self._aside(lambda: self._beside.move(ticket, state, counter))
        return self._heard(lambda told: self._tickets.move(ticket, state, told), state)

    def park(self, ticket: str, until: datetime, counter: str) -> TicketAnswer:
        if counter != self._own:
            return self._aside(lambda: self._beside.park(ticket, until, counter))
        time = f"{until:%H:%M:%S}"
        return self._heard(lambda told: self._tickets.park(ticket, "copying", time, told), "parked")

    def resume(self, ticket: str, counter: str) -> TicketAnswer:
        if counter != self._own:
            return self._aside(lambda: self._beside.resume(ticket, counter))
        return self._heard(lambda told: self._tickets.resume(ticket, told), "serving")

    def skip(self, ticket: str, counter: str) -> TicketAnswer:
        if counter != self._own:
            return self._aside(lambda: self._beside.skip(ticket, counter))
        return self._heard(lambda told: self._tickets.skip(ticket, told), "waiting")

    def transfer(self, ticket: str, item: str, counter: str) -> TicketAnswer:
        if counter != self._own:
            return self._aside(lambda: self._beside.transfer(ticket, item, counter))
        return self._heard(lambda told: self._tickets.transfer(ticket, item, "", told), "done")

    def next_service(self, ticket: str, counter: str) -> TicketAnswer:
        if counter != self._own:
            return self._aside(lambda: self._beside.next_service(ticket, counter))
        return self._heard(lambda told: self._tickets.next_service(ticket, told), "next")

    def _heard(self, ask: Callable[[Callable[[TicketAnswer], None]], None], then: str) -> TicketAnswer:
        """The answer of an act, once the window has shown what came of it."""
        heard: list[TicketAnswer] = []

        def told(answer: TicketAnswer) -> None:
            heard.append(answer)
            self._handling.follow(answer, then)

        ask(told)
        self._rest()
        return heard[0]

    def _aside(self, act: Callable[[], Answered]) -> Answered:
        """Somebody else's act: the window hears of it as it hears of another program's, by looking again."""
        answer: list[Answered] = []
        self._window.tasks.run(act, answer.append)
        self._rest()
        self._window.rhythm.look()
        self._rest()
        return answer[0]

    def _rest(self) -> None:
        """Lets the window work until nothing is under way."""
        until, quiet = monotonic() + PATIENCE_SECONDS, 0
        while True:
            QCoreApplication.processEvents(WAITING)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            tasks = self._window.tasks
            quiet = quiet + 1 if tasks.is_idle("store") and tasks.is_idle("turns") else 0
            if quiet > TURNS:
                return
            if monotonic() > until:
                raise TimeoutError(f"the window does not come to rest: {tasks.under_way()}")
