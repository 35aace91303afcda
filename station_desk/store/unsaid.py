"""Answers that were stored and maybe never told, so that the next start offers them.

A batch tells each answer before it reads the next line. So one note a run is enough: the command that it is
at, written in that command's own commit. A run that ends by itself takes its note away.
"""

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


def note_unsaid(unit: Unit, speaker: str, command: str) -> None:
    """The command is done with this commit and its answer is not told yet; what any run noted of it goes."""
    unit.connection.execute(FORGET, (PREFIX, BEHIND, command))
    unit.connection.execute(PUT_ABOUT, (PREFIX + speaker, command))


def all_said(unit: Unit, speaker: str) -> None:
    """The run has told every answer."""
    unit.forget_about(PREFIX + speaker)


def unsaid_in(unit: Unit) -> list[Unsaid]:
    """What was stored and perhaps never told, the oldest first."""
    rows = unit.connection.execute(UNSAID, (PREFIX, BEHIND)).fetchall()
    return [Unsaid(name, msgspec.Raw(answer.encode()), at) for name, answer, at in rows]
