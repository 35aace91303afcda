"""The lists that screens and commands show: prepared rows, sorted and cut in SQL, personal data masked."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Select, and_, func, or_, select, text

from station_desk.cases.case import Case
from station_desk.core.masking import masked_name
from station_desk.store import tables as t
from station_desk.store.desk_store import DeskStore
from station_desk.store.rows import case_of, search_words

PAGE = 200
OPEN = text(t.OPEN)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list: the name masked, the days as ISO text. `place` continues a list after this row."""

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


COLUMNS = (
    t.cases.c.number, t.cases.c.item, t.cases.c.category, t.cases.c.state, t.cases.c.stage,
    t.cases.c.promised, t.cases.c.accepted_at, t.cases.c.finished_at, t.cases.c.name, t.cases.c.clerk,
    t.cases.c.dossier, t.cases.c.revision,
)  # fmt: skip


def open_cases(store: DeskStore, after: CaseRow | None = None) -> list[CaseRow]:
    """Cases in progress, the one due first at the top; those whose clock stands (no due day) before all."""
    question = select(*COLUMNS).where(OPEN).order_by(t.cases.c.promised, t.cases.c.number)
    if after:
        question = question.where(_beyond(t.cases.c.promised, after.promised, after.number))
    return _rows(store, question)


def due_cases(store: DeskStore, until: str) -> list[CaseRow]:
    """Cases in progress whose promised day is `until` or earlier."""
    due = and_(OPEN, t.cases.c.promised != "", t.cases.c.promised < until + "~")
    return _rows(store, select(*COLUMNS).where(due).order_by(t.cases.c.promised, t.cases.c.number))


def finished_cases(store: DeskStore, before: CaseRow | None = None) -> list[CaseRow]:
    """Finished, delivered and voided cases, the newest first."""
    question = select(*COLUMNS).where(t.cases.c.finished_at != "")
    question = question.order_by(t.cases.c.finished_at.desc(), t.cases.c.number.desc())
    if before:
        at, number = before.finished_at, before.number
        older = t.cases.c.finished_at < at
        question = question.where(or_(older, and_(t.cases.c.finished_at == at, t.cases.c.number < number)))
    return _rows(store, question)


def transferred_cases(store: DeskStore) -> list[CaseRow]:
    """Cases that were handed over to another counter, the newest first."""
    question = select(*COLUMNS).where(t.cases.c.state == "transferred").order_by(t.cases.c.place.desc())
    return _rows(store, question)


def find_cases(store: DeskStore, asked: str) -> list[CaseRow]:
    """Cases by the end of their number, by name, initials, identity number or phone: newest first."""
    asked = asked.strip()
    if not asked:
        return []
    upper, compact = asked.upper(), asked.upper().replace("-", "")
    number = func.replace(t.cases.c.number, "-", "")
    ways = [t.cases.c.number == upper, t.cases.c.id_number == upper, t.cases.c.phone == asked]
    if compact.isalnum() and compact.isascii() and len(compact) >= 4:
        ways += [
            number.endswith(compact),
            t.cases.c.id_number.endswith(compact),
            t.cases.c.phone.endswith(asked),
        ]
    if asked.isascii() and asked.isalpha():
        ways.append(t.cases.c.initials.startswith(asked.lower()))
    if words := search_words(asked).replace('"', ""):
        places = store.read("SELECT rowid FROM case_words WHERE words MATCH ? LIMIT ?", (f'"{words}"', PAGE))
        ways.append(t.cases.c.place.in_([place for (place,) in places]))
    return _rows(store, select(*COLUMNS).where(or_(*ways)).order_by(t.cases.c.place.desc()))


def case_count(store: DeskStore) -> dict[str, int]:
    """How many cases there are in each state."""
    with store.engine.connect() as connection:
        question = select(t.cases.c.state, func.count()).group_by(t.cases.c.state)
        return {state: count for state, count in connection.execute(question)}  # noqa: C416 - dict() loses the types


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


def _beyond(column: Any, value: str, number: str) -> Any:
    # The leading range keeps the index in use; the mixed condition alone would scan it.
    return and_(column >= value, or_(column > value, and_(column == value, t.cases.c.number > number)))


def _rows(store: DeskStore, question: Select[Any]) -> list[CaseRow]:
    with store.engine.connect() as connection:
        return [_row(row) for row in connection.execute(question.limit(PAGE)).mappings().fetchall()]


def _row(row: RowMapping) -> CaseRow:
    return CaseRow(**{**row, "name": masked_name(row["name"])})
