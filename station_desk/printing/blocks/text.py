"""Running text of a letter: whom it speaks to, its paragraphs, the sentence of law it rests on."""

from station_desk.catalogue.paper import Section
from station_desk.printing.blocks.setting import Setting
from station_desk.printing.page import MM, MUTED, Pages, plain
from station_desk.printing.wrapping import Lettering, next_line, units, wrap

INDENT = "\u3000\u3000"
"""A Chinese paragraph begins two characters in."""

BAR, BAR_GAP = 0.7, 2.6
"""The bar at the left of a sentence of law and the white behind it, in millimetres."""

BETWEEN_PARAGRAPHS = 0.25
"""Of a line."""

WHOLE_LINES = 8
"""A paragraph of so many lines is not torn between two pages."""

LARGER, AIRY = 3.0, 1.4
"""Points by which what is certified is larger than running text, and how much wider its lines stand."""


def set_salutation(setting: Setting, section: Section) -> None:
    """Whom the paper speaks to, on a line of its own."""
    text = setting.filled_in(section.text)
    if text:
        setting.pages.y += setting.sizes.leading * 0.4
        _flow(setting.pages, text, setting.sizes.strong, setting.sizes.leading)


def set_text(setting: Setting, section: Section) -> None:
    """A paragraph."""
    text = setting.filled_in(section.text)
    if not text:
        return
    setting.set_heading(section.heading)
    indent = INDENT if setting.language != "en" else ""
    leading = setting.sizes.leading
    _flow(setting.pages, indent + text, setting.sizes.body, leading)
    setting.pages.y += leading * BETWEEN_PARAGRAPHS


def set_certified(setting: Setting, section: Section) -> None:
    """A paragraph of what is certified: larger than all else, with white around it."""
    text = setting.filled_in(section.text)
    if not text:
        return
    setting.set_heading(section.heading)
    pages, sizes = setting.pages, setting.sizes
    lettering, leading = Lettering(sizes.body.size + LARGER), sizes.leading * AIRY
    pages.y += leading * BETWEEN_PARAGRAPHS / 2
    _flow(pages, (INDENT if setting.language != "en" else "") + text, lettering, leading)
    pages.y += leading * BETWEEN_PARAGRAPHS


def set_law(setting: Setting, section: Section) -> None:
    """What the law says, set apart by a bar at its left."""
    text = setting.filled_in(section.text)
    if not text:
        return
    setting.set_heading(section.heading)
    pages, sizes = setting.pages, setting.sizes
    lettering = Lettering(sizes.cell.size, grey=MUTED)
    leading = sizes.leading * sizes.cell.size / sizes.body.size
    pages.y += leading * 0.4
    x = pages.left + BAR + BAR_GAP
    _keep_whole(pages, text, lettering, pages.right - x, leading)
    waiting = units(plain(text, lettering))
    while waiting:
        pages.need(leading)
        line = next_line(waiting, (pages.right - x) * MM)
        pages.down(pages.left + BAR / 2, pages.y, leading, BAR, MUTED)
        pages.put(x, pages.y, line, leading)
        pages.y += leading
    pages.y += leading * 0.4


def _flow(pages: Pages, text: str, lettering: Lettering, leading: float) -> None:
    _keep_whole(pages, text, lettering, pages.right - pages.left, leading)
    pages.flow(pages.left, units(plain(text, lettering)), leading)


def _keep_whole(pages: Pages, text: str, lettering: Lettering, width: float, leading: float) -> None:
    if lettering.width(text) <= WHOLE_LINES * width * MM:
        pages.need(len(wrap(plain(text, lettering), width * MM)) * leading)
