"""Answers that were stored and maybe never told, so that the next start offers them.

A batch tells each answer before it reads the next line. So one note a run is enough: the command that it is
at, written in that command's own commit. A run that ends by itself takes its note away. What was repeated is
told by then too; a repeated command itself writes nothing, so that it is answered on a full disk as well.
"""

from dataclasses import dataclass, field

import msgspec

from station_desk.store.unit import PUT_ABOUT, Unit

PREFIX, BEHIND = "unsaid:", "unsaid;"
FORGET = "DELETE FROM about WHERE key >= ? AND key < ? AND value = ?"
UNSAID = (
    "SELECT c.id, c.answer, c.at FROM about a JOIN commands c ON c.id = a.value"
    " WHERE a.key >= ? AND a.key < ? ORDER BY c.at, c.id"
)


class Unsaid(msgspec.Struct, frozen=True):
    """A command of a script that was stopped: done at `at`, its answer perhaps never told."""

    id: str
    answer: msgspec.Raw
    at: str


@dataclass(slots=True)
class Speaker:
    """One run of a program that tells answers to another one; `repeated` were told since its last note."""

    run: str
    repeated: set[str] = field(default_factory=set)

    def note(self, unit: Unit, command: str) -> None:
        """The command is done with this commit and its answer is not told yet; all before it are."""
        self._forget_repeated(unit)
        unit.connection.execute(PUT_ABOUT, (PREFIX + self.run, command))

    def end(self, unit: Unit) -> None:
        """The run has told every answer."""
        self._forget_repeated(unit)
        unit.forget_about(PREFIX + self.run)

    def _forget_repeated(self, unit: Unit) -> None:
        unit.connection.executemany(FORGET, [(PREFIX, BEHIND, name) for name in sorted(self.repeated)])
        # If this commit fails their notes stay, and they are offered once too often: no harm.
        self.repeated.clear()


def unsaid_in(unit: Unit) -> list[Unsaid]:
    """What was stored and perhaps never told, the oldest first."""
    rows = unit.connection.execute(UNSAID, (PREFIX, BEHIND)).fetchall()
    return [Unsaid(name, msgspec.Raw(answer.encode()), at) for name, answer, at in rows]
