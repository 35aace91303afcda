"""The foot of every page: where to complain, whom the copies are for, which catalogue, print and page."""

from collections.abc import Sequence

from station_desk.core.texts import Say
from station_desk.printing.blocks.sizes import Sizes
from station_desk.printing.letterhead import BETWEEN, Edition
from station_desk.printing.page import MM, Mark, Pages, plain
from station_desk.printing.wrapping import Line, Run, shortened

MOST_LINES = 4
RULE_ABOVE = 1.0
PAGE_NUMBER_ROOM = 12.0
"""Points of white between the notes and the number of the page."""


def notes_of(
    sizes: Sizes, complaint_phone: str, copies: Sequence[str], edition: Edition, copy_no: int, say: Say
) -> list[Run]:
    """What stands at the foot, in the order of who needs it."""
    notes = [say("paper.foot.complaint", value=complaint_phone)] if complaint_phone else []
    if len(copies) == 1:
        notes.append(say("papers.copies_one", whom=copies[0]))
    elif copies:
        notes.append(say("papers.copies", count=len(copies), whom=say("papers.and").join(copies)))
    if edition.name:
        notes.append(say("paper.foot.edition", name=edition.name, digest=edition.digest[:7]))
    runs = [Run(note, sizes.small) for note in notes]
    if copy_no > 1:
        runs.append(Run(say("paper.foot.reprint", number=copy_no), sizes.small_strong))
    return runs


def foot_lines(sizes: Sizes, notes: Sequence[Run], page_words: str) -> list[Line]:
    """The notes on as few lines as hold them, none torn; the first leaves room for the number of the page."""
    width = (sizes.sheet.width - 2 * sizes.sheet.side) * MM
    room = width - sizes.small.width(page_words) - PAGE_NUMBER_ROOM
    between = Run(BETWEEN, sizes.small)
    lines: list[Line] = []
    for note in notes:
        fitting = Run(shortened(note.text, note.lettering, room), note.lettering)
        longer = (*lines[-1], between, fitting) if lines else (fitting,)
        if lines and sum(run.width for run in longer) <= room:
            lines[-1] = longer
        else:
            room = width if lines else room
            lines.append((Run(shortened(note.text, note.lettering, room), note.lettering),))
    return lines[:MOST_LINES] or [plain("", sizes.small)]


def foot_height(sizes: Sizes, lines: int) -> float:
    """The height kept free for so many lines."""
    return RULE_ABOVE + lines * sizes.small_leading


def foot(sizes: Sizes, lines: Sequence[Line], height: float, page_words: str) -> Sequence[Mark]:
    """The lines at the left, the number of the page at the right."""
    strip = Pages(sizes.sheet, 0, 0)
    y = strip.bottom - height + RULE_ABOVE
    strip.across(strip.left, y, strip.right - strip.left)
    strip.put_right(strip.right, y + 0.3, plain(page_words, sizes.small), sizes.small_leading)
    for number, line in enumerate(lines):
        strip.put(strip.left, y + 0.3 + number * sizes.small_leading, line, sizes.small_leading)
    return strip.marks[0]
