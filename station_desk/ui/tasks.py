"""Work off the main thread, its answers back on it: lane `store` one act at a time, lane `paper` one print
after the other, lanes `wire` and `aside` (long reading) beside them, lane `press` for what takes long to set,
lane `draft` for what is typed: no act of any length holds it up; lane `keep` for backups and checks. Lane
`turns` is the main thread itself, where what takes long to build is built a little with each turn of it, and
where answers land one a turn.
"""

import sys
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from time import monotonic, perf_counter
from typing import Any, Final, Generic, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from station_desk.core.errors import RuleError
from station_desk.ui.turns import Turns

T = TypeVar("T")
Lane = Literal["store", "paper", "wire", "aside", "press", "draft", "keep", "turns"]
Refused = Callable[[RuleError], None]
WORKERS: dict[Lane, int] = {"store": 1, "paper": 1, "wire": 2, "aside": 1, "press": 1, "draft": 1, "keep": 1}
TURN_S = 0.006
"""Work on the main thread lets the window answer after so long."""

SWITCH_S = 0.0005
"""A lane that reckons gives way to the window after so long. Qt lets go of the interpreter at every other
call; with Python's five milliseconds to take it back, one act beside such a lane took a tenth of a second.
"""

PATIENCE_MS = 300
"""Work that takes longer is shown, with its count."""


DONE = object()
REST: Final = object()


class Stopped(Exception):
    """Somebody asked for the work to stop; nothing went wrong."""


@dataclass(eq=False)
class Task(Generic[T]):
    """One piece of work. It is handed to the work itself, which may tell how far it is and hears when to
    stop.
    """

    title: str
    work: "Callable[[Task[T]], T]"
    then: Callable[[T], None]
    refused: Refused | None
    ended: Callable[[], None] | None
    lane: Lane = "store"
    began: float = field(default_factory=monotonic)
    done: int = 0
    total: int = 0
    _stop: Event = field(default_factory=Event)

    def progress(self, done: int, total: int) -> None:
        """Called by the work, from its own thread. Raises Stopped once somebody cancelled."""
        self.done, self.total = done, total
        if self._stop.is_set():
            raise Stopped

    def cancel(self) -> None:
        """Asks the work to stop the next time it tells how far it is."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Whether somebody asked for the stop, even where the work was at its end already."""
        return self._stop.is_set()


@dataclass(frozen=True, slots=True)
class Failure:
    """Work that failed. `refused` shows a rule's sentence beside what it concerns, where there is such a
    place.
    """

    error: BaseException
    refused: Refused | None


class Tasks(QObject):
    """The lanes. `trouble` says what failed, `busy` which work lasts longer than a moment (or None)."""

    trouble = Signal(object)
    busy = Signal(object)
    _landed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._switch_before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=lane) for lane, count in WORKERS.items()
        }
        self._running: list[Task[Any]] = []
        self._open = True
        self._was_told = False
        self._turns = Turns(self)
        self._landed.connect(self._wait_for_turn, Qt.ConnectionType.QueuedConnection)
        self._watch = QTimer(self, interval=PATIENCE_MS // 3)
        self._watch.timeout.connect(self._tell_busy)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        lane: Lane = "store",
        refused: Refused | None = None,
        ended: Callable[[], None] | None = None,
        title: str = "",
    ) -> Task[T]:
        """Runs the work in its lane, then hands the answer to `then` on the main thread.

        `refused` is called instead for a rule that said no, `ended` after either; `title` names long work to
        people.
        """
        return self.run_counted(
            lambda _task: work(), then, lane=lane, refused=refused, ended=ended, title=title
        )

    def run_counted(
        self,
        work: Callable[[Task[T]], T],
        then: Callable[[T], None],
        *,
        lane: Lane = "store",
        refused: Refused | None = None,
        ended: Callable[[], None] | None = None,
        title: str = "",
    ) -> Task[T]:
        """The same for work that tells how far it is and may be cancelled on the way."""
        task = Task(title, work, then, refused, ended, lane)
        self._running.append(task)
        self._watch.start()
        future = self._lanes[lane].submit(task.work, task)
        future.add_done_callback(lambda done: self._landed.emit(task, done))
        return task

    def in_turns(self, steps: Generator[object, None, None], ended: Callable[[], None]) -> Task[None]:
        """Takes the steps on the main thread, as many with each turn of the loop as nobody notices.

        After a step that yields REST the loop turns: what it showed is laid out and painted before the next.
        A task that is cancelled stops between two of them. `ended` is called after the last of them.
        """
        task = Task[None]("", lambda _task: None, lambda _done: None, None, ended, "turns")
        self._running.append(task)

        def take_turn() -> None:
            if not self._open:
                return
            until, goes_on = perf_counter() + TURN_S, True
            step: object = None
            try:
                while goes_on and step is not REST and perf_counter() < until:
                    step = DONE if task.is_cancelled() else next(steps, DONE)
                    goes_on = step is not DONE
            except Exception as error:  # noqa: BLE001 - told like every failure of other work
                goes_on = False
                self.trouble.emit(Failure(error, None))
            if goes_on:
                self._turns.add(take_turn)
            else:
                self._running.remove(task)
                steps.close()
                ended()

        self._turns.add(take_turn)
        return task

    def is_idle(self, lane: Lane | None = None) -> bool:
        """Whether nothing runs or waits, in one lane or in all."""
        return not any(lane in (None, task.lane) for task in self._running)

    def under_way(self) -> str:
        """The lanes in which something runs or waits."""
        return ", ".join(sorted({task.lane for task in self._running}))

    def is_open(self) -> bool:
        """Whether work is still taken."""
        return self._open

    def close(self) -> None:
        """Ends all lanes: what waits is dropped, what runs is asked to stop and waited for; nothing lands
        after.
        """
        self._open = False
        self._watch.stop()
        for task in self._running:
            task.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._running.clear()
        self._turns.clear()
        sys.setswitchinterval(self._switch_before)

    def _wait_for_turn(self, task: Task[Any], future: "Future[Any]") -> None:
        self._turns.add(lambda: self._land(task, future))

    def _land(self, task: Task[Any], future: "Future[Any]") -> None:
        if not self._open:
            return
        self._running.remove(task)
        self._tell_busy()
        try:
            task.then(future.result())
        except (CancelledError, Stopped):
            pass
        except BaseException as error:  # noqa: BLE001 - every failure of a worker is told on the main thread
            self.trouble.emit(Failure(error, task.refused))
        finally:
            if task.ended:
                task.ended()

    def _tell_busy(self) -> None:
        if not self._running:
            self._watch.stop()
        patience = monotonic() - PATIENCE_MS / 1000
        named = [task for task in self._running if task.title and task.began < patience]
        if named or self._was_told:
            self._was_told = bool(named)
            self.busy.emit(named[0] if named else None)
