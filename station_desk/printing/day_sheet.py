"""The papers of a day: the closing sheet that the head signs, and the caseload by item type. A4, one look."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from station_desk.core.texts import Say
from station_desk.printing.codes import PROOF_MODULE, qr
from station_desk.printing.letterhead import (
    BODY,
    HEAD_ON_NEXT_PAGES,
    LABEL,
    SMALL,
    STATION,
    TITLE_HEIGHT,
    Edition,
    finish,
    set_facts,
    set_signatures,
    title_lettering,
)
from station_desk.printing.page import A4_PORTRAIT, MM, Pages, plain
from station_desk.printing.table import Column, Look, set_table, share_out
from station_desk.printing.wrapping import Lettering, Run, units, wrap

BESIDE, LEADING = 4.0, 4.6
FOOT, SIGN_ROOM, HEADING = 5.0, 16.0, Lettering(11.5, "bold")


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its heading; without rows `empty` is said in its place."""

    heading: str
    titles: Sequence[str]
    shares: Sequence[float]
    rows: Sequence[Sequence[str]]
    empty: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A code that ties the paper to the log, with the words beside it, a line each."""

    code: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class DaySheet:
    """What a paper of a day says: labelled facts, one sentence, tables, who signs (empty: nobody)."""

    station: str
    title: str
    facts: Sequence[tuple[str, str]]
    sentence: str
    tables: Sequence[Table]
    left: str
    right: str
    edition: Edition
    proof: Proof | None = None


def day_sheet_pdf(sheet: DaySheet, say: Say) -> bytes:
    """The paper as PDF; the same facts give the same bytes."""
    pages = Pages(A4_PORTRAIT, HEAD_ON_NEXT_PAGES, FOOT)
    pages.flow(pages.left, units(plain(sheet.station, STATION)), 6.2)
    pages.put_centred(
        pages.sheet.width / 2, pages.y, plain(sheet.title, title_lettering(sheet.title)), TITLE_HEIGHT
    )
    pages.y += TITLE_HEIGHT + 2
    set_facts(pages, list(starmap(_fact, sheet.facts)))
    pages.y += 2
    pages.flow(pages.left, units(plain(sheet.sentence, HEADING)), 6.5)
    for table in sheet.tables:
        _set_table(pages, table)
    if sheet.proof:
        _set_proof(pages, sheet.proof)
    if sheet.left or sheet.right:
        pages.need(SIGN_ROOM)
        set_signatures(pages, pages.y + 8, sheet.left, sheet.right, "")
        pages.y += SIGN_ROOM
    notes = [Run(say("paper.foot.edition", name=sheet.edition.name, digest=sheet.edition.digest[:7]), SMALL)]
    return finish(pages, sheet.station, sheet.title, notes, say, sheet.edition)


def _set_proof(pages: Pages, proof: Proof) -> None:
    symbol = qr(proof.code)
    size = symbol.columns * PROOF_MODULE
    left = pages.left + size + BESIDE
    lines = [line for words in proof.words for line in wrap(plain(words, LABEL), (pages.right - left) * MM)]
    height = max(size, len(lines) * LEADING)
    pages.y += BESIDE
    # The signatures stand on the page of the code that they sign for.
    pages.need(height + SIGN_ROOM + BESIDE)
    pages.code(symbol, pages.left, pages.y, PROOF_MODULE, size)
    for number, line in enumerate(lines):
        pages.put(left, pages.y + number * LEADING, line, LEADING)
    pages.y += height + BESIDE


def _fact(label: str, said: str) -> tuple[str, tuple[Run, ...]]:
    return label, plain(said, BODY)


def _set_table(pages: Pages, table: Table) -> None:
    pages.y += 3
    pages.need(20)
    pages.flow(pages.left, units(plain(table.heading, HEADING)), 7)
    if not table.rows:
        pages.flow(pages.left, units(plain(table.empty, LABEL)), 6)
        return
    columns: list[Column] = share_out(pages.right - pages.left, table.titles, table.shares)
    set_table(pages, columns, table.rows, Look(body=BODY, leading=4.6, padding=0.8, boxed=True))
    pages.y += 2
