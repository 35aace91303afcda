"""What is known of a case: labels with what they say, one below the other or in a ruled form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from station_desk.catalogue.paper import Section
from station_desk.printing.blocks.setting import Setting
from station_desk.printing.blocks.sizes import Sizes, leading_of
from station_desk.printing.page import MM, Pages, plain
from station_desk.printing.wrapping import Lettering, Line, Run, units, wrap

NUMBERS = ("number", "seal")
"""The facts that people look for first: the number of the case, that of a certificate in the register."""

WIDEST_LABEL = 0.4
"""Of the width of the page: a label that is wider stands above what it says."""

WHITE_BEHIND_LABEL = 5.0
WHOLE_LINES = 3
"""So many lines of a fact are not torn between two pages."""

BELOW = 0.2
"""White below the facts, of a line."""

GRID_LABEL = 0.17
"""Of the width of the page."""

CELL_INDENT, CELL_PADDING, CELL_LEADING = 1.6, 1.3, 4.8
LABEL_LINES = 2
LEAST_CELL = 9.0
"""Room to write in, in millimetres."""


PROMISE = "promise"
"""A day and how it was counted: the day alone is what people look for."""

COUNTED = re.compile(r"(?=[（(])")


@dataclass(frozen=True, slots=True)
class Said:
    """A label, what it says, and how that is set; `rest` is set less strongly."""

    label: str
    text: str
    lettering: Lettering
    rest: tuple[Run, ...] = ()


def set_facts(setting: Setting, section: Section) -> None:
    """The facts one below the other; a fact that says nothing is left out, and so is a heading over none."""
    said = list(_said(setting, section))
    if not said:
        return
    setting.set_heading(section.heading)
    _set_said(setting.pages, setting.sizes, said)


def set_grid(setting: Setting, section: Section) -> None:
    """The facts in a ruled form, two side by side where both are short; what is empty waits for the pen."""
    said = list(_form(setting, section))
    if said:
        setting.set_heading(section.heading)
        _set_form(setting.pages, setting.sizes, said)


def _said(setting: Setting, section: Section) -> Iterator[Said]:
    for fact in section.field:
        text = setting.filled.values[fact.key]
        if text:
            sizes = setting.sizes
            usual = sizes.strong if fact.strong else sizes.body
            lettering = sizes.number if fact.key in NUMBERS else usual
            text, *rest = COUNTED.split(text, maxsplit=1) if fact.key == PROMISE else (text,)
            yield Said(setting.words(fact.label), text, lettering, tuple(Run(r, sizes.body) for r in rest))


def _form(setting: Setting, section: Section) -> Iterator[Said]:
    for fact in section.field:
        lettering = setting.sizes.strong if fact.strong else setting.sizes.body
        yield Said(setting.words(fact.label), setting.filled.values[fact.key], lettering)
    for row in setting.filled.rows[section.rows] if section.rows else ():
        yield Said(row["label"], row["value"], setting.sizes.body)


def _set_said(pages: Pages, sizes: Sizes, said: Sequence[Said]) -> None:
    widest = (pages.right - pages.left) * WIDEST_LABEL
    widths = [sizes.label.width(one.label) / MM + WHITE_BEHIND_LABEL for one in said]
    column = max((width for width in widths if width <= widest), default=widest)
    for one, width in zip(said, widths, strict=True):
        leading = max(sizes.leading, leading_of(one.lettering))
        runs = (Run(one.text, one.lettering), *one.rest)
        count = len(wrap(runs, (pages.right - pages.left - column) * MM))
        label = 0 if width <= widest else 1
        pages.need((min(count, WHOLE_LINES) + label) * leading)
        if width <= widest:
            pages.put(pages.left, pages.y, plain(one.label, sizes.label), leading)
        else:
            pages.flow(pages.left, units(plain(one.label, sizes.label)), leading)
        pages.flow(pages.left + column, units(runs), leading)
    pages.y += sizes.leading * BELOW


@dataclass(frozen=True, slots=True)
class _Cell:
    """A part of a row of the form: where it begins, how wide it is, its lines."""

    x: float
    width: float
    lines: list[Line]


def _set_form(pages: Pages, sizes: Sizes, said: Sequence[Said]) -> None:
    pages.y += 0.8
    pages.need(CELL_LEADING + 2 * CELL_PADDING)
    pages.across(pages.left, pages.y, pages.right - pages.left)
    waiting = list(said)
    while waiting:
        short = len(waiting) > 1 and all(_fits_in_half(pages, sizes, one) for one in waiting[:2])
        _set_form_row(pages, _cells(pages, sizes, waiting[: 2 if short else 1], halves=short))
        del waiting[: 2 if short else 1]


def _fits_in_half(pages: Pages, sizes: Sizes, one: Said) -> bool:
    width = pages.right - pages.left
    label, value = width * GRID_LABEL, width * (0.5 - GRID_LABEL)
    fits = sizes.cell.width(one.text) <= (value - 2 * CELL_INDENT) * MM
    return fits and "\n" not in one.text and len(_wrapped(one.label, sizes.label, label)) <= LABEL_LINES


def _cells(pages: Pages, sizes: Sizes, said: Sequence[Said], *, halves: bool) -> list[_Cell]:
    width = pages.right - pages.left
    whole = width / 2 if halves else width
    cells = []
    for place, one in enumerate(said):
        x = pages.left + place * whole
        label = width * GRID_LABEL
        lettering = Lettering(sizes.cell.size, one.lettering.weight)
        cells.append(_Cell(x, label, _wrapped(one.label, sizes.label, label)))
        cells.append(_Cell(x + label, whole - label, _wrapped(one.text, lettering, whole - label)))
    return cells


def _wrapped(text: str, lettering: Lettering, width: float) -> list[Line]:
    return wrap(plain(text, lettering), (width - 2 * CELL_INDENT) * MM)


def _set_form_row(pages: Pages, cells: Sequence[_Cell]) -> None:
    """One row; what is longer than the page goes on at the next."""
    left = [list(cell.lines) for cell in cells]
    whole = _strip_height(left)
    if pages.room < whole <= pages.bottom - pages.next_top:
        _turn(pages)
    while any(left):
        fitting = int((pages.room - 2 * CELL_PADDING) // CELL_LEADING)
        if fitting < 1:
            _turn(pages)
            continue
        strip = [lines[:fitting] for lines in left]
        left = [lines[fitting:] for lines in left]
        height = min(_strip_height(strip), pages.room)
        for cell, lines in zip(cells, strip, strict=True):
            _set_cell(pages, cell, lines, height)
        pages.down(pages.right, pages.y, height)
        pages.y += height
        pages.across(pages.left, pages.y, pages.right - pages.left)


def _strip_height(strip: Sequence[Sequence[Line]]) -> float:
    return max(LEAST_CELL, max(map(len, strip)) * CELL_LEADING + 2 * CELL_PADDING)


def _set_cell(pages: Pages, cell: _Cell, lines: Sequence[Line], height: float) -> None:
    above = (height - len(lines) * CELL_LEADING) / 2
    for number, line in enumerate(lines):
        pages.put(cell.x + CELL_INDENT, pages.y + above + number * CELL_LEADING, line, CELL_LEADING)
    pages.down(cell.x, pages.y, height)


def _turn(pages: Pages) -> None:
    pages.next_page()
    pages.across(pages.left, pages.y, pages.right - pages.left)
