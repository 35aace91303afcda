"""The print journal: each paper is meant to be printed, sent, confirmed; in one place for all kinds.

Light on purpose: the acts write here that a paper is meant, and do not wait for what makes a PDF.
"""

from dataclasses import dataclass

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.event import Event, Fact
from station_desk.cases.papers import INTENDED_WITH, name_of
from station_desk.core.clock import stamp
from station_desk.counter.desk import Desk
from station_desk.store.lists import unconfirmed_papers
from station_desk.store.unit import Unit


class PrintPaper(msgspec.Struct, frozen=True):
    """A paper of a case, asked for once: its kind, and which time it happened (0: the last).

    `others` are the further cases of a list.
    """

    number: str
    paper: str
    large: bool = False
    turn: int = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnprintedPaper:
    """A paper that was meant to be printed, and nobody knows that it was."""

    number: str
    paper: str
    copy: int
    state: str


def unprinted(desk: Desk) -> list[UnprintedPaper]:
    """What was stored and meant to be printed, but never confirmed: offered at the next start."""
    return [UnprintedPaper(*row) for row in unconfirmed_papers(desk.store)]


def intend_papers(desk: Desk, unit: Unit, event: Event) -> None:
    """Writes that the papers which always go with an event are meant to be printed, in its own commit.

    So a PC that dies before printing offers them again.
    """
    kinds = INTENDED_WITH.get(event.kind, ())
    if not kinds:
        return
    turn = 1 if event.revision == 1 else unit.times_happened(event.subject, event.kind)
    for revision, kind in enumerate(kinds, event.revision + 1):
        _note(desk, unit, event.subject, revision, "paper.intended", p.PaperPublic(name_of(kind, turn), 1))


def note(desk: Desk, unit: Unit, number: str, what: str, paper: str, copy: int) -> None:
    """Writes what became of a copy of a paper: paper.intended, paper.sent or paper.confirmed."""
    revision = unit.subject_revision(number) + 1
    _note(desk, unit, number, revision, what, p.PaperPublic(paper, copy))


def _note(desk: Desk, unit: Unit, number: str, revision: int, what: str, public: p.PaperPublic) -> None:
    unit.record(Fact(number, revision, what, stamp(desk.clock()), desk.actor, public))
