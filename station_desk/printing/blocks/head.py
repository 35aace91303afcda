"""The head of a paper: the station, the case as a barcode, the title; and the head of its later pages."""

from collections.abc import Sequence
from dataclasses import replace

from station_desk.core.texts import Say
from station_desk.printing import codes
from station_desk.printing.blocks.sizes import Sizes, leading_of
from station_desk.printing.letterhead import BAR_GAP, BAR_HEIGHT, GAP, Station
from station_desk.printing.page import MM, Mark, Pages, plain
from station_desk.printing.wrapping import shortened, units, wrap_evenly

STATION_LEADING = 0.5
"""Millimetres of the line of the station's name for each point of its size."""

HEAD_RULE = 0.5
CODE_GAP = 4.0
"""White between a title and a code beside it, in millimetres."""


def head_height(sizes: Sizes) -> float:
    """The height of the head of the second page and all later ones."""
    return leading_of(sizes.small_strong) + HEAD_RULE + 2.5


def set_head(pages: Pages, sizes: Sizes, station: Station, number: str, say: Say) -> None:
    """Station, address and phone at the left, the case as Code128 at the right."""
    if number:
        _set_barcode(pages, number)
    leading = sizes.station.size * STATION_LEADING
    pages.flow(pages.left, units(plain(station.name, sizes.station)), leading)
    where = [
        say(f"paper.head.{key}", value=value)
        for key, value in (("address", station.address), ("phone", station.phone))
        if value
    ]
    # In large print a phone number would be torn from its word beside the barcode.
    for words in where if sizes.large else filter(None, [GAP.join(where)]):
        pages.flow(pages.left, units(plain(words, sizes.small)), sizes.small_leading)
    pages.go_below()
    pages.y += 1.5


def set_title(pages: Pages, sizes: Sizes, title: str) -> float:
    """The title in the middle, on as many lines as it needs; gives from where a code may stand beside."""
    lettering = replace(sizes.title, spacing=0) if title.isascii() else sizes.title
    top = pages.y
    half = lettering.width(title) / MM / 2
    beside = pages.sheet.width / 2 + half < pages.right - sizes.code_column - CODE_GAP
    for line in wrap_evenly(plain(title, lettering), (pages.right - pages.left) * MM):
        pages.need(sizes.title_height)
        pages.put_centred(pages.sheet.width / 2, pages.y, line, sizes.title_height)
        pages.y += sizes.title_height
    return top if beside else pages.y


def later_head(sizes: Sizes, author: str, title: str, number: str) -> Sequence[Mark]:
    """What stands above each later page, so that a loose sheet is known by itself: the number at least."""
    strip = Pages(sizes.sheet, 0, 0)
    height = leading_of(sizes.small_strong)
    width = (strip.right - strip.left) * MM
    whole = f"{title} {number}".strip()
    fits = sizes.small_strong.width(whole) <= width
    named = whole if fits else shortened(number or title, sizes.small_strong, width)
    strip.put_right(strip.right, strip.y, plain(named, sizes.small_strong), height)
    room = width - sizes.small_strong.width(named) - 12
    if room > sizes.small.size * 2:
        strip.put(strip.left, strip.y, plain(shortened(author, sizes.small, room), sizes.small), height)
    strip.across(strip.left, strip.y + height + HEAD_RULE, strip.right - strip.left)
    return strip.marks[0]


def _set_barcode(pages: Pages, number: str) -> None:
    """The number as Code128 at the right edge. The number itself stands large among the facts."""
    symbol = codes.code128(number.replace("-", ""))
    left = pages.right - symbol.columns * codes.BAR_MODULE
    pages.code(symbol, left, pages.y, codes.BAR_MODULE, BAR_HEIGHT)
    pages.keep_free(left - symbol.quiet * codes.BAR_MODULE, pages.y, pages.y + BAR_HEIGHT + BAR_GAP)
