"""Lists of cases in which some stand before all others, whatever the list is sorted by: a page at a time.

They are few beside the rest (what the district does not hold yet), and named one by one; the rest is read by
its index as ever.
"""

from collections.abc import Iterator
from dataclasses import replace

from station_desk.store import case_pages as plain
from station_desk.store.case_pages import PAGE, CaseRow, Key, Wanted
from station_desk.store.desk_store import DeskStore

AHEAD = "\0"
"""Begins the key of a row that stands before all others: no day and no number begins so."""


def count_cases(store: DeskStore, wanted: Wanted) -> int:
    """How many cases the list has."""
    return plain.count_cases(store, replace(wanted, first=()))


def key_of(wanted: Wanted, row: CaseRow) -> Key:
    """Where a row stands in the list."""
    if row.number in wanted.first:
        return AHEAD, f"{wanted.first.index(row.number):08d}"
    return plain.key_of(wanted, row)


def page_after(
    store: DeskStore, wanted: Wanted, after: Key | None, most: int, skip: int = 0
) -> list[CaseRow]:
    """The next rows after a place in the list, from its beginning without one; `skip` leaves some out."""
    if not wanted.first:
        return plain.page_after(store, wanted, after, most, skip)
    if after is not None and after[0] != AHEAD:
        return plain.page_after(store, _rest(wanted), after, most, skip)
    ahead = [row for row in _ahead(store, wanted) if after is None or key_of(wanted, row) > after]
    page = ahead[skip : skip + most]
    left = max(skip - len(ahead), 0)
    if len(page) < most:
        page += plain.page_after(store, _rest(wanted), None, most - len(page), left)
    return page


def page_before(
    store: DeskStore, wanted: Wanted, before: Key | None, most: int, skip: int = 0
) -> list[CaseRow]:
    """The last rows before a place in the list, from its end without one; in the order of the list."""
    if not wanted.first:
        return plain.page_before(store, wanted, before, most, skip)
    if before is not None and before[0] == AHEAD:
        ahead = [row for row in _ahead(store, wanted) if key_of(wanted, row) < before]
        return _last(ahead, most, skip)
    page = plain.page_before(store, _rest(wanted), before, most, skip)
    if len(page) == most:
        return page
    # So many of the rest there are before it: what is left out of them is not left out again.
    there = len(plain.page_before(store, _rest(wanted), before, skip)) if skip and not page else skip
    return _last(_ahead(store, wanted), most - len(page), max(skip - there, 0)) + page


def place_of(store: DeskStore, wanted: Wanted, number: str) -> int | None:
    """Where a case stands in the list, from 0; None when it is not in it, or further down than one looks."""
    if not wanted.first:
        return plain.place_of(store, wanted, number)
    ahead = [row.number for row in _ahead(store, wanted)]
    if number in ahead:
        return ahead.index(number)
    place = plain.place_of(store, _rest(wanted), number)
    return None if place is None else place + len(ahead)


def every_case(store: DeskStore, wanted: Wanted, most: int = PAGE) -> Iterator[CaseRow]:
    """The whole list, read page by page."""
    page = page_after(store, wanted, None, most)
    while page:
        yield from page
        page = page_after(store, wanted, key_of(wanted, page[-1]), most) if len(page) == most else []


def _rest(wanted: Wanted) -> Wanted:
    return replace(wanted, first=(), without=wanted.first)


def _ahead(store: DeskStore, wanted: Wanted) -> list[CaseRow]:
    """Those that stand before all others and are in the list, in their order."""
    named = wanted.first if wanted.among is None else tuple(n for n in wanted.first if n in wanted.among)
    found = {row.number: row for row in plain.every_case(store, replace(wanted, first=(), among=named))}
    return [found[number] for number in named if number in found]


def _last(rows: list[CaseRow], most: int, skip: int) -> list[CaseRow]:
    end = max(len(rows) - skip, 0)
    return rows[max(end - most, 0) : end]
