"""Lines to sign on: who received at the left, who gave at the right, with the station and its seal."""

from collections.abc import Sequence

from station_desk.catalogue.item import Words
from station_desk.catalogue.paper import Section
from station_desk.printing.blocks.setting import Setting
from station_desk.printing.page import FIRM, MM, plain
from station_desk.printing.wrapping import Line, next_line, units, wrap

BETWEEN_COLUMNS = 14.0
LEAST_LINE = 25.0
"""A line to sign on that is shorter than this goes below its words, in millimetres."""

PEN = (":", "：")
"""A text that ends so waits for a pen."""

Side = list[tuple[str, list[Line]]]


def set_signatures(setting: Setting, section: Section) -> None:
    """Both sides beside each other, one below the other in large print; never torn between two pages."""
    pages, sizes = setting.pages, setting.sizes
    setting.set_heading(section.heading)
    width = pages.right - pages.left
    if sizes.large:
        lines = texts_of(setting, (*section.left, *section.right))
        pages.y += sizes.leading * 0.5
        for text in lines:
            set_line(setting, text, pages.left, width)
        return
    half = (width - BETWEEN_COLUMNS) / 2
    left, right = texts_of(setting, section.left), texts_of(setting, section.right)
    columns = ((left, pages.left, half if right else width), (right, pages.right - half, half))
    height = max(_height(setting, texts, room) for texts, _, room in columns)
    pages.y += sizes.leading * (0.3 if sizes.sheet.width > sizes.sheet.height else 0.6)
    pages.need(min(height, pages.bottom - pages.next_top))
    if sizes.sheet.width > sizes.sheet.height:
        pages.y = max(pages.y, pages.bottom - height)
    top, page, ends = pages.y, len(pages.marks), pages.y
    for texts, x, room in columns:
        if len(pages.marks) == page:
            pages.y = top
        for text in texts:
            set_line(setting, text, x, room)
        ends = max(ends, pages.y)
    pages.y = ends


def texts_of(setting: Setting, lines: Sequence[Words]) -> list[str]:
    """What a side says, without lines whose gaps nothing fills."""
    return [text for line in lines if (text := setting.filled_in(line))]


def _height(setting: Setting, texts: Sequence[str], room: float) -> float:
    return sum(_line_height(setting, text, room) for text in texts)


def _line_height(setting: Setting, text: str, room: float) -> float:
    """A line to sign on has its full height; words alone, such as the station, take what they need."""
    sizes = setting.sizes
    count = len(wrap(plain(text, sizes.body), room * MM))
    below = _signs_below(setting, text, room)
    last = sizes.sign_leading * (2 if below else 1) if text.endswith(PEN) else sizes.leading
    return (count - 1) * sizes.leading + last


def _signs_below(setting: Setting, text: str, room: float) -> bool:
    last = wrap(plain(text, setting.sizes.body), room * MM)[-1]
    used = sum(run.width for run in last) / MM
    return text.endswith(PEN) and room - used < LEAST_LINE


def set_line(setting: Setting, text: str, x: float, room: float) -> None:
    """A line of words; one that ends in a colon waits for a pen."""
    pages, sizes = setting.pages, setting.sizes
    below = _signs_below(setting, text, room)
    pages.need(_line_height(setting, text, room) if not below else 2 * sizes.sign_leading)
    waiting = units(plain(text, sizes.body))
    used = 0.0
    while waiting:
        line = next_line(waiting, room * MM)
        height = sizes.sign_leading if not waiting and text.endswith(PEN) else sizes.leading
        pages.need(height)
        # The words stand at the foot of their strip, on the line that is signed.
        pages.put(x, pages.y + height - sizes.leading, line, sizes.leading)
        used = sum(run.width for run in line) / MM
        pages.y += height
    if not text.endswith(PEN):
        return
    if below:
        pages.y += sizes.sign_leading
        used = 0.0
    gap = 2.0 if used else 0.0
    pages.across(x + used + gap, pages.y - sizes.leading * 0.08, room - used - gap, FIRM / 2, 0)
