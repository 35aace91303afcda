"""How a case gets into the tables that lists and searches read: its row, its words, the kept counts.

All three are written with the event that changed the case, so they never disagree with the log or each other.
"""

from typing import Any

from station_desk.cases.case import Case
from station_desk.residents.finding import findable
from station_desk.store import rows, tables
from station_desk.store.backfill import COUNT, COUNT_DAY
from station_desk.store.word_index import INSERT_WORDS

COLUMNS = tuple(column.name for column in tables.cases.columns if column.name != "place")
INSERT_CASE = rows.inserting(tables.cases, skip=("place",))
DELETE_WORDS = "INSERT INTO case_words (case_words, rowid, words) VALUES ('delete', ?, ?)"
TRULY_DELETE = "INSERT INTO case_words (case_words, rank) VALUES ('secure-delete', 1)"
_NAME, _INITIALS, _ID_NUMBER, _PHONE = (
    COLUMNS.index(name) for name in ("name", "initials", "id_number", "phone")
)
_FINISHED = COLUMNS.index("finished_at")
_COUNTED = tuple(COLUMNS.index(name) for name in ("state", "category", "clerk"))


def put_case(connection: Any, before: Case | None, case: Case) -> None:
    """Writes what an event made of a case; `before` is None for one that was not here."""
    row = rows.case_row(case)
    if before is None:
        place = connection.execute(INSERT_CASE, row).lastrowid
        connection.execute(INSERT_WORDS, (place, words_of(row)))
        connection.execute(COUNT, (*_counted(row), 1))
        connection.executemany(COUNT_DAY, _ended(row, 1))
        return
    was = rows.case_row(before)
    changed = [place for place, value in enumerate(row) if value != was[place]]
    if changed:
        # An index is written anew for every column that is named, changed or not.
        told = ", ".join(f"{COLUMNS[place]} = ?" for place in changed)
        values = (*(row[place] for place in changed), case.number)
        connection.execute(f"UPDATE cases SET {told} WHERE number = ?", values)
    if _counted(row) != _counted(was):
        connection.executemany(COUNT, [(*_counted(was), -1), (*_counted(row), 1)])
    if _ended(row, 1) != _ended(was, 1):
        connection.executemany(COUNT_DAY, [*_ended(was, -1), *_ended(row, 1)])
    if words_of(row) != words_of(was):
        (place,) = connection.execute("SELECT place FROM cases WHERE number = ?", (case.number,)).fetchone()
        # What is taken out of the index of words leaves it: otherwise it would only be marked as gone.
        connection.execute(TRULY_DELETE)
        connection.execute(DELETE_WORDS, (place, words_of(was)))
        connection.execute(INSERT_WORDS, (place, words_of(row)))


def words_of(row: rows.Row) -> str:
    """The words by which the case of a row is found, as the index takes them."""
    return " ".join(sorted(findable(row[0], row[_NAME], row[_INITIALS], row[_ID_NUMBER], row[_PHONE])))


def _ended(row: rows.Row, cases: int) -> list[tuple[str, int]]:
    day = row[_FINISHED][:10]
    return [(day, cases)] if day else []


def _counted(row: rows.Row) -> tuple[str, str, str]:
    state, category, clerk = (row[place] for place in _COUNTED)
    return state, category, clerk
