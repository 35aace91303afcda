"""Says before acceptance that this person has such a case already, and wants a reason for another one.

The window asks so at every acceptance. A script that accepts (`accept`, `batch`) has decided already.
"""

from dataclasses import dataclass

from station_desk.cases.case import State
from station_desk.cases.repeats import CaseRepeated, repeats
from station_desk.counter.accept import accepted_now
from station_desk.counter.answers import Accepted
from station_desk.counter.application import Application, tidy
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Repeat:
    """A case of the same person and item: its number, where it stands, the day it came in (ISO)."""

    number: str
    state: State
    stage: str
    day: str


def repeats_of(desk: Desk, application: Application) -> tuple[Repeat, ...]:
    """The cases that would be repeated by accepting this application."""
    with desk.store.reading() as unit:
        return repeats_in(desk, unit, application)


def accept_asking(desk: Desk, application: Application, command: str) -> Done[Accepted]:
    """Like `accept`, but raises CaseRepeated where such a case exists and no reason for another is given."""

    def act(unit: Unit) -> Accepted:
        require_no_repeat(desk, unit, application)
        return accepted_now(desk, unit, application)

    return desk.once(Command(command, application), Accepted, act)


def require_no_repeat(desk: Desk, unit: Unit, application: Application) -> None:
    """Raises CaseRepeated unless it is no repeat, or a reason is given."""
    found = repeats_in(desk, unit, application)
    if found and not application.repeat_reason.strip():
        raise CaseRepeated(number=found[0].number, day=found[0].day)


def repeats_in(desk: Desk, unit: Unit, application: Application) -> tuple[Repeat, ...]:
    """The same inside a unit."""
    asked = tidy(application)
    item, who = desk.item(asked.item), asked.applicant
    cases = unit.cases_like(item.code, who.id_number, who.phone)
    found = repeats(cases, who, item.again_days, desk.clock().date())
    return tuple(Repeat(case.number, case.state, case.stage, case.received_at[:10]) for case in found)
