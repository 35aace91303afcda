"""What earlier cases say of one resident: all cases of that person, and who does not fit name and number."""

from dataclasses import dataclass
from typing import Any

from station_desk.cases.case import Case
from station_desk.cases.known import same_person
from station_desk.cases.parts import Agent, Applicant
from station_desk.residents.finding import plain
from station_desk.store.desk_store import DeskStore
from station_desk.store.rows import case_of

REMEMBERED = 30
"""So many of the newest cases of a person are opened."""
LOOKED_AT = 60
TOLD = "number, name, id_number, accepted_at"
BY_NUMBER = f"SELECT {TOLD} FROM cases WHERE id_number = ? AND state <> 'voided' ORDER BY place DESC LIMIT ?"
BY_NAME = (
    f"SELECT {TOLD} FROM case_words w CROSS JOIN cases c ON c.place = w.rowid"
    " WHERE w.case_words MATCH ? AND state <> 'voided' ORDER BY w.rowid DESC LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of an earlier case with this name or this number."""

    case: str
    name: str
    id_number: str
    accepted_at: str


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


def every_case_of_person(store: DeskStore, who: Applicant) -> list[Case]:
    """All cases of a person that this counter has, voided ones too, in the order of acceptance."""
    column, value = ("id_number", who.id_number) if who.id_number else ("phone", who.phone)
    if not value:
        return []
    rows = store.read(f"SELECT body FROM cases WHERE {column} = ? ORDER BY place", (value,))
    return [case for (body,) in rows if same_person((case := case_of(body)).applicant, who)]


def cases_as_agent(store: DeskStore, who: Applicant) -> list[Case]:
    """The cases of others in which the person was the agent: by identity number, else by phone and name."""
    sought = who.id_number or who.phone
    if not sought:
        return []
    rows = store.read("SELECT body FROM cases WHERE instr(body, CAST(? AS BLOB)) ORDER BY place", (sought,))
    return [case for (body,) in rows if _is_agent((case := case_of(body)).agent, who)]


def _is_agent(agent: Agent | None, who: Applicant) -> bool:
    if agent is None:
        return False
    if who.id_number:
        return agent.id_number == who.id_number
    return (agent.phone, agent.name) == (who.phone, who.name)


def namesakes(store: DeskStore, who: Applicant) -> list[Namesake]:
    """Who is known by this number under another name, or by this name with another number."""
    by_number = _rows(store, BY_NUMBER, who.id_number) if who.id_number else []
    word = plain(who.name)
    by_name = _rows(store, BY_NAME, f'"={word}"') if word else []
    found = [*by_number, *by_name]
    return [one for one in found if (one.id_number == who.id_number) != (one.name == who.name)]


def _rows(store: DeskStore, question: str, asked: str) -> list[Namesake]:
    rows: list[tuple[Any, ...]] = store.read(question, (asked, LOOKED_AT))
    return [Namesake(*map(str, row)) for row in rows]
