"""The place for the seal: a ring as wide as one, over who issues the paper and when; lines to sign on.

The seal goes over the name and the year, as is the custom, so nothing else may be printed there.
"""

from collections.abc import Sequence

from station_desk.catalogue.paper import Section
from station_desk.printing.blocks.setting import Setting
from station_desk.printing.blocks.signatures import set_line, texts_of
from station_desk.printing.page import HAIRLINE, MM, Outline, plain
from station_desk.printing.wrapping import Line, wrap_evenly

RING = 42.0
"""The width of the seal of a committee, in millimetres."""

PLACE = 0.78
"""The grey of the ring: it shows where, and does not look like a seal."""

INSIDE = 37.5
"""Words that are no wider stand inside the ring, whole lines of them in its middle."""

WHITE, BETWEEN = 2.0, 10.0
ROUND = 0.5523
"""How far the handles of a quarter of a circle reach, in radii."""


def set_seal(setting: Setting, section: Section) -> None:
    """Lines to sign on at the left, the ring at the right; in large print the ring comes below the lines."""
    pages, sizes = setting.pages, setting.sizes
    left, right = texts_of(setting, section.left), texts_of(setting, section.right)
    width = pages.right - pages.left
    beside = width - RING - 2 * WHITE - BETWEEN
    if sizes.large:
        for text in left:
            set_line(setting, text, pages.left, width)
    lines = _lines(setting, right, INSIDE)
    inside = len(lines) * sizes.leading <= RING - 4 * WHITE
    lines = lines if inside else _lines(setting, right, beside)
    pages.y += sizes.leading * 0.6
    pages.need(RING + 2 * WHITE)
    top, page = pages.y + WHITE, len(pages.marks)
    pages.draw(_ring(pages.right - WHITE - RING / 2, top + RING / 2))
    if inside:
        y = top + (RING - len(lines) * sizes.leading) / 2
        for number, line in enumerate(lines):
            middle = pages.right - WHITE - RING / 2
            pages.put_centred(middle, y + number * sizes.leading, line, sizes.leading)
    for text in [] if sizes.large else left:
        set_line(setting, text, pages.left, beside)
    for line in [] if inside else lines:
        pages.need(sizes.leading)
        pages.put(pages.left, pages.y, line, sizes.leading)
        pages.y += sizes.leading
    if len(pages.marks) == page:
        pages.y = max(pages.y, top + RING + WHITE)


def _lines(setting: Setting, texts: Sequence[str], width: float) -> list[Line]:
    return [line for text in texts for line in wrap_evenly(plain(text, setting.sizes.cell), width * MM)]


def _ring(x: float, y: float) -> Outline:
    r, h = RING / 2, RING / 2 * ROUND
    steps = (
        ("M", ((x + r, y),)),
        ("C", ((x + r, y + h), (x + h, y + r), (x, y + r))),
        ("C", ((x - h, y + r), (x - r, y + h), (x - r, y))),
        ("C", ((x - r, y - h), (x - h, y - r), (x, y - r))),
        ("C", ((x + h, y - r), (x + r, y - h), (x + r, y))),
        ("Z", ()),
    )
    return Outline(steps, HAIRLINE, PLACE, None)
