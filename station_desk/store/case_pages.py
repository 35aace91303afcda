"""The lists of cases, a page at a time: filtered and sorted by an index, continued after or before a row.

A page costs the same wherever it lies in a list of any length, and a count is read, not counted. The index is
named in each question: a guess of the planner could turn a page into a look at every case there is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from station_desk.cases.sight import Sight
from station_desk.cases.staff import Role
from station_desk.catalogue.item import Sensitivity
from station_desk.store.desk_store import DeskStore
from station_desk.store.tables import DONE, OPEN

Which = Literal["open", "done"]
Sort = Literal["due", "finished", "number"]
Held = Literal["", "unsettled", "waiting", "refused", "acknowledged"]
Key = tuple[str, str]
"""Where a row stands in its list: what the list is sorted by, then the number of the case."""
PAGE = 200
FURTHEST = 20_000
"""Further down a list no row is searched for, to show where it stands."""
SORTED_IN_MEMORY = 20_000
"""So many entries of an index are sorted within a page's time."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list: the name as the role may see it in lists, the days as ISO text."""

    number: str
    item: str
    category: str
    state: str
    stage: str
    promised: str
    accepted_at: str
    finished_at: str
    name: str
    clerk: str
    dossier: int
    revision: int
    sensitivity: Sensitivity = "S3"


COLUMNS = tuple(field.name for field in fields(CaseRow))
TOLD = ", ".join(f"c.{name}" for name in COLUMNS)


UNSETTLED = (
    "number IN (SELECT e.subject FROM writers w LEFT JOIN marks m ON m.writer = w.writer AND EXISTS"
    " (SELECT 1 FROM events o WHERE o.writer = m.writer AND o.seq = m.seq AND o.hash = m.hash)"
    " CROSS JOIN events e ON e.writer = w.writer AND e.seq > coalesce(m.seq, 0) WHERE e.kind LIKE 'case.%'"
    " UNION SELECT d.case_number FROM writers w LEFT JOIN marks m ON m.writer = w.writer"
    " CROSS JOIN dossiers d ON d.writer = w.writer AND d.number > coalesce(m.dossiers, 0))"
)
"""Cases of which the district does not hold all: found from the ends of the logs, however many there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases, and in which order; an empty text asks for all. `due` is the last day of a promise, for
    cases in progress. `unsettled` leaves out those of which the district holds all, `settled` the others.

    `held` asks for how they stand with the district and `held_first` for an order by it: both are worked out
    beforehand (`counter/held_lists.py`) into `among`, the only cases wanted, and `first`, those before all
    others.
    """

    which: Which
    sort: Sort
    down: bool = False
    state: str = ""
    category: str = ""
    clerk: str = ""
    due: str = ""
    unsettled: bool = False
    settled: bool = False
    held: Held = ""
    held_first: bool = False
    among: tuple[str, ...] | None = None
    first: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


OPEN_CASES = Wanted("open", "due")
"""The one due first at the top; those whose clock stands (no due day) before all."""
FINISHED_CASES = Wanted("done", "finished", down=True)
"""Finished, delivered and voided cases, the newest first."""


def count_cases(store: DeskStore, wanted: Wanted) -> int:
    """How many cases the list has: from the kept counts; of those in progress, the due ones by an index."""
    if wanted.settled:
        # Nearly all of them: the few others are counted.
        every = replace(wanted, settled=False)
        return count_cases(store, every) - count_cases(store, replace(every, unsettled=True))
    where, values = _filters(wanted)
    if wanted.due or wanted.unsettled or wanted.among is not None or wanted.without:
        ((count,),) = store.read(
            f"SELECT count(*) FROM cases INDEXED BY {_index(store, wanted)} WHERE {where}", values
        )
        return int(count)
    ((count,),) = store.read(f"SELECT coalesce(sum(cases), 0) FROM case_counts WHERE {where}", values)
    return int(count)


def page_after(
    store: DeskStore, wanted: Wanted, after: Key | None, most: int, skip: int = 0
) -> list[CaseRow]:
    """The next rows after a place in the list, from its beginning without one; `skip` leaves some out."""
    return _page(store, wanted, after, most, skip, down=wanted.down)


def page_before(
    store: DeskStore, wanted: Wanted, before: Key | None, most: int, skip: int = 0
) -> list[CaseRow]:
    """The last rows before a place in the list, from its end without one; in the order of the list."""
    return _page(store, wanted, before, most, skip, down=not wanted.down)


def place_of(store: DeskStore, wanted: Wanted, number: str) -> int | None:
    """Where a case stands in the list, from 0; None when it is not in it, or further down than one looks."""
    rows = store.read(f"SELECT {TOLD} FROM cases c WHERE c.number = ?", (number,))
    if not rows:
        return None
    where, values = _of_list(wanted)
    ((is_in,),) = store.read(f"SELECT count(*) FROM cases WHERE number = ? AND {where}", (number, *values))
    if not is_in:
        return None
    key = key_of(wanted, row_of(rows[0], store.role))
    values += (*_bound(wanted, key), FURTHEST)
    order = _beyond(wanted, ">" if wanted.down else "<")
    ((place,),) = store.read(
        f"SELECT count(*) FROM (SELECT 1 FROM cases INDEXED BY {_index(store, wanted)} WHERE {where}"
        f" AND {order} LIMIT ?)",
        values,
    )
    return int(place) if place < FURTHEST else None


def every_case(store: DeskStore, wanted: Wanted, most: int = PAGE) -> Iterator[CaseRow]:
    """The whole list, read page by page."""
    page = page_after(store, wanted, None, most)
    while page:
        yield from page
        page = page_after(store, wanted, key_of(wanted, page[-1]), most) if len(page) == most else []


def marks(store: DeskStore, wanted: Wanted) -> list[tuple[int, Key]]:
    """Places in a long list that are known without reading it, each with the key before its row: days of
    history.
    """
    if (
        wanted.which != "done"
        or wanted.sort != "finished"
        or _narrowed(wanted)
        or wanted.state
        or wanted.unsettled
        or wanted.settled
        or wanted.among is not None
        or wanted.first
    ):
        return []
    order = "DESC" if wanted.down else ""
    found, place = [], 0
    for day, cases in store.read(f"SELECT day, cases FROM case_days WHERE cases > 0 ORDER BY day {order}"):
        found.append((place, (f"{day}~" if wanted.down else day, "")))
        place += cases
    return found


def key_of(wanted: Wanted, row: CaseRow) -> Key:
    """Where a row stands in the list."""
    match wanted.sort:
        case "due":
            return row.promised, row.number
        case "finished":
            return row.finished_at, row.number
        case "number":
            return row.number, row.number


def row_of(values: tuple[Any, ...], role: Role) -> CaseRow:
    """The row of the columns as they were asked for, as a role may see it."""
    told = dict(zip(COLUMNS, values, strict=True))
    sight = Sight(role, told["category"], told["sensitivity"])
    return CaseRow(**{**told, "name": sight.shown("name", told["name"])})


def _page(
    store: DeskStore, wanted: Wanted, key: Key | None, most: int, skip: int, *, down: bool
) -> list[CaseRow]:
    where, values = _of_list(wanted)
    if key is not None:
        where += f" AND {_beyond(wanted, '<' if down else '>')}"
        values += _bound(wanted, key)
    order = " DESC" if down else ""
    rows = store.read(
        f"SELECT {TOLD} FROM (SELECT place FROM cases INDEXED BY {_index(store, wanted)} WHERE {where}"
        f" ORDER BY {_order(wanted, order)} LIMIT ? OFFSET ?) k"
        " CROSS JOIN cases c ON c.place = k.place",
        (*values, most, skip),
    )
    page = [row_of(row, store.role) for row in rows]
    return sorted(page, key=lambda row: key_of(wanted, row), reverse=wanted.down)


def _of_list(wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    where, values = _filters(wanted)
    return (f"{where} AND {DONE}" if wanted.which == "done" else where), values


def _filters(wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    told = {"state": wanted.state, "category": wanted.category, "clerk": wanted.clerk}
    clauses = [f"{column} = ?" for column, value in told.items() if value]
    values = [value for value in told.values() if value]
    clauses.append(OPEN if wanted.which == "open" else f"NOT ({OPEN}) AND state <> 'transferred'")
    if wanted.which == "done" and wanted.state and wanted.state != "delivered":
        clauses.append("state <> 'delivered'")
    if wanted.unsettled:
        clauses.append(UNSETTLED)
    if wanted.settled:
        clauses.append(f"NOT ({UNSETTLED})")
    if wanted.among is not None:
        clauses.append("number IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.among))
    if wanted.without:
        clauses.append("number NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.without))
    if wanted.due:
        clauses.append("promised <> '' AND promised < ?")
        values.append(f"{wanted.due}~")
    return " AND ".join(clauses), tuple(values)


def _index(store: DeskStore, wanted: Wanted) -> str:
    if wanted.unsettled or wanted.among is not None:
        return "sqlite_autoindex_cases_1"
    if wanted.which == "open":
        return "cases_open"
    narrowed = _narrowed(wanted)
    if wanted.sort == "number" and not (narrowed and count_cases(store, wanted) <= SORTED_IN_MEMORY):
        return "cases_done_number"
    return narrowed or "cases_done"


def _narrowed(wanted: Wanted) -> str:
    """The index that holds only what the list is narrowed to; delivered are most, and have none."""
    if wanted.state and wanted.state != "delivered":
        return "cases_done_state"
    if wanted.category:
        return "cases_done_category"
    return "cases_done_clerk" if wanted.clerk else ""


def _beyond(wanted: Wanted, than: str) -> str:
    # For numbers the one column alone: of two that are the same SQLite does not see a range.
    return f"({_column(wanted)}, number) {than} (?, ?)" if wanted.sort != "number" else f"number {than} ?"


def _bound(wanted: Wanted, key: Key) -> tuple[str, ...]:
    return key if wanted.sort != "number" else key[1:]


def _order(wanted: Wanted, way: str) -> str:
    return f"{_column(wanted)}{way}, number{way}" if wanted.sort != "number" else f"number{way}"


def _column(wanted: Wanted) -> str:
    return {"due": "promised", "finished": "finished_at", "number": "number"}[wanted.sort]
