"""The place for the seal: a ring as wide as one, over who issues the paper and when; lines to sign on.

The seal goes over the name and the year, as is the custom, so nothing else may be printed there. In large
print the ring is as wide as the words in it need: the seal goes into its middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from station_desk.catalogue.paper import Section
from station_desk.printing.blocks.setting import Setting
from station_desk.printing.blocks.signatures import set_line, texts_of
from station_desk.printing.page import HAIRLINE, MM, Outline, plain, width_of
from station_desk.printing.wrapping import Line, wrap_evenly

RING = 42.0
"""The width of the seal of a committee, in millimetres."""

PLACE = 0.78
"""The grey of the ring: it shows where, and does not look like a seal."""

INSIDE = 37.5
"""Words that are no wider stand inside the ring, whole lines of them in its middle."""

WHITE, BETWEEN = 2.0, 10.0
STEP = 4.0
"""By so much more each other way to cut the words into lines is tried."""

ROUND = 0.5523
"""How far the handles of a quarter of a circle reach, in radii."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """The ring and the lines that stand in it; without lines they stand beside it."""

    width: float
    lines: list[Line]


def set_seal(setting: Setting, section: Section) -> None:
    """Lines to sign on at the left, the ring at the right; in large print the ring comes below the lines."""
    pages, sizes = setting.pages, setting.sizes
    left, right = texts_of(setting, section.left), texts_of(setting, section.right)
    width = pages.right - pages.left
    beside = width - RING - 2 * WHITE - BETWEEN
    if sizes.large:
        for text in left:
            set_line(setting, text, pages.left, width)
    ring = _wide_ring(setting, right, width - 2 * WHITE) if sizes.large else _plain_ring(setting, right)
    pages.y += sizes.leading * 0.6
    pages.need(ring.width + 2 * WHITE)
    top, page = pages.y + WHITE, len(pages.marks)
    middle = pages.right - WHITE - ring.width / 2
    pages.draw(_drawn(middle, top + ring.width / 2, ring.width / 2))
    y = top + (ring.width - len(ring.lines) * sizes.leading) / 2
    for number, line in enumerate(ring.lines):
        pages.put_centred(middle, y + number * sizes.leading, line, sizes.leading)
    for text in [] if sizes.large else left:
        set_line(setting, text, pages.left, beside)
    for line in [] if ring.lines else _lines(setting, right, beside):
        pages.need(sizes.leading)
        pages.put(pages.left, pages.y, line, sizes.leading)
        pages.y += sizes.leading
    if len(pages.marks) == page:
        pages.y = max(pages.y, top + ring.width + WHITE)


def _lines(setting: Setting, texts: Sequence[str], width: float) -> list[Line]:
    return [line for text in texts for line in wrap_evenly(plain(text, setting.sizes.cell), width * MM)]


def _plain_ring(setting: Setting, texts: Sequence[str]) -> _Ring:
    """A ring as wide as a seal, with the words in it where they have room."""
    lines = _lines(setting, texts, INSIDE)
    return _Ring(RING, lines if len(lines) * setting.sizes.leading <= RING - 4 * WHITE else [])


def _wide_ring(setting: Setting, texts: Sequence[str], most: float) -> _Ring:
    """The narrowest ring around the words, however they are cut into lines; no narrower than a seal."""
    found = _Ring(RING, [])
    width = INSIDE
    while width <= most:
        lines = _lines(setting, texts, width)
        widest = max((width_of(line) for line in lines), default=0.0)
        around = max(RING, hypot(widest, len(lines) * setting.sizes.leading) + 2 * WHITE)
        if around <= most and (not found.lines or around < found.width):
            found = _Ring(around, lines)
        width += STEP
    return found


def _drawn(x: float, y: float, r: float) -> Outline:
    h = r * ROUND
    steps = (
        ("M", ((x + r, y),)),
        ("C", ((x + r, y + h), (x + h, y + r), (x, y + r))),
        ("C", ((x - h, y + r), (x - r, y + h), (x - r, y))),
        ("C", ((x - r, y - h), (x - h, y - r), (x, y - r))),
        ("C", ((x + h, y - r), (x + r, y - h), (x + r, y))),
        ("Z", ()),
    )
    return Outline(steps, HAIRLINE, PLACE, None)
