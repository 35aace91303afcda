"""What sync asks of the log of the desk: its ends, what lies after a mark, a note of the marks."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from station_desk.cases.event import Event
from station_desk.protocol.messages import Dossier, Mark, Marks, Pulled, Push


class Log(Protocol):
    """The logs of this PC. Every answer is complete when it returns; nothing is held open meanwhile."""

    def writers(self) -> tuple[str, ...]:
        """The names of the logs of this PC."""
        ...

    def heads(self) -> dict[str, Mark]:
        """How far each log of this PC goes: its last event and its last dossier."""
        ...

    def events_after(self, writer: str, seq: int, most: int) -> tuple[Event, ...]:
        """The next events of a log after number `seq`, in order, at most `most`."""
        ...

    def dossiers_after(self, writer: str, number: int, most: int) -> tuple[Dossier, ...]:
        """The next dossiers of a log after number `number`, in order, at most `most`."""
        ...

    def noted_marks(self) -> dict[str, Mark]:
        """What the district said it holds when it was last asked: for what is told, it decides nothing."""
        ...

    def oldest_after(self, held: Mapping[str, Mark]) -> str:
        """When the first event was made that lies after these marks, or closed a dossier that does."""
        ...

    def part_ways(self, writer: str, after: int, at: str) -> None:
        """What was written here after that event of a log, of which the district holds another end, parts."""
        ...

    def take_back(self, lost: Mapping[str, Pulled], held: Mapping[str, int], at: str) -> None:
        """Takes back the ends of logs that this PC wrote itself and has lost, or that a copy of it wrote.

        `held` says up to which event the district holds each log as it is here: what lies behind that is
        nowhere but here, and what is among the lost is one event, in the place where the district has it.
        """
        ...

    def on_its_way(self, push: Push) -> AbstractContextManager[None]:
        """Tells, as long as the block runs, that this message is being sent and not answered yet."""
        ...

    def note_marks(self, marks: Marks, at: str, word: str = "") -> None:
        """Keeps what the district said it holds, and when, for the screens; it decides nothing.

        `word` is the signed answer that says so, where there is one.
        """
        ...
