"""Finding cases and the people of earlier cases: an exact number first, then a whole name, then the newest.

Every question goes through an index and stops at as many rows as are wanted; with a million cases it takes no
longer than with ten thousand. Personal data leave here as the role of whoever asks may see them in a list;
by what it may not see at all nobody is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Any

from station_desk.cases.number import read_number
from station_desk.cases.sight import Sight
from station_desk.cases.staff import Role
from station_desk.core.errors import RuleError
from station_desk.residents.finding import Asked, asked_for, plain
from station_desk.store.case_pages import COLUMNS, PAGE, TOLD, CaseRow, row_of
from station_desk.store.desk_store import DeskStore

FIRST, STEP = 10, 60
"""So many rows are looked at together: at first hardly more than a list of hits shows, for most of them fit
and each lies on a page of its own; then as many again, and twice as many each time.
"""
WHOLE = 11
"""A number as long as that of a phone, and known, is meant as a whole."""
MOST_LOOKED_AT = 1200
"""A question that fits more and more rows that are not wanted is given up after so many."""
_HIT = f"SELECT c.place, c.name, c.id_number, c.phone, {TOLD}"
_EXACT = (
    f"{_HIT} FROM cases c WHERE c.number = ? ORDER BY c.place DESC LIMIT ?",
    f"{_HIT} FROM cases c WHERE c.id_number = ? ORDER BY c.place DESC LIMIT ?",
    f"{_HIT} FROM cases c WHERE c.phone = ? ORDER BY c.place DESC LIMIT ?",
)
_WORDS = (
    f"{_HIT} FROM case_words w CROSS JOIN cases c ON c.place = w.rowid"
    " WHERE w.case_words MATCH ? AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?"
)
_NEWEST = 2**62
_CATEGORY, _SENSITIVITY = COLUMNS.index("category"), COLUMNS.index("sensitivity")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who was here before, as the newest case of theirs says; masked.

    `case_number` is that case: what is needed of it is read from there, which is an opening like any other.
    """

    name: str
    id_number: str
    phone: str
    case_number: str
    seen_at: str


@dataclass(frozen=True, slots=True)
class Found:
    """What fits: cases, and the people of them."""

    cases: list[CaseRow]
    people: list[PersonRow]


@dataclass(frozen=True, slots=True)
class _Hit:
    place: int
    name: str
    id_number: str
    phone: str
    number: str
    told: tuple[Any, ...]
    role: Role

    @property
    def row(self) -> CaseRow:
        """The case as a list shows it; of those that are looked at few are shown."""
        return row_of(self.told, self.role)

    @property
    def sight(self) -> Sight:
        """What whoever asks may see of it."""
        return Sight(self.role, self.told[_CATEGORY], self.told[_SENSITIVITY])


def find_cases(store: DeskStore, asked: str, most: int = PAGE) -> list[CaseRow]:
    """Cases by their number, a name, initials, an identity number or a phone, or any part of them."""
    return [hit.row for hit in islice(_hits(store, asked), most)]


def find_people(store: DeskStore, asked: str, most: int = 8) -> list[PersonRow]:
    """People known from earlier cases, each once with the newest of their data, by the same words.

    One with an identity number is known by it, one without by name and phone. Voided cases tell of nobody.
    """
    return find_all(store, asked, 0, most).people


def find_all(store: DeskStore, asked: str, most: int, most_people: int) -> Found:
    """Both in one search: what a key asks for is looked through once."""
    cases: list[CaseRow] = []
    people: dict[tuple[str, ...], PersonRow] = {}
    for hit in _hits(store, asked):
        if len(cases) < most:
            cases.append(hit.row)
        if len(people) < most_people:
            _note_person(people, hit)
        if len(cases) == most and len(people) == most_people:
            break
    return Found(cases, list(people.values()))


def _note_person(people: dict[tuple[str, ...], PersonRow], hit: _Hit) -> None:
    who = (hit.id_number.upper(),) if hit.id_number else (plain(hit.name), hit.phone)
    if not hit.name or who in people:
        return
    row = hit.row
    if row.state != "voided":
        number, phone = hit.sight.shown("id_number", hit.id_number), hit.sight.shown("phone", hit.phone)
        people[who] = PersonRow(row.name, number, phone, row.number, row.accepted_at)


def _hits(store: DeskStore, typed: str) -> Iterator[_Hit]:
    """Every case that fits, each once, the best first; read only as far as somebody goes on asking."""
    seen: set[int] = set()
    for hit in _ranked(store, typed, asked_for(typed)):
        if hit.place not in seen and _may_be_found(hit, typed):
            seen.add(hit.place)
            yield hit


def _may_be_found(hit: _Hit, typed: str) -> bool:
    """To find a case by a name is to learn the name: where that is hidden, only its own number finds it."""
    return hit.sight.level("name") != "hidden" or hit.number == _exact_numbers(typed)[0]


def _ranked(store: DeskStore, typed: str, asked: Asked) -> Iterator[_Hit]:
    if not asked.words:
        return
    if any(character.isdigit() for character in typed):
        exact = [
            _hit(row, store.role)
            for question, number in zip(_EXACT, _exact_numbers(typed), strict=True)
            for row in store.read(question, (number, PAGE))
        ]
        yield from exact
        if exact and len(plain(typed)) >= WHOLE:
            return
    yield from _with_words(store, (asked.whole,))
    for hit in _with_words(store, asked.words):
        if _fits(hit, asked):
            yield hit


def _with_words(store: DeskStore, words: tuple[str, ...]) -> Iterator[_Hit]:
    together = " AND ".join(f'"{word}"' for word in words)
    before = _NEWEST
    for step in (FIRST, FIRST, 2 * FIRST, 4 * FIRST, *repeat(STEP, MOST_LOOKED_AT // STEP)):
        hits = [_hit(row, store.role) for row in store.read(_WORDS, (together, before, step))]
        yield from hits
        if len(hits) < step:
            return
        before = hits[-1].place


def _exact_numbers(typed: str) -> tuple[str, str, str]:
    """What was typed as the number of a case, of a person, of a phone."""
    upper = plain(typed).upper()
    try:
        number = str(read_number(upper))
    except RuleError:
        number = typed.strip().upper()
    return number, upper, upper


def _fits(hit: _Hit, asked: Asked) -> bool:
    """The words stand for parts of four or two characters: here they must stand together."""
    if asked.numbers:
        texts = [plain(text) for text in (hit.number, hit.id_number, hit.phone)]
        if not all(any(number in text for text in texts) for number in asked.numbers):
            return False
    name = plain(hit.name) if asked.names else ""
    return all(run in name for run in asked.names)


def _hit(row: tuple[Any, ...], role: Role) -> _Hit:
    place, name, id_number, phone, *told = row
    return _Hit(place, name, id_number, phone, told[0], tuple(told), role)
