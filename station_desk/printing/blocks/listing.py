"""A table of things, each with what is said of it; in large print one below the other, as no column is wide
enough for it.
"""

from collections.abc import Sequence

from station_desk.catalogue.paper import PaperColumn, Section
from station_desk.printing.blocks.setting import Row, Setting
from station_desk.printing.blocks.sizes import Sizes
from station_desk.printing.page import MM, plain
from station_desk.printing.table import Look, set_table, share_out
from station_desk.printing.wrapping import Lettering, Run, units, wrap

COUNTED = "no"
"""The column that counts the rows."""

COUNTED_BY_HAND = "pages"
NOTHING = "—"
ABOVE = 1.5
"""White above a table without a heading, in millimetres."""
HANGING = 8.0
"""How far what is said of a thing stands in below its name, in large print, in millimetres."""


def set_listing(setting: Setting, section: Section) -> None:
    """The rows in the order of the case; no rows, no table and no heading."""
    rows = setting.filled.rows[section.rows]
    if not rows:
        return
    setting.set_heading(section.heading)
    setting.pages.y += 0.0 if section.heading else ABOVE
    if setting.sizes.large:
        for row in rows:
            _set_entry(setting, section.column, row)
        return
    pages = setting.pages
    titles = [setting.words(column.title) for column in section.column]
    columns = share_out(pages.right - pages.left, titles, [column.share for column in section.column])
    cells = ([row[column.key] or _empty(section, column.key) for column in section.column] for row in rows)
    set_table(pages, columns, cells, _look(setting.sizes, section.least))
    pages.y += 1.2


def _empty(section: Section, key: str) -> str:
    """What waits for the pen stays blank."""
    return "" if section.least or key == COUNTED_BY_HAND else NOTHING


def _look(sizes: Sizes, least: int) -> Look:
    """How tables of a paper are set; narrow columns that a pen fills in are set smaller."""
    if least:
        return Look(Lettering(9), leading=4.2, padding=0.8, least=least, indent=1.2, boxed=True)
    padding = 0.5 if sizes.sheet.width > sizes.sheet.height else 0.8
    return Look(sizes.cell, leading=4.6, padding=padding, boxed=True)


def _set_entry(setting: Setting, columns: Sequence[PaperColumn], row: Row) -> None:
    pages, sizes = setting.pages, setting.sizes
    number = row[COUNTED] if any(column.key == COUNTED for column in columns) else ""
    first, *others = [column for column in columns if column.key != COUNTED and row[column.key]]
    name = f"{number}. {row[first.key]}" if number else row[first.key]
    below = [_labelled(setting, column, row[column.key]) for column in others]
    count = len(wrap(plain(name, sizes.strong), (pages.right - pages.left) * MM))
    count += sum(len(wrap(runs, (pages.right - pages.left - HANGING) * MM)) for runs in below)
    whole = count * sizes.leading
    pages.need(whole if whole <= pages.bottom - pages.next_top else 2 * sizes.leading)
    pages.flow(pages.left, units(plain(name, sizes.strong)), sizes.leading)
    for runs in below:
        pages.flow(pages.left + HANGING, units(runs), sizes.leading)
    pages.y += sizes.leading * 0.3


def _labelled(setting: Setting, column: PaperColumn, text: str) -> tuple[Run, Run]:
    label = setting.say("papers.label", label=setting.words(column.title))
    return Run(label, setting.sizes.label), Run(text, setting.sizes.body)
