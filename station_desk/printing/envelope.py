"""The sheet for the head's envelope: the recovery key in eight large groups, and as a QR. A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from station_desk.core.texts import Say
from station_desk.printing import codes
from station_desk.printing.day_sheet import FOOT, SIGN_ROOM, DaySheet
from station_desk.printing.letterhead import (
    BODY,
    HEAD_ON_NEXT_PAGES,
    SMALL,
    STATION,
    TITLE_HEIGHT,
    finish,
    set_facts,
    set_signatures,
    title_lettering,
)
from station_desk.printing.page import A4_PORTRAIT, Pages, plain
from station_desk.printing.wrapping import Lettering, Run, units

GROUP, PLACE = Lettering(24, "bold", spacing=2.0), Lettering(9)
COLUMNS, ROW, MODULE = 2, 15.0, 8 * codes.DOT


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands on the sheet beside the published words; `code` is what the QR says."""

    sheet: DaySheet
    before: Sequence[str]
    after: Sequence[str]
    groups: Sequence[str]
    code: str


def envelope_sheet(envelope: Envelope, say: Say) -> bytes:
    """The sheet as PDF."""
    sheet = envelope.sheet
    pages = Pages(A4_PORTRAIT, HEAD_ON_NEXT_PAGES, FOOT)
    pages.flow(pages.left, units(plain(sheet.station, STATION)), 6.2)
    pages.put_centred(
        pages.sheet.width / 2, pages.y, plain(sheet.title, title_lettering(sheet.title)), TITLE_HEIGHT
    )
    pages.y += TITLE_HEIGHT + 2
    set_facts(pages, list(starmap(lambda label, said: (label, plain(said, BODY)), sheet.facts)))
    pages.y += 3
    for sentence in envelope.before:
        pages.flow(pages.left, units(plain(sentence, BODY)), 5.2)
    pages.y += 8
    _set_groups(pages, envelope)
    for sentence in envelope.after:
        pages.flow(pages.left, units(plain(sentence, BODY)), 5.2)
        pages.y += 2
    pages.need(SIGN_ROOM)
    set_signatures(pages, pages.y + 12, sheet.left, sheet.right, "")
    notes = [Run(say("paper.foot.edition", name=sheet.edition.name, digest=sheet.edition.digest[:7]), SMALL)]
    return finish(pages, sheet.station, sheet.title, notes, say, sheet.edition)


def _set_groups(pages: Pages, envelope: Envelope) -> None:
    symbol = codes.qr(envelope.code)
    size = symbol.columns * MODULE
    top, rows = pages.y, (len(envelope.groups) + 1) // COLUMNS
    width = (pages.right - pages.left - size - 14) / COLUMNS
    for place, group in enumerate(envelope.groups):
        x, y = pages.left + place // rows * width, top + place % rows * ROW
        pages.put(x, y, plain(f"{place + 1}", PLACE), ROW)
        pages.put(x + 7, y, plain(group, GROUP), ROW)
    pages.code(symbol, pages.right - size, top + (rows * ROW - size) / 2, MODULE, size)
    pages.y = top + max(rows * ROW, size) + 8
