"""Says before acceptance that this person has such a case already, and wants a reason for another one.

The window asks so at every acceptance, the command line and `batch` too; the reason is kept with the case.
"""

from dataclasses import dataclass

from station_desk.cases.case import State
from station_desk.cases.repeats import CaseRepeated, repeats
from station_desk.counter.accept import accepted_now
from station_desk.counter.answers import Accepted, BundleAccepted, Moved
from station_desk.counter.application import Application, tidy
from station_desk.counter.bundles import AcceptBundle, applications_of, bundle_accepted_in, bundle_form
from station_desk.counter.desk import Desk
from station_desk.counter.intake import Receive, received_in
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


def receive_asking(desk: Desk, wish: Receive, command: str) -> Done[Moved]:
    """Like `receive`, but raises CaseRepeated where such a case exists and no reason for another is given."""

    def act(unit: Unit) -> Moved:
        require_no_repeat(desk, unit, wish.application)
        return received_in(desk, unit, wish.application)

    return desk.once(Command(command, wish), Moved, act)


def accept_bundle_asking(desk: Desk, wish: AcceptBundle, command: str) -> Done[BundleAccepted]:
    """Like `accept_bundle`, but raises CaseRepeated where one of its cases exists and no reason is given."""

    def act(unit: Unit) -> BundleAccepted:
        for application in applications_of(wish.form, bundle_form(desk.catalogue, wish.event, wish.items)):
            require_no_repeat(desk, unit, application)
        return bundle_accepted_in(desk, unit, wish)

    return desk.once(Command(command, wish), BundleAccepted, act)


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
