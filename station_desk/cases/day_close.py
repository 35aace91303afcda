"""The evening's reckoning of a counter: each number has its case, each case its paper and acknowledgement.

Printed = stored = acknowledged. Whatever does not agree is named by its number, so that nobody has to search.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

GapKind = Literal[
    "number_missing", "receipt_missing", "paper_unsure", "paper_stray", "events_waiting", "dossier_waiting"
]
"""A number was issued and no case has it; an accepted case has no printed receipt; nobody knows whether a
paper came out; a paper names no case; the district does not hold a case as it is; it lacks the contents."""

NoteKind = Literal["voided", "reprinted"]
"""What is in order and still worth a look: a voided number keeps its row; a paper was printed again."""

RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class PaperKept:
    """A paper in the journal: meant to be printed, sent or confirmed."""

    number: str
    paper: str
    copy: int
    state: str


@dataclass(frozen=True, slots=True)
class CaseKept:
    """What the reckoning asks of a case; `acknowledged` and `whole` are what the district holds of it.

    The papers of one that is `away` are printed by the counter that has it now.
    """

    number: str
    accepted: bool
    voided: bool
    ended: bool
    acknowledged: bool
    whole: bool
    away: bool = False
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that does not agree. `number` is the case, or for a missing one its counter and serial;
    `clerk` is who accepted it and answers for it.
    """

    kind: GapKind
    number: str
    paper: str = ""
    copy: int = 0
    clerk: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """Something in order that the sheet shows."""

    kind: NoteKind
    number: str
    paper: str = ""
    copies: int = 0


@dataclass(frozen=True, slots=True)
class DayClose:
    """The figures of a day and all that does not agree; `alone` is a counter without a district."""

    day: str
    alone: bool
    issued: int
    stored: int
    accepted: int
    printed: int
    acknowledged: int
    ended: int
    whole: int
    gaps: tuple[Gap, ...]
    notes: tuple[Note, ...]

    @property
    def agrees(self) -> bool:
        """Whether printed = stored = acknowledged."""
        return not self.gaps


def close_day(
    day: str,
    issued: Mapping[str, int],
    stored: Mapping[str, frozenset[int]],
    cases: Sequence[CaseKept],
    papers: Sequence[PaperKept],
    *,
    alone: bool,
) -> DayClose:
    """The reckoning of a day.

    `issued` says for each mark of the counter how many numbers it gave out that day, `stored` which serials
    have a case; `cases` are those of that day and those that ended on it, `papers` all papers of theirs.
    """
    by_case: dict[str, list[PaperKept]] = {case.number: [] for case in cases}
    strays = [paper for paper in papers if paper.number not in by_case]
    for paper in papers:
        by_case.get(paper.number, []).append(paper)
    printed = {number for number, known in by_case.items() if _receipt_is_out(known)}
    ended = [case for case in cases if case.ended]
    accepted = [case for case in cases if case.accepted]
    gaps = (
        *_missing_numbers(issued, stored),
        *(Gap("paper_stray", paper.number, paper.paper, paper.copy) for paper in strays),
        *(gap for case in cases for gap in _gaps(case, by_case[case.number], printed, alone=alone)),
    )
    return DayClose(
        day, alone, sum(issued.values()), sum(len(serials) for serials in stored.values()), len(accepted),
        len(printed & {case.number for case in accepted}), sum(case.acknowledged for case in cases),
        len(ended), sum(case.whole for case in ended), gaps, tuple(_notes(cases, by_case)),
    )  # fmt: skip


def _missing_numbers(issued: Mapping[str, int], stored: Mapping[str, frozenset[int]]) -> Iterator[Gap]:
    for mark in sorted(issued):
        for serial in range(1, issued[mark] + 1):
            if serial not in stored.get(mark, frozenset()):
                yield Gap("number_missing", f"{mark}-{serial:04d}")


def _gaps(case: CaseKept, papers: Iterable[PaperKept], printed: set[str], *, alone: bool) -> Iterator[Gap]:
    # Of a voided case nothing is printed any more, and of one that was handed over not here.
    prints = not case.voided and not case.away
    if case.accepted and case.number not in printed and prints:
        yield Gap("receipt_missing", case.number, RECEIPT, 1, case.clerk)
    for paper in papers if prints else ():
        first_receipt = paper.paper == RECEIPT and case.number not in printed
        if paper.state != "confirmed" and not first_receipt:
            yield Gap("paper_unsure", case.number, paper.paper, paper.copy, case.clerk)
    if alone:
        return
    if not case.acknowledged:
        yield Gap("events_waiting", case.number, clerk=case.clerk)
    elif case.ended and not case.whole:
        yield Gap("dossier_waiting", case.number, clerk=case.clerk)


def _receipt_is_out(papers: Iterable[PaperKept]) -> bool:
    return any(paper.paper == RECEIPT and paper.state == "confirmed" for paper in papers)


def _notes(cases: Iterable[CaseKept], papers: Mapping[str, Sequence[PaperKept]]) -> Iterator[Note]:
    for case in cases:
        if case.voided:
            yield Note("voided", case.number)
        for kind in sorted({paper.paper for paper in papers[case.number]}):
            copies = max(paper.copy for paper in papers[case.number] if paper.paper == kind)
            if copies > 1:
                yield Note("reprinted", case.number, kind, copies)
