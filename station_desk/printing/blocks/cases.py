"""A row for each case of a list, with its barcode at the right: the next office scans it in and out."""

from station_desk.catalogue.paper import Section
from station_desk.printing import codes
from station_desk.printing.blocks.setting import Row, Setting
from station_desk.printing.page import MM
from station_desk.printing.wrapping import Line, Run, wrap

BAR_HEIGHT = 9.0
PADDING, BESIDE_CODE = 2.2, 4.0
"""White above and below a row, and between its words and its barcode, in millimetres."""

LEADING = 5.2

COUNTED, NUMBER, AGAIN = "no", "number", "again"
"""What stands at the head of a row, without a label."""


def set_cases(setting: Setting, section: Section) -> None:
    """Each case below a rule; a row is never torn, unless it is longer than a page."""
    rows = setting.filled.rows[section.rows]
    if not rows:
        return
    setting.set_heading(section.heading)
    pages = setting.pages
    pages.across(pages.left, pages.y, pages.right - pages.left)
    for row in rows:
        _set_row(setting, section, row)
    pages.y += PADDING


def _set_row(setting: Setting, section: Section, row: Row) -> None:
    pages = setting.pages
    symbol = codes.code128(row[NUMBER].replace("-", ""))
    code_left = pages.right - (symbol.columns + symbol.quiet) * codes.BAR_MODULE
    lines = _lines(setting, section, row, code_left - symbol.quiet * codes.BAR_MODULE)
    whole = max(len(lines) * LEADING, BAR_HEIGHT) + 2 * PADDING
    pages.need(whole if whole <= pages.bottom - pages.next_top else BAR_HEIGHT + 2 * PADDING)
    pages.code(symbol, code_left, pages.y + PADDING, codes.BAR_MODULE, BAR_HEIGHT)
    top = pages.y
    pages.y += PADDING
    for line in lines:
        pages.need(LEADING)
        pages.put(pages.left, pages.y, line, LEADING)
        pages.y += LEADING
    pages.y = max(pages.y + PADDING, top + whole) if pages.y > top else pages.y + PADDING
    pages.across(pages.left, pages.y, pages.right - pages.left)


def _lines(setting: Setting, section: Section, row: Row, right: float) -> list[Line]:
    sizes = setting.sizes
    room = (right - setting.pages.left - BESIDE_CODE) * MM
    head = [Run(f"{row[COUNTED]}.  {row[NUMBER]}", sizes.strong)]
    if row[AGAIN]:
        head.append(Run(f"\u3000{row[AGAIN]}", sizes.small_strong))
    lines = wrap(head, room)
    for fact in section.field:
        if row[fact.key]:
            label = setting.say("papers.label", label=setting.words(fact.label))
            text = sizes.strong if fact.strong else sizes.cell
            lines += wrap((Run(label, sizes.label), Run(row[fact.key], text)), room)
    return lines
