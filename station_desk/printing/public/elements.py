"""The elements of a guide set one below the other: shared by the guide sheet and the booklet."""

from collections.abc import Iterable, Sequence

from station_desk.catalogue.guide_page import Group, GuidePage, Line
from station_desk.catalogue.public_paper import PublicPaper
from station_desk.printing.page import MM, Outline, Pages, plain
from station_desk.printing.public.sizes import ORDINARY, SheetSizes
from station_desk.printing.wrapping import Run, units, wrap

INDENT = 7.0
GAP, BETWEEN = "\u3000", " · "
"""White between a name and what is said of it; the mark between what is said."""

TICK_BOX = 0.62
"""The side of a box to tick, of a line."""

WIDEST_LABEL = 34.0
WHOLE_LINES = 3


def shown_groups(page: GuidePage, paper: PublicPaper) -> list[Group]:
    """The groups that a paper shows, in its order, without what it leaves out and what is empty."""
    known = {group.key: group for group in page.groups}
    shown = []
    for key in paper.show:
        if key in known:
            lines = tuple(line for line in known[key].lines if line.texts and line.key not in paper.leave_out)
            if lines:
                shown.append(Group(key, known[key].title, lines))
    return shown


def set_group(pages: Pages, sizes: SheetSizes, group: Group, *, ticks: bool) -> None:
    """A group under its heading; materials get a box to tick on the sheet that a resident takes home."""
    pages.y += sizes.leading * 0.45
    pages.need(sizes.heading_leading + 2 * sizes.leading)
    pages.flow(pages.left, units(plain(group.title, sizes.heading)), sizes.heading_leading)
    counted = group.key in ("materials", "workflow", "questions")
    if counted:
        for number, line in enumerate(group.lines, 1):
            mark = "" if group.key == "workflow" or ticks else f"{number}."
            _set_counted(pages, sizes, line, mark, box=ticks and group.key == "materials")
    else:
        _set_labelled(pages, sizes, group.lines)


def _set_counted(pages: Pages, sizes: SheetSizes, line: Line, mark: str, *, box: bool) -> None:
    """Its name and the first that is said of it on one line, the rest below."""
    indent = INDENT * sizes.leading / ORDINARY.leading
    first, *more = line.texts
    head = (Run(line.label, sizes.strong), Run(f"{GAP}{first}", sizes.body))
    rest = plain(BETWEEN.join(more), sizes.body)
    begins = pages.left + (indent if mark or box else 0)
    count = len(wrap(head, (pages.right - begins) * MM))
    pages.need(min(count + bool(more), WHOLE_LINES) * sizes.leading)
    if mark:
        pages.put(pages.left, pages.y, plain(mark, sizes.strong), sizes.leading)
    if box:
        _set_box(pages, sizes.leading)
    pages.flow(begins, units(head), sizes.leading)
    if more:
        pages.flow(pages.left + indent, units(rest), sizes.leading)
    pages.y += sizes.leading * 0.2


def _set_labelled(pages: Pages, sizes: SheetSizes, lines: Sequence[Line]) -> None:
    alone = len(lines) == 1
    column = 0.0 if alone else _label_column(pages, sizes, lines)
    for line in lines:
        texts = [Run(text, sizes.body) for text in line.texts]
        lead = column or 0.0
        pages.need(min(len(texts), WHOLE_LINES) * sizes.leading)
        if not alone:
            if sizes.label.width(line.label) / MM + 3 > column:
                pages.flow(pages.left, units(plain(line.label, sizes.label)), sizes.leading)
            else:
                pages.put(pages.left, pages.y, plain(line.label, sizes.label), sizes.leading)
        bullet = len(texts) > 1
        for text in texts:
            # The dot stands on the page of its text.
            pages.need(sizes.leading)
            if bullet:
                pages.put(pages.left + lead, pages.y, plain("·", sizes.strong), sizes.leading)
            pages.flow(
                pages.left + lead + (sizes.leading * 0.55 if bullet else 0), units((text,)), sizes.leading
            )


def _label_column(pages: Pages, sizes: SheetSizes, lines: Iterable[Line]) -> float:
    widest = max(WIDEST_LABEL, (pages.right - pages.left) * 0.24)
    widths = [sizes.label.width(line.label) / MM + 4 for line in lines]
    return max((width for width in widths if width <= widest), default=widest)


def _set_box(pages: Pages, leading: float) -> None:
    side = leading * TICK_BOX
    x, y = pages.left + 0.4, pages.y + (leading - side) / 2
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    steps = (("M", (corners[0],)), *(("L", (corner,)) for corner in corners[1:]), ("Z", ()))
    pages.draw(Outline(steps, 0.3, 0.2, None))
