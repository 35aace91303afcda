"""The workflow of an item on paper: the same diagram as on the screen, on A4 sheets to take along."""

from collections.abc import Sequence

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.outlines import PEN, Outline, Part
from station_desk.catalogue.diagram.shapes import Diagram, Words
from station_desk.catalogue.diagram.sheets import Sheet, sheets_of
from station_desk.catalogue.diagram.workflow import Workflow
from station_desk.core.texts import Say
from station_desk.printing.letterhead import SMALL, Edition, finish
from station_desk.printing.page import A4_PORTRAIT, MM, Pages, plain
from station_desk.printing.page import Outline as Line
from station_desk.printing.wrapping import Lettering, Run, units

UNIT, LEAST_UNIT = 0.25, 0.2
"""Millimetres of a unit of the diagram: names in 10 points, in 8 where that saves a sheet."""

TITLE = Lettering(15, "bold")
HEAD_ON_NEXT_PAGES, FOOT, TITLE_LEADING = 8.0, 5.0, 7.5
GREYS: dict[Part, float] = {"lane": 0.7, "frame": 0.6, "task": 0.35, "flow": 0.25}
FILLED: dict[Part, float] = {"role": 0.94, "arrow": 0.25, "gateway": 0.94}
MUTED = 0.36


def workflow_pdf(workflow: Workflow, publisher: str, edition: str, say: Say) -> bytes:
    """The workflow as PDF, A4 portrait; the same workflow gives the same bytes. Raises WorkflowBroken."""
    diagram = laid_out(workflow, "tall")
    pages = Pages(A4_PORTRAIT, HEAD_ON_NEXT_PAGES, FOOT)
    pages.flow(pages.left, units(plain(workflow.title, TITLE)), TITLE_LEADING)
    pages.y += 2
    unit = _unit(diagram, pages.right - pages.left, pages.room)
    for number, sheet in enumerate(sheets_of(diagram, pages.room / unit)):
        if number:
            pages.next_page()
        left = pages.left + (pages.right - pages.left - diagram.width * unit) / 2
        set_sheet(pages, sheet, left, pages.y, unit)
    notes = [Run(say("diagram.edition", edition=edition), SMALL)]
    return finish(pages, publisher, workflow.title, notes, say, Edition(edition, ""))


def set_sheet(pages: Pages, sheet: Sheet, left: float, top: float, unit: float) -> None:
    """Draws a sheet of a diagram on this page; `unit` is the length of its unit in millimetres."""

    def placed(point: tuple[float, float]) -> tuple[float, float]:
        return left + point[0] * unit, top + (point[1] - sheet.top) * unit

    for outline in sheet.outlines:
        steps = tuple((name, tuple(map(placed, points))) for name, points in outline.steps)
        pages.draw(_line(outline, steps, unit))
    for words in sheet.words:
        run = Run(words.text, _lettering(words, unit))
        x, baseline = placed((words.x, words.baseline))
        pages.write(x - run.width / MM / 2 if words.anchor == "middle" else x, baseline, [run])


def _unit(diagram: Diagram, width: float, height: float) -> float:
    """As large as one sheet allows, unless that is too small to be read; then as wide as the sheet allows."""
    broad = min(UNIT, width / diagram.width)
    whole = min(broad, height / diagram.height)
    return whole if whole >= min(LEAST_UNIT, broad) else broad


def _line(
    outline: Outline, steps: Sequence[tuple[str, tuple[tuple[float, float], ...]]], unit: float
) -> Line:
    part = outline.part
    return Line(tuple(steps), PEN[part] * unit, GREYS.get(part, 0), FILLED.get(part))


def _lettering(words: Words, unit: float) -> Lettering:
    size = round(words.lettering.size * unit * MM, 2)
    bold = words.lettering.bold
    return Lettering(size, "bold" if bold else "regular", 0 if bold else MUTED)
