"""Writes a whole list of cases into a file for office programs, masked as on screen: as CSV or workbook."""

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from station_desk.catalogue.workbook.long_sheet import write_long_sheet
from station_desk.core.errors import TroubleError
from station_desk.core.texts import Texts
from station_desk.counter.case_sync import Standing, held_words, standings
from station_desk.counter.desk import Desk
from station_desk.counter.held_lists import held_list
from station_desk.counter.wording import state_words, worded
from station_desk.store.case_pages import CaseRow, Wanted
from station_desk.store.held_pages import count_cases, every_case

Progress = Callable[[int, int], None]
COLUMNS = (
    "number", "code", "item", "category", "name", "state", "promised", "accepted", "finished", "clerk",
    "held",
)  # fmt: skip
TELL_EVERY = 500
PAGE = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: an office program would work it out instead of showing it."""


class ListNotWritable(TroubleError):
    code = "list.not_writable"


def export_cases(desk: Desk, wanted: Wanted, path: Path, say: Texts, progress: Progress) -> int:
    """How many cases were written; a list of any length never lies in memory.

    A file that was there is replaced when all is written, never by half a list. Raises ListNotWritable.
    """
    desk.require("export")
    wanted = held_list(desk, wanted)
    making = path.with_name(f".{path.name}.part")
    total, written = count_cases(desk.store, wanted), 0

    def rows() -> Iterator[tuple[str, ...]]:
        nonlocal written
        for row, held in _with_standings(desk, every_case(desk.store, wanted, PAGE)):
            if written % TELL_EVERY == 0:
                progress(written, max(total, written))
            written += 1
            yield (*_line(desk, row, say), held_words(held, say))

    head = tuple(say(f"ui.export.{name}") for name in COLUMNS)
    try:
        if path.suffix.lower() == ".xlsx":
            write_long_sheet(making, head, rows())
        else:
            _write_csv(making, head, rows())
        making.replace(path)
    except OSError as error:
        raise ListNotWritable(path=path, why=error.strerror or str(error)) from error
    finally:
        making.unlink(missing_ok=True)
    return written


def _with_standings(desk: Desk, rows: Iterator[CaseRow]) -> Iterator[tuple[CaseRow, Standing]]:
    """Each case with how it stands with the district, asked a page at a time."""
    while page := list(islice(rows, PAGE)):
        held = standings(desk.store, [row.number for row in page])
        yield from ((row, held[row.number]) for row in page)


def _write_csv(path: Path, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    # With the mark in front office programs take it for UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(head)
        sheet.writerows([f"'{text}" if text.startswith(FORMULA) else text for text in row] for row in rows)


def _line(desk: Desk, row: CaseRow, say: Texts) -> tuple[str, ...]:
    item = desk.catalogue.items.get(row.item)
    category = desk.catalogue.categories.get(row.category)
    return (
        row.number, row.item, worded(item.name, say) if item else row.item,
        worded(category.name, say) if category else row.category, row.name,
        state_words(row.state, row.stage, say), row.promised, row.accepted_at, row.finished_at, row.clerk,
    )  # fmt: skip
