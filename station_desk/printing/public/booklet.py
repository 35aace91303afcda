"""The booklet of the whole catalogue: cover, contents, every item, the life events, an index by pinyin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from station_desk.catalogue.guide_page import GuidePage
from station_desk.catalogue.item import Language
from station_desk.catalogue.public_paper import PublicPaper, StreetStyle
from station_desk.core.texts import Say
from station_desk.printing.page import MM, Mark, Pages, plain
from station_desk.printing.public.elements import set_group, shown_groups
from station_desk.printing.public.frame import HEAD, foot_height, framed, made
from station_desk.printing.public.guide_sheet import Where
from station_desk.printing.public.sizes import ORDINARY, SHEETS, WALL_SCALE, wall_sizes
from station_desk.printing.wrapping import Lettering, shortened, units, wrap_evenly

Progress = Callable[[int, int], None]
"""Told how many items are set, and of how many."""

LEADER = " . "
SIZES = ORDINARY
COVER_TITLE = Lettering(44, "bold", 1.0)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The items of one type, in the order of their codes."""

    title: str
    pages: Sequence[GuidePage]


@dataclass(frozen=True, slots=True)
class Booklet:
    """What the booklet holds: its chapters, the codes per life event, the index entries per initial letter.

    An index entry is the name of an item and its code.
    """

    chapters: Sequence[Chapter]
    life_events: Sequence[tuple[str, Sequence[str]]]
    index: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    paper: PublicPaper
    style: StreetStyle
    where: Where
    edition: str


@dataclass
class _Set:
    """The sheets of the body with their running heads, and on which of them each code begins (from 0)."""

    marks: list[list[Mark]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    begins: dict[str, int] = field(default_factory=dict)


def booklet_pdf(booklet: Booklet, say: Say, language: Language, progress: Progress) -> bytes:
    """The booklet as PDF, A4. The same catalogue gives the same bytes."""
    body = _body(booklet, progress)
    contents = len(_contents(booklet, body.begins, 0, language).marks)
    first = 1 + contents
    front = _contents(booklet, body.begins, first + 1, language)
    back, events = _back(booklet, body.begins, first + 1, language)
    title = booklet.paper.title.in_language(language)
    pages = Pages(SHEETS["a4"], HEAD, foot_height(SIZES))
    pages.marks = [_cover(booklet, language), *front.marks, *body.marks, *back.marks]
    names = booklet.paper.sentence
    heads = [
        "",
        *[names["contents"].in_language(language)] * len(front.marks),
        *body.heads,
        *[names["by_life_event"].in_language(language)] * events,
        *[names["index"].in_language(language)] * (len(back.marks) - events),
    ]
    marks = framed(pages, SIZES, heads, f"{title} · {booklet.edition}", say)
    marks[0] = pages.marks[0]
    author = booklet.where.name or booklet.edition
    return made(marks, SHEETS["a4"], title, author, say, booklet.edition)


def _fresh() -> Pages:
    pages = Pages(SHEETS["a4"], HEAD, foot_height(SIZES))
    pages.y = pages.next_top
    return pages


def _body(booklet: Booklet, progress: Progress) -> _Set:
    body = _Set()
    count, done = sum(len(chapter.pages) for chapter in booklet.chapters), 0
    for chapter in booklet.chapters:
        for page in chapter.pages:
            pages = _fresh()
            pages.flow(pages.left, units(plain(page.title, SIZES.title)), SIZES.title_leading)
            pages.flow(
                pages.left, units(plain(f"{page.code} · {chapter.title}", SIZES.small)), SIZES.small_leading
            )
            for group in shown_groups(page, booklet.paper):
                set_group(pages, SIZES, group, ticks=False)
            body.begins[page.code] = len(body.marks)
            body.marks += pages.marks
            body.heads += [f"{chapter.title}\u3000{page.code} {page.title}"] * len(pages.marks)
            done += 1
            progress(done, count)
    return body


def _cover(booklet: Booklet, language: Language) -> list[Mark]:
    sheet, sizes, style = SHEETS["a4"], wall_sizes(WALL_SCALE["a4"]), booklet.style
    pages = Pages(sheet, 0, 0)
    pages.band(0, 0, sheet.width, sheet.height * 0.46, style.colour)
    pages.y = sheet.height * 0.16
    room = (pages.right - pages.left) * MM
    for line in wrap_evenly(plain(booklet.paper.title.in_language(language), COVER_TITLE), room):
        pages.put(pages.left, pages.y, line, 22)
        pages.y += 22
    sentence = booklet.paper.sentence
    pages.flow(pages.left, units(plain(sentence["subtitle"].in_language(language), sizes.band)), 9)
    pages.y = sheet.height * 0.52
    for text in (
        style.street.in_language(language),
        booklet.where.name,
        booklet.where.address,
        booklet.where.phone,
    ):
        if text:
            pages.flow(pages.left, units(plain(text, sizes.strong)), 8.5)
    pages.y = sheet.height * 0.86
    pages.flow(pages.left, units(plain(booklet.edition, SIZES.body)), SIZES.leading)
    pages.flow(pages.left, units(plain(sentence["note"].in_language(language), SIZES.small)), SIZES.leading)
    return pages.marks[0]


def _contents(booklet: Booklet, begins: dict[str, int], first: int, language: Language) -> Pages:
    pages = _fresh()
    _title(pages, booklet.paper.sentence["contents"].in_language(language))
    for chapter in booklet.chapters:
        pages.y += SIZES.leading * 0.4
        pages.need(SIZES.heading_leading + 2 * SIZES.leading)
        pages.flow(pages.left, units(plain(chapter.title, SIZES.heading)), SIZES.heading_leading)
        for page in chapter.pages:
            _entry(pages, f"{page.code}  {page.title}", first + begins[page.code])
    return pages


def _back(booklet: Booklet, begins: dict[str, int], first: int, language: Language) -> tuple[Pages, int]:
    """The life events and the index, and how many pages the life events take."""
    pages = _fresh()
    names = {page.code: page.title for chapter in booklet.chapters for page in chapter.pages}
    _title(pages, booklet.paper.sentence["by_life_event"].in_language(language))
    for event, codes in booklet.life_events:
        _heading(pages, event)
        for code in codes:
            _entry(pages, names[code], first + begins[code])
    events = len(pages.marks)
    pages.next_page()
    _title(pages, booklet.paper.sentence["index"].in_language(language))
    for letter, entries in booklet.index:
        _heading(pages, letter)
        for name, code in entries:
            _entry(pages, name, first + begins[code])
    return pages, events


def _title(pages: Pages, text: str) -> None:
    pages.flow(pages.left, units(plain(text, SIZES.title)), SIZES.title_leading + 2)


def _heading(pages: Pages, text: str) -> None:
    pages.y += SIZES.leading * 0.3
    pages.need(SIZES.heading_leading + SIZES.leading)
    pages.flow(pages.left, units(plain(text, SIZES.heading)), SIZES.heading_leading)


def _entry(pages: Pages, text: str, number: int) -> None:
    """A line with dots that lead the eye to the page number."""
    pages.need(SIZES.leading)
    room = (pages.right - pages.left) * MM
    shown = str(number)
    tail = SIZES.body.width(shown) + 6
    fitting = shortened(text, SIZES.body, room - tail - 30)
    pages.put(pages.left, pages.y, plain(fitting, SIZES.body), SIZES.leading)
    pages.put_right(pages.right, pages.y, plain(shown, SIZES.body), SIZES.leading)
    gap = room - SIZES.body.width(fitting) - tail - 8
    dots = LEADER * int(gap // SIZES.label.width(LEADER))
    end = pages.right - tail / MM
    pages.put_right(end, pages.y, plain(dots, SIZES.label), SIZES.leading)
    pages.y += SIZES.leading
