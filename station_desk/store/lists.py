"""The lists that screens and commands show: prepared rows, sorted and cut in SQL, personal data masked."""

from station_desk.cases.case import Case
from station_desk.store import tables as t
from station_desk.store.case_pages import (
    FINISHED_CASES,
    OPEN_CASES,
    PAGE,
    TOLD,
    CaseRow,
    Wanted,
    page_after,
    row_of,
)
from station_desk.store.desk_store import DeskStore
from station_desk.store.rows import case_of


def open_cases(store: DeskStore) -> list[CaseRow]:
    """Cases in progress, the one due first at the top; those whose clock stands (no due day) before all."""
    return page_after(store, OPEN_CASES, None, PAGE)


def due_cases(store: DeskStore, until: str) -> list[CaseRow]:
    """Cases in progress whose promised day is `until` or earlier."""
    return page_after(store, Wanted("open", "due", due=until), None, PAGE)


def finished_cases(store: DeskStore) -> list[CaseRow]:
    """Finished, delivered and voided cases, the newest first."""
    return page_after(store, FINISHED_CASES, None, PAGE)


def transferred_cases(store: DeskStore) -> list[CaseRow]:
    """Cases that were handed over to another counter, the newest first."""
    rows = store.read(
        f"SELECT {TOLD} FROM cases c WHERE c.state = 'transferred' ORDER BY c.place DESC LIMIT ?", (PAGE,)
    )
    return [row_of(row, store.role) for row in rows]


def case_count(store: DeskStore) -> dict[str, int]:
    """How many cases there are in each state."""
    counts = store.read("SELECT state, sum(cases) FROM case_counts GROUP BY state HAVING sum(cases) > 0")
    return {state: int(count) for state, count in counts}


def all_cases(store: DeskStore) -> list[Case]:
    """Every case whole, in the order of acceptance: for dumps and checks, not for screens."""
    return [case_of(body) for (body,) in store.read("SELECT body FROM cases ORDER BY place")]


def open_cases_whole(store: DeskStore) -> list[Case]:
    """Every case whole that somebody still works on."""
    rows = store.read(f"SELECT body FROM cases WHERE {t.OPEN} ORDER BY promised, number")
    return [case_of(body) for (body,) in rows]


def unconfirmed_papers(store: DeskStore) -> list[tuple[str, str, int, str]]:
    """Papers that were meant to be printed and not confirmed: case, paper, copy, state.

    Of a voided case or certificate nothing is printed any more, of a case that was handed over not here.
    """
    rows = store.read(
        "SELECT case_number, paper, copy, papers.state FROM papers"
        " JOIN cases ON number = case_number AND cases.state NOT IN ('voided', 'transferred')"
        f" WHERE papers.state <> 'confirmed' AND {t.STILL_HOLDS} ORDER BY intended_at, case_number, paper"
    )
    return [(number, paper, copy, state) for number, paper, copy, state in rows]
