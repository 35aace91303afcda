"""Opens what is known of a resident, so that nothing is typed twice; each opening is written into the log."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.contents import field_of
from station_desk.cases.event import Fact
from station_desk.cases.known import KnownAnswer, KnownPaper, known_answers, known_papers, telling
from station_desk.cases.number import read_number
from station_desk.cases.opened import KNOWN, ResidentOpenedPublic, subject_of
from station_desk.cases.sight import can_open
from station_desk.catalogue.item import Item
from station_desk.core.clock import stamp
from station_desk.counter.application import Fault
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.find import PersonRow, find_people
from station_desk.store.people import cases_of_person, namesakes
from station_desk.store.unit import CaseUnknown, Unit

SHOWN = 6
FEWEST_DIGITS = 4
"""Fewer digits tell nobody apart."""


class OpenKnown(msgspec.Struct, frozen=True):
    """Asks for what is known of the resident of a case, for an application for an item."""

    case: str
    item: str
    ticket: str = ""


class Opened(msgspec.Struct, frozen=True):
    """The cases that were opened, the newest first."""

    cases: tuple[str, ...]


class KnownResident(msgspec.Struct, frozen=True):
    """What earlier cases say: answers by place of the form, papers by key. It is kept in no table."""

    answers: dict[str, KnownAnswer]
    papers: dict[str, KnownPaper]


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A resident as the list shows him, masked: the newest case that may be opened, its item and day."""

    case: str
    name: str
    id_number: str
    phone: str
    item: str
    day: str


def known_people(desk: Desk, asked: str, item: Item) -> tuple[FoundPerson, ...]:
    """Residents by number, name, initials or phone, for an application for an item.

    Who is known by a restricted case alone is found only for the very same item.
    """
    if asked.isdecimal() and len(asked) < FEWEST_DIGITS:
        return ()
    found = (_found(desk, row, item) for row in find_people(desk.store, asked))
    return tuple(one for one in found if one)[:SHOWN]


def open_known(desk: Desk, item: Item, wish: OpenKnown, command: str) -> Done[KnownResident]:
    """What is known of the resident for the form of `item`. Raises CaseUnknown.

    Written down before it is answered: who opened it, when, and for what.
    """
    asked = desk.store.case(str(read_number(wish.case)))
    cases = telling(cases_of_person(desk.store, asked.applicant) or [asked], item)
    if not cases:
        raise CaseUnknown(number=wish.case)

    def act(unit: Unit) -> Opened:
        numbers = tuple(case.number for case in cases)
        subject = subject_of(cases[0].number)
        public = ResidentOpenedPublic("application", wish.item, wish.ticket, numbers)
        at, revision = stamp(desk.clock()), unit.subject_revision(subject) + 1
        unit.record(Fact(subject, revision, KNOWN, at, desk.actor, public))
        return Opened(numbers)

    done = desk.once(Command(command, wish), Opened, act)
    catalogue = desk.catalogue
    answers = _seen(desk, known_answers(cases, item, catalogue.fields), cases)
    papers = known_papers(cases, item, catalogue.materials, desk.clock().date())
    return Done(KnownResident(answers, papers), done.changes)


def _seen(desk: Desk, answers: dict[str, KnownAnswer], cases: tuple[Case, ...]) -> dict[str, KnownAnswer]:
    """Only what the role may open of the case that says it."""
    open_of = {case.number: set(can_open(desk.role, case)) for case in cases}
    return {
        place: answer for place, answer in answers.items() if field_of(place) in open_of.get(answer.case, ())
    }


def _found(desk: Desk, row: PersonRow, item: Item) -> FoundPerson | None:
    newest = desk.store.case(row.case_number)
    if newest.sensitivity == "S3":
        open_ = telling(cases_of_person(desk.store, newest.applicant) or [newest], item)
        if not open_:
            return None
        newest = open_[0]
    day = newest.received_at[:10]
    return FoundPerson(newest.number, row.name, row.id_number, row.phone, newest.item, day)


def identity_remarks(desk: Desk, who: p.Applicant) -> tuple[Fault, ...]:
    """What does not fit earlier cases: this number under another name, this name with another number."""
    if not who.name or not who.id_number:
        return ()
    said: dict[str, Fault] = {}
    for row in namesakes(desk.store, who):
        # The day stands beside it: the end of the number tells the case apart.
        values: Mapping[str, str] = {"case": row.case.split("-", 2)[-1], "day": row.accepted_at[:10]}
        if row.id_number == who.id_number:
            said.setdefault("name", Fault("applicant.name", "other_name", dict(values), blocks=False))
        elif row.id_number:
            said.setdefault(
                "number", Fault("applicant.id_number", "other_number", dict(values), blocks=False)
            )
    return tuple(said.values())
