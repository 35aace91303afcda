"""Boards of words: the basics of the community, and the rules that its representatives passed."""

from collections.abc import Sequence
from dataclasses import dataclass

from station_desk.catalogue.item import Language
from station_desk.catalogue.public_paper import PublicPaper, StreetStyle, WallSize
from station_desk.core.texts import Say
from station_desk.printing.page import MM, Mark, Pages, plain
from station_desk.printing.public.frame import made
from station_desk.printing.public.poster import set_band
from station_desk.printing.public.sizes import SHEETS, WALL_SCALE, WallSizes, wall_sizes
from station_desk.printing.wrapping import shortened, units, wrap

LABELS, TOGETHER = 0.4, 6
"""The part of the width that labels take at most; so many lines of a row of people stay together."""

SMALLER = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


@dataclass(frozen=True, slots=True)
class WallText:
    """A board: its title, labelled facts, paragraphs, a table of people, and what stands at its foot."""

    title: str
    station: str
    facts: Sequence[tuple[str, str]] = ()
    paragraphs: Sequence[str] = ()
    people_title: str = ""
    people: Sequence[tuple[str, ...]] = ()
    foot: str = ""


def wall_text_pdf(
    text: WallText, paper: PublicPaper, style: StreetStyle, size: WallSize, say: Say, language: Language
) -> bytes:
    """The board as PDF: on one sheet in smaller type, or on several when even that does not hold it."""
    marks = wall_text_marks(text, style, size, language)
    return made(marks, SHEETS[size], text.title or paper.title.in_language(language), text.station, say)


def wall_text_marks(
    text: WallText, style: StreetStyle, size: WallSize, language: Language
) -> list[list[Mark]]:
    """The marks of the sheets."""
    pages = _set(text, style, size, 1.0, language)
    for step in SMALLER[1:]:
        if len(pages.marks) == 1:
            break
        pages = _set(text, style, size, step, language)
    return pages.marks


def _set(text: WallText, style: StreetStyle, size: WallSize, step: float, language: Language) -> Pages:
    whole, sizes = wall_sizes(WALL_SCALE[size]), wall_sizes(WALL_SCALE[size] * step)
    foot = whole.leading * 1.6
    pages = Pages(SHEETS[size], 0, foot)
    set_band(pages, whole, style, text.title, text.station, language)
    _set_facts(pages, sizes, text)
    for paragraph in text.paragraphs:
        pages.flow(pages.left, units(plain(paragraph, sizes.body)), sizes.leading)
        pages.y += sizes.gap * 0.6
    _set_people(pages, sizes, text)
    y = pages.sheet.height - pages.sheet.bottom - foot + whole.leading * 0.5
    pages.across(pages.left, y, pages.right - pages.left, 0.3)
    said = shortened(text.foot, whole.small, (pages.right - pages.left) * MM)
    pages.put(pages.left, y + 1, plain(said, whole.small), whole.leading)
    return pages


def _set_facts(pages: Pages, sizes: WallSizes, text: WallText) -> None:
    widest = max((sizes.label.width(label) / MM for label, _ in text.facts), default=0)
    column = min(widest, (pages.right - pages.left) * LABELS) + sizes.gap
    for label, said in text.facts:
        lines = wrap(plain(label, sizes.label), (column - sizes.gap + 0.1) * MM)
        pages.need(len(lines) * sizes.leading)
        top, sheets = pages.y, len(pages.marks)
        for number, line in enumerate(lines):
            pages.put(pages.left, top + number * sizes.leading, line, sizes.leading)
        pages.flow(pages.left + column, units(plain(said, sizes.strong)), sizes.leading)
        if len(pages.marks) == sheets:
            pages.y = max(pages.y, top + len(lines) * sizes.leading)
        pages.y += sizes.gap * 0.4


def _set_people(pages: Pages, sizes: WallSizes, text: WallText) -> None:
    if not text.people:
        return
    pages.y += sizes.gap
    pages.need(3 * sizes.leading)
    heading_leading = sizes.heading.size * 1.6 / MM
    pages.flow(pages.left, units(plain(text.people_title, sizes.heading)), heading_leading)
    width = (pages.right - pages.left) / max(len(row) for row in text.people)
    for row in text.people:
        lines = [wrap(plain(cell, sizes.body), (width - sizes.gap) * MM) for cell in row]
        height = max(len(cell) for cell in lines)
        pages.need(min(height, TOGETHER) * sizes.leading + sizes.gap * 0.5)
        pages.across(pages.left, pages.y, pages.right - pages.left)
        for number in range(height):
            pages.need(sizes.leading)
            for place, cell in enumerate(lines):
                if number < len(cell):
                    pages.put(pages.left + place * width, pages.y, cell[number], sizes.leading)
            pages.y += sizes.leading
        pages.y += sizes.gap * 0.3
