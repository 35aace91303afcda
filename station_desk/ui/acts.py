"""How a page asks for an act: in the store lane, once, and every page hears what it changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from station_desk.ui.tasks import Refused, Task, Tasks

if TYPE_CHECKING:
    import msgspec

    from station_desk.counter.desk import Desk
    from station_desk.printing.printers.printer import PrinterFor
    from station_desk.store.desk_store import Done

    Answer = TypeVar("Answer", bound=msgspec.Struct)

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Hears how much of the work is done, of how much."""


class Acts(QObject):
    """The desk's acts as the windows call them. `changed` carries the Changes of each act that was done."""

    changed = Signal(object)

    def __init__(self, desk: "Desk", tasks: Tasks) -> None:
        super().__init__()
        self.desk = desk
        self.tasks = tasks

    def do(
        self,
        act: "Callable[[Desk], Done[Answer]]",
        then: "Callable[[Answer], None]",
        *,
        refused: Refused | None = None,
        ended: Callable[[], None] | None = None,
        title: str = "",
    ) -> None:
        """Does an act; `then` gets its answer after all pages heard what changed."""
        self.do_counted(lambda desk, _progress: act(desk), then, refused=refused, ended=ended, title=title)

    def do_counted(
        self,
        act: "Callable[[Desk, Progress], Done[Answer]]",
        then: "Callable[[Answer], None]",
        *,
        refused: Refused | None = None,
        ended: Callable[[], None] | None = None,
        title: str = "",
    ) -> None:
        """The same for an act that tells how far it is and may be stopped on the way."""
        self.tasks.run_counted(
            lambda task: act(self.desk, task.progress), self._told(then), refused=refused, ended=ended,
            title=title,
        )  # fmt: skip

    def print(
        self,
        act: "Callable[[Desk], Done[Answer]]",
        then: "Callable[[Answer], None]",
        *,
        refused: Refused | None = None,
        ended: Callable[[], None] | None = None,
        title: str = "",
    ) -> None:
        """The same for an act that prints."""
        self.send(act, self._told(then), refused=refused, ended=ended, title=title)

    def send(
        self,
        work: "Callable[[Desk], T]",
        then: Callable[[T], None],
        *,
        refused: Refused | None = None,
        ended: Callable[[], None] | None = None,
        title: str = "",
    ) -> None:
        """Prints something in the lane of papers; the wait for a printer can be stopped."""
        self.tasks.run_counted(
            lambda task: work(replace(self.desk, printer_for=_stopping(self.desk.printer_for, task))),
            then, lane="paper", refused=refused, ended=ended, title=title,
        )  # fmt: skip

    def make(
        self,
        work: "Callable[[Desk, Progress], T]",
        then: Callable[[T], None],
        *,
        refused: Refused | None = None,
        ended: Callable[[], None] | None = None,
        title: str = "",
    ) -> None:
        """Makes something that takes long and changes nothing, beside all other work; it can be stopped.

        What was finished in the very moment of the stop is not wanted any more.
        """

        def made(thing: T) -> None:
            if not task.is_cancelled():
                then(thing)

        task = self.tasks.run_counted(
            lambda task: work(self.desk, task.progress), made, lane="press", refused=refused, ended=ended,
            title=title,
        )  # fmt: skip

    def look(
        self,
        question: "Callable[[Desk], T]",
        then: Callable[[T], None],
        *,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Reads something; nothing changes."""
        self.tasks.run(lambda: question(self.desk), then, ended=ended)

    def aside(
        self, question: "Callable[[Desk, Progress], T]", then: Callable[[T], None], *, title: str
    ) -> None:
        """Reads something that takes long, beside all acts; it tells how far it is and may be stopped."""
        self.tasks.run_counted(
            lambda task: question(self.desk, task.progress), then, lane="aside", title=title
        )

    def _told(self, then: "Callable[[Answer], None]") -> "Callable[[Done[Answer]], None]":
        """All pages hear what changed before the one that asked hears its answer."""

        def landed(done: "Done[Answer]") -> None:
            self.changed.emit(done.changes)
            then(done.answer)

        return landed


def _stopping(printer_for: "PrinterFor", task: "Task[Any]") -> "PrinterFor":
    """The printers, each given up when the task is stopped while it is waited for."""
    return lambda kind, _waiting=None, /: printer_for(kind, lambda: task.progress(0, 0))


def new_command() -> str:
    """The name of a command, made before it is asked for, so that asking again is harmless."""
    return uuid4().hex


def nothing(_answer: object) -> None:
    """For acts whose changes say it all."""
