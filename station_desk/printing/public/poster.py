"""The wall poster of an item: name, limit and fee in large figures, the workflow drawn, what to bring.

One sheet, whatever the item: the type is made smaller until everything fits. All boards of a street have one
style (policy document, 三(二)2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.sheets import sheets_of
from station_desk.catalogue.diagram.workflow import Workflow
from station_desk.catalogue.guide_page import Group, GuidePage
from station_desk.catalogue.item import Language
from station_desk.catalogue.public_paper import DIAGRAM, PublicPaper, StreetStyle, WallSize
from station_desk.core.errors import RuleError
from station_desk.core.texts import Say
from station_desk.printing import codes
from station_desk.printing.page import MM, Mark, Pages, plain
from station_desk.printing.public.elements import shown_groups
from station_desk.printing.public.frame import edition_words, made
from station_desk.printing.public.guide_sheet import Where
from station_desk.printing.public.sizes import SHEETS, WALL_SCALE, WallSizes, wall_sizes
from station_desk.printing.workflow_page import set_sheet
from station_desk.printing.wrapping import Run, units, wrap, wrap_evenly

FIGURES = ("promised", "fee", "accepted_by")
"""What stands in large type below the name."""

SMALLER = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45, 0.38)
"""How the type gives way, step by step, until one sheet holds everything."""

DIAGRAM_UNIT = 0.42
"""Millimetres of a unit of the diagram on A3: names in 17 points."""

QR_ROOM = 42.0


class PosterTooFull(RuleError):
    """Not even the smallest type lets one sheet hold the item."""

    code = "public.poster_too_full"


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster shows: the guide, the workflow, the words of the paper, the style of the street."""

    page: GuidePage
    workflow: Workflow
    paper: PublicPaper
    style: StreetStyle
    where: Where


def poster_pdf(poster: Poster, size: WallSize, say: Say, language: Language) -> bytes:
    """The poster as PDF, one page."""
    marks = poster_marks(poster, size, say, language)
    title = f"{poster.page.title} {poster.page.code}"
    author, edition = poster.where.name or poster.page.code, edition_words(poster.page, say)
    return made([marks], SHEETS[size], title, author, say, edition)


def poster_marks(poster: Poster, size: WallSize, say: Say, language: Language) -> Sequence[Mark]:
    """The marks of the one page."""
    for step in SMALLER:
        pages = _set(poster, size, WALL_SCALE[size] * step, WALL_SCALE[size], say, language)
        if len(pages.marks) == 1:
            return pages.marks[0]
    raise PosterTooFull(item=poster.page.code, size=size.upper())


def _set(
    poster: Poster, size: WallSize, scale: float, paper_scale: float, say: Say, language: Language
) -> Pages:
    sizes, sheet = wall_sizes(scale), SHEETS[size]
    foot = wall_sizes(paper_scale).leading * 1.6
    pages = Pages(sheet, 0, foot)
    set_band(pages, wall_sizes(paper_scale), poster.style, poster.page.title, poster.where.name, language)
    _set_figures(pages, sizes, poster)
    for key in poster.paper.show:
        if key == DIAGRAM:
            _set_diagram(pages, sizes, poster, scale)
        for group in shown_groups(poster.page, poster.paper):
            if group.key == key:
                _set_group(pages, sizes, group)
    if poster.where.url:
        _set_code(pages, sizes, poster, paper_scale, language)
    if len(pages.marks) == 1:
        _set_foot(pages, wall_sizes(paper_scale), poster, say, foot)
    return pages


def set_band(
    pages: Pages, sizes: WallSizes, style: StreetStyle, title: str, station: str, language: Language
) -> None:
    """The coloured head of every board of the street: who publishes it, the motto, the title."""
    room = (pages.right - pages.left) * MM
    lines = wrap_evenly(plain(title, sizes.title), room)
    title_leading = sizes.title.size * 1.3 / MM
    band_leading = sizes.band.size * 1.6 / MM
    height = pages.sheet.top + band_leading + len(lines) * title_leading + sizes.gap * 1.5
    pages.band(0, 0, pages.sheet.width, height, style.colour)
    left = "\u3000".join(text for text in (style.street.in_language(language), station) if text)
    motto = plain(style.motto.in_language(language), sizes.band)
    pages.put_right(pages.right, pages.y, motto, band_leading)
    kept = room - sum(run.width for run in motto) - 12
    pages.put(pages.left, pages.y, wrap(plain(left, sizes.band), kept)[0], band_leading)
    pages.y += band_leading + sizes.gap * 0.5
    for line in lines:
        pages.put(pages.left, pages.y, line, title_leading)
        pages.y += title_leading
    pages.y = height + sizes.gap * 1.5


def _set_figures(pages: Pages, sizes: WallSizes, poster: Poster) -> None:
    lines = {line.key: line for group in poster.page.groups for line in group.lines}
    shown = [lines[key] for key in FIGURES if lines.get(key) and lines[key].texts]
    width = (pages.right - pages.left + sizes.gap) / len(shown)
    tops, label_leading = pages.y, sizes.label.size * 1.5 / MM
    heights = []
    for place, line in enumerate(shown):
        x = pages.left + place * width
        pages.put(x, tops, plain(line.label, sizes.label), label_leading)
        y = tops + label_leading
        big = sizes.figure if place < 2 else sizes.strong
        leading = big.size * 1.4 / MM
        for text in wrap(plain(" ".join(line.texts), big), (width - sizes.gap) * MM):
            pages.put(x, y, text, leading)
            y += leading
        heights.append(y)
    pages.y = max(heights) + sizes.gap
    pages.across(pages.left, pages.y, pages.right - pages.left, 0.3)
    pages.y += sizes.gap


def _set_diagram(pages: Pages, sizes: WallSizes, poster: Poster, scale: float) -> None:
    diagram = laid_out(poster.workflow, "wide")
    room = pages.right - pages.left
    unit = min(room / diagram.width, DIAGRAM_UNIT * scale)
    pages.need(diagram.height * unit + sizes.gap)
    for sheet in sheets_of(diagram, diagram.height):
        set_sheet(pages, sheet, pages.left + (room - diagram.width * unit) / 2, pages.y, unit)
    pages.y += diagram.height * unit + sizes.gap * 1.5


def _set_group(pages: Pages, sizes: WallSizes, group: Group) -> None:
    heading_leading = sizes.heading.size * 1.5 / MM
    pages.need(heading_leading + sizes.leading)
    pages.flow(pages.left, units(plain(group.title, sizes.heading)), heading_leading)
    indent = sizes.leading
    for number, line in enumerate(group.lines, 1):
        if group.key == "materials":
            pages.put(pages.left, pages.y, plain(f"{number}.", sizes.strong), sizes.leading)
            head = (Run(line.label, sizes.strong), Run("\u3000" + line.texts[0], sizes.body))
            pages.flow(pages.left + indent, units(head), sizes.leading)
            texts = line.texts[1:]
        else:
            texts = line.texts
            if len(group.lines) > 1:
                pages.flow(pages.left, units(plain(line.label, sizes.label)), sizes.leading)
        for text in texts:
            if len(line.texts) > 1 and group.key != "materials":
                pages.put(pages.left + indent * 0.3, pages.y, plain("·", sizes.strong), sizes.leading)
            pages.flow(pages.left + indent, units(plain(text, sizes.body)), sizes.leading)
    pages.y += sizes.gap


def _set_code(pages: Pages, sizes: WallSizes, poster: Poster, scale: float, language: Language) -> None:
    symbol = codes.qr(poster.where.url)
    module = QR_ROOM * scale / (symbol.columns + 2 * symbol.quiet)
    size = (symbol.columns + 2 * symbol.quiet) * module
    pages.need(size)
    quiet = symbol.quiet * module
    pages.code(symbol, pages.left + quiet, pages.y + quiet, module, symbol.columns * module)
    words = poster.paper.sentence["ask"].in_language(language)
    pages.put(
        pages.left + size, pages.y + size / 2 - sizes.leading / 2, plain(words, sizes.body), sizes.leading
    )
    pages.y += size


def _set_foot(pages: Pages, sizes: WallSizes, poster: Poster, say: Say, height: float) -> None:
    y = pages.sheet.height - pages.sheet.bottom - height + sizes.leading * 0.5
    pages.across(pages.left, y, pages.right - pages.left, 0.3)
    left = f"{poster.page.code} · {edition_words(poster.page, say)}"
    pages.put(pages.left, y + 1, plain(left, sizes.small), sizes.leading)
    contact = "\u3000".join(text for text in (poster.where.address, poster.where.phone) if text)
    pages.put_right(pages.right, y + 1, plain(contact, sizes.small), sizes.leading)
