"""Residents as earlier cases know them: found while typing, each person once, by indexes only."""

from dataclasses import dataclass
from typing import Any

from station_desk.cases.case import Case
from station_desk.cases.known import same_person
from station_desk.cases.parts import Applicant
from station_desk.core.identifiers import normal
from station_desk.store.desk_store import DeskStore
from station_desk.store.rows import case_of, search_words

SHOWN = 6
LOOKED_AT = 200
"""So many of the newest cases are looked through: one person may have many."""
REMEMBERED = 30
FEWEST_DIGITS = 4
LAST = "\U0010ffff"
ROWS = (
    "SELECT place, number, item, name, id_number, phone,"
    " substr(number, instr(number, '-') + 1, 6) AS received FROM cases"
    " WHERE state <> 'voided' AND (sensitivity <> 'S3' OR item = ?) AND "
)


Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A resident in a list: the newest case tells who it is. `day` is the day of that case (ISO)."""

    case: str
    item: str
    name: str
    id_number: str
    phone: str
    day: str


def find_people(store: DeskStore, asked: str, item: str = "", shown: int = SHOWN) -> list[PersonRow]:
    """Residents by identity number, phone, name or pinyin initials, who came last first.

    Who is known by a restricted case alone is found only for the very same item.
    """
    text = asked.strip()
    compact = normal(text)
    if len(compact) >= FEWEST_DIGITS and compact[:-1].isdecimal():
        found = [*_ranged(store, item, "id_number", compact), *_ranged(store, item, "phone", compact)]
        return _once(found, shown)
    if text.isascii() and text.isalpha() and len(text) > 1:
        return _once(_ranged(store, item, "initials", text.lower()), shown)
    words = "" if text.isascii() else search_words(text).replace('"', "")
    return _once(_named(store, item, words), shown) if words else []


def cases_of_person(store: DeskStore, who: Applicant) -> list[Case]:
    """The cases of a person that this counter has, the newest first; without those that were void."""
    column, value = ("id_number", who.id_number) if who.id_number else ("phone", who.phone)
    if not value:
        return []
    rows = store.read(
        f"SELECT body FROM cases WHERE {column} = ? AND state <> 'voided' ORDER BY place DESC LIMIT ?",
        (value, REMEMBERED),
    )
    return [case for (body,) in rows if same_person((case := case_of(body)).applicant, who)]


def namesakes(store: DeskStore, who: Applicant) -> list[PersonRow]:
    """Who is known by this number under another name, or by this name with another number."""
    words = search_words(who.name).replace('"', "")
    by_name = _named(store, "", words) if words else []
    found = _once([*_of_number(store, who.id_number), *by_name], LOOKED_AT)
    return [row for row in found if (row.id_number == who.id_number) != (row.name == who.name)]


def _named(store: DeskStore, item: str, words: str) -> list[Row]:
    inside = "place IN (SELECT rowid FROM case_words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?)"
    return store.read(f"{ROWS}{inside} ORDER BY place DESC", (item, f'"{words}"', LOOKED_AT))


def _ranged(store: DeskStore, item: str, column: str, begin: str) -> list[Row]:
    between = f"{column} BETWEEN ? AND ? ORDER BY place DESC LIMIT ?"
    return store.read(ROWS + between, (item, begin, begin + LAST, LOOKED_AT))


def _of_number(store: DeskStore, number: str) -> list[Row]:
    if not number:
        return []
    return store.read(f"{ROWS}id_number = ? ORDER BY place DESC LIMIT ?", ("", number, LOOKED_AT))


def _once(rows: list[Row], shown: int) -> list[PersonRow]:
    """Each person once, as the newest case has him."""
    found: dict[tuple[str, str], PersonRow] = {}
    for _, number, item, name, id_number, phone, day in sorted(rows, key=lambda row: -int(str(row[0]))):
        person = PersonRow(str(number), str(item), str(name), str(id_number), str(phone), _iso(str(day)))
        found.setdefault((person.id_number or person.phone, person.name), person)
    return list(found.values())[:shown]


def _iso(day: str) -> str:
    return f"20{day[:2]}-{day[2:4]}-{day[4:]}"
