"""流转单: the sheet that travels with the papers of a case from desk to desk, filled in by hand on the way.

It names each step of the published workflow with who does it and within what time, the papers handed over
with their page counts, and the way back. What is done by then is filled in; the rest waits for a pen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from station_desk.core.texts import Say
from station_desk.printing.letterhead import (
    BODY,
    SIGNATURE,
    Edition,
    Matter,
    Station,
    begin,
    finish,
    foot_notes,
    matter_facts,
    set_facts,
    set_signatures,
)
from station_desk.printing.page import A4_PORTRAIT, Pages, plain
from station_desk.printing.table import Look, set_table, share_out
from station_desk.printing.wrapping import Lettering

STEP_COLUMNS = (
    ("number", 9),
    ("name", 29),
    ("role", 22),
    ("limit", 21),
    ("opinion", 37),
    ("signature", 20),
    ("in_at", 21),
    ("out_at", 21),
)
PAPER_COLUMNS = (("number", 9), ("paper", 89), ("form", 48), ("copies", 17), ("pages", 17))

HANDOVER = 11.0
"""The height of the line on which two people sign for the papers, in millimetres."""

HEADING = Lettering(11, "bold")
STEPS = Look(body=Lettering(9), leading=4.2, padding=0.8, least=12.0, indent=1.2)
PAPERS = Look(body=BODY, leading=4.6, padding=0.8, indent=1.2)


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One step of the workflow, everything in words; what is still empty is written in by hand."""

    name: str
    role: str
    limit: str
    opinion: str
    signature: str
    in_at: str
    out_at: str
    done: bool


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """One paper handed over; `pages` is 0 while nobody has counted."""

    name: str
    form: str
    copies: int
    pages: int


@dataclass(frozen=True, slots=True)
class WorkflowSheet:
    """All that the sheet says. Empty texts are left out; `copy_no` counts its prints: above 1, a reprint."""

    station: Station
    matter: Matter
    steps: tuple[SheetStep, ...]
    papers: tuple[SheetPaper, ...]
    return_route: str
    complaint_phone: str
    edition: Edition
    copy_no: int


def sheet_pdf(sheet: WorkflowSheet, say: Say) -> bytes:
    """The workflow sheet as PDF, A4 portrait; the same sheet gives the same bytes."""
    title = say("paper.sheet.title")
    pages = begin(A4_PORTRAIT, sheet.station, sheet.matter.number, title, say)
    pages.y += 1.5
    set_facts(pages, matter_facts(sheet.matter, say))
    pages.go_below()
    _set_steps(pages, sheet.steps, say)
    if sheet.papers:
        _set_papers(pages, sheet.papers, say)
    if sheet.return_route:
        pages.y += 4
        set_facts(pages, [(say("paper.sheet.route"), plain(sheet.return_route, BODY))])
    notes = foot_notes(sheet.complaint_phone, 0, sheet.edition, sheet.copy_no, say)
    return finish(pages, sheet.station.name, f"{title} {sheet.matter.number}", notes, say, sheet.edition)


def _set_steps(pages: Pages, steps: Sequence[SheetStep], say: Say) -> None:
    _set_heading(pages, say("paper.sheet.steps"), STEPS)
    titles = [say(f"paper.step.{key}") for key, _ in STEP_COLUMNS]
    columns = share_out(pages.right - pages.left, titles, [share for _, share in STEP_COLUMNS])
    rows = (
        (
            str(number),
            f"{step.name} ✓" if step.done else step.name,
            step.role,
            step.limit,
            step.opinion,
            step.signature,
            step.in_at,
            step.out_at,
        )
        for number, step in enumerate(steps, 1)
    )
    set_table(pages, columns, rows, STEPS)


def _set_papers(pages: Pages, papers: Sequence[SheetPaper], say: Say) -> None:
    _set_heading(pages, say("paper.sheet.papers"), PAPERS)
    titles = [say(f"paper.material.{key}") for key, _ in PAPER_COLUMNS]
    columns = share_out(pages.right - pages.left, titles, [share for _, share in PAPER_COLUMNS])
    rows = (
        (str(number), paper.name, paper.form, str(paper.copies or "—"), str(paper.pages or ""))
        for number, paper in enumerate(papers, 1)
    )
    set_table(pages, columns, rows, PAPERS)
    pages.need(HANDOVER)
    set_signatures(
        pages, pages.y + HANDOVER - SIGNATURE, say("paper.sign.giver"), say("paper.sign.taker"), ""
    )
    pages.y += HANDOVER


def _set_heading(pages: Pages, words: str, look: Look) -> None:
    """A heading that is never left alone at the end of a page."""
    pages.y += 4
    pages.need(7 + 3 * max(look.least, look.leading))
    pages.put(pages.left, pages.y, plain(words, HEADING), 7)
    pages.y += 7
