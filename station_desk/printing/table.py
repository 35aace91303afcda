"""Tables of a paper: a calm grid of hairlines that goes on, with its headings, as many pages as it needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from station_desk.printing.page import FIRM, MM, MUTED, Pages, plain
from station_desk.printing.wrapping import Lettering, Line, units, wrap

TITLES = Lettering(8.5, grey=MUTED)
KEPT = 256
"""Titles whose widths are kept: those of the published papers, ever again."""

INDENT = 1.6
"""White at both sides of a cell, in millimetres."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, its width in millimetres."""

    title: str
    width: float


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is set: heights in millimetres; `least` leaves room in each row for handwriting.

    `boxed` closes it with hairlines on all four sides instead of firm rules above and below.
    """

    body: Lettering
    leading: float = 4.4
    padding: float = 0.6
    least: float = 0.0
    indent: float = INDENT
    boxed: bool = False


def set_table(pages: Pages, columns: Sequence[Column], rows: Iterable[Sequence[str]], look: Look) -> None:
    """Set a table from the left edge of the page; each row has one text a column."""
    titles = _wrapped(columns, [column.title for column in columns], TITLES, look)
    pages.need(_height(titles, look) + max(look.least, look.leading + 2 * look.padding))
    _set_titles(pages, columns, titles, look)
    for row in rows:
        cells = _wrapped(columns, row, look.body, look)
        if pages.room < _height(cells, look) <= pages.bottom - pages.next_top - _height(titles, look):
            _turn(pages, columns, titles, look)
        _set_row(pages, columns, titles, cells, look)
    _close(pages, columns, look)


def share_out(width: float, titles: Sequence[str], shares: Sequence[float]) -> list[Column]:
    """Columns that fill a width in millimetres by their shares, as far as no word of a title is parted."""
    unit = width / sum(shares)
    widths = [share * unit for share in shares]
    least = [_widest_word(title) / MM + 2 * INDENT for title in titles]
    lacking = sum(max(0.0, need - given) for need, given in zip(least, widths, strict=True))
    spare = sum(max(0.0, given - need) for need, given in zip(least, widths, strict=True))
    if 0 < lacking <= spare:
        given_up = 1 - lacking / spare
        widths = [need + max(0.0, given - need) * given_up for need, given in zip(least, widths, strict=True)]
    return [Column(title, wide) for title, wide in zip(titles, widths, strict=True)]


@lru_cache(maxsize=KEPT)
def _widest_word(title: str) -> float:
    return max((unit.solid for unit in units(plain(title, TITLES))), default=0.0)


def _wrapped(
    columns: Sequence[Column], texts: Sequence[str], lettering: Lettering, look: Look
) -> list[list[Line]]:
    return [
        wrap(plain(text, lettering), (column.width - 2 * look.indent) * MM)
        for column, text in zip(columns, texts, strict=True)
    ]


def _height(cells: Sequence[Sequence[Line]], look: Look) -> float:
    return max(look.least, max(map(len, cells)) * look.leading + 2 * look.padding)


def _set_titles(pages: Pages, columns: Sequence[Column], titles: list[list[Line]], look: Look) -> None:
    _close(pages, columns, look)
    height = max(map(len, titles)) * look.leading + 2 * look.padding
    _set_strip(pages, columns, titles, height, look)
    pages.across(pages.left, pages.y, _width(columns))


def _set_row(
    pages: Pages, columns: Sequence[Column], titles: list[list[Line]], cells: list[list[Line]], look: Look
) -> None:
    """One row; a row that is longer than a page goes on at the next."""
    while True:
        fitting = max(0, int((pages.room - 2 * look.padding) // look.leading))
        strip = [lines[:fitting] for lines in cells]
        cells = [lines[fitting:] for lines in cells]
        if fitting:
            _set_strip(pages, columns, strip, min(_height(strip, look), pages.room), look)
            pages.across(pages.left, pages.y, _width(columns))
        if not any(cells):
            return
        _turn(pages, columns, titles, look)


def _set_strip(
    pages: Pages, columns: Sequence[Column], cells: list[list[Line]], height: float, look: Look
) -> None:
    x = pages.left
    for place, (column, lines) in enumerate(zip(columns, cells, strict=True)):
        if place:
            pages.down(x, pages.y, height)
        above = (height - len(lines) * look.leading) / 2
        for number, line in enumerate(lines):
            pages.put(x + look.indent, pages.y + above + number * look.leading, line, look.leading)
        x += column.width
    for edge in (pages.left, x) if look.boxed else ():
        pages.down(edge, pages.y, height)
    pages.y += height


def _turn(pages: Pages, columns: Sequence[Column], titles: list[list[Line]], look: Look) -> None:
    _close(pages, columns, look)
    pages.next_page()
    _set_titles(pages, columns, titles, look)


def _close(pages: Pages, columns: Sequence[Column], look: Look) -> None:
    if look.boxed:
        pages.across(pages.left, pages.y, _width(columns))
    else:
        pages.across(pages.left, pages.y, _width(columns), FIRM, 0)


def _width(columns: Sequence[Column]) -> float:
    return sum(column.width for column in columns)
