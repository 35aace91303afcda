"""The seal register on A4 across: a calm table of a line for each entry, in the look of the daily papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from station_desk.core.texts import Say
from station_desk.printing.letterhead import (
    HEAD_ON_NEXT_PAGES,
    LABEL,
    SMALL,
    STATION,
    TITLE_HEIGHT,
    Edition,
    finish,
    set_signatures,
    title_lettering,
)
from station_desk.printing.page import Format, Pages, plain
from station_desk.printing.table import Look, set_table, share_out
from station_desk.printing.wrapping import Lettering, Run, units

A4_ACROSS = Format(297, 210, side=15, top=14, bottom=12)
FOOT, SIGN_ROOM = 5.0, 16.0
CELLS = Lettering(9)


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """What the register says: how many entries, the table, who signs."""

    station: str
    title: str
    sentence: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    empty: str
    left: str
    right: str
    edition: Edition
    shares: Sequence[int]


def register_sheet_pdf(sheet: RegisterSheet, say: Say) -> bytes:
    """The register as PDF; the same entries give the same bytes."""
    pages = Pages(A4_ACROSS, HEAD_ON_NEXT_PAGES, FOOT)
    pages.flow(pages.left, units(plain(sheet.station, STATION)), 6.2)
    pages.put_centred(
        pages.sheet.width / 2, pages.y, plain(sheet.title, title_lettering(sheet.title)), TITLE_HEIGHT
    )
    pages.y += TITLE_HEIGHT + 1
    pages.flow(pages.left, units(plain(sheet.sentence, LABEL)), 5.6)
    pages.y += 1.5
    if sheet.rows:
        columns = share_out(pages.right - pages.left, sheet.titles, sheet.shares)
        set_table(pages, columns, sheet.rows, Look(body=CELLS, leading=4.4, padding=1.1))
    else:
        pages.flow(pages.left, units(plain(sheet.empty, LABEL)), 6)
    pages.need(SIGN_ROOM)
    set_signatures(pages, pages.y + 6, sheet.left, sheet.right, "")
    notes = [Run(say("paper.foot.edition", name=sheet.edition.name, digest=sheet.edition.digest[:7]), SMALL)]
    return finish(pages, sheet.station, sheet.title, notes, say, sheet.edition)
