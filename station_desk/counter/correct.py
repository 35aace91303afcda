"""Corrects a resident's data in a case, because he says that they are wrong (PIPL art. 46).

By an event of its own: what was written before stays in the log as it was, until the case is erased.
"""

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.data_rights import CORRECTED, CorrectedPrivate, CorrectedPublic, corrected
from station_desk.cases.number import read_number
from station_desk.cases.permits import require_may, require_reason
from station_desk.core.errors import RuleError
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.application import faults_of, require_acceptable
from station_desk.counter.desk import Desk
from station_desk.counter.finish import next_dossier
from station_desk.counter.intake import application_of
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

PERSON = ("name", "id_kind", "id_number", "phone", "address")
AGENT = PERSON[:1] + PERSON[2:4]


class NothingToCorrect(RuleError):
    """No value is other than it stands there already. Values: number."""

    code = "correct.nothing"


class NoSuchPlace(RuleError):
    """The form of the case has no such field. Values: number, place, known."""

    code = "correct.no_such_place"


class CorrectCase(msgspec.Struct, frozen=True):
    """What is right, by place (`applicant.phone`, a key of the form), and why it is changed."""

    number: str
    values: dict[str, str]
    reason: str


def correct_case(desk: Desk, wish: CorrectCase, command: str) -> Done[Moved]:
    """The corrected case. Raises CaseUnknown, NoSuchPlace, NothingToCorrect, ReasonNeeded, ApplicationFaulty
    for what is wrong with a new value, CaseErased.
    """

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, CORRECTED)
        reason = require_reason(case, wish.reason)
        _require_places(desk, case, wish)
        values = {place: text.strip() for place, text in wish.values.items()}
        after = corrected(case, values)
        if after == corrected(case, {}):
            raise NothingToCorrect(number=case.number)
        _require_fit(desk, after, wish)
        dossier = next_dossier(unit) if case.dossier else 0
        public = CorrectedPublic(tuple(sorted(values)), dossier)
        return recorded(desk, unit, case.number, CORRECTED, public, CorrectedPrivate(values, reason))

    return desk.once(Command(command, wish), Moved, act)


def places_of(desk: Desk, case: Case) -> tuple[str, ...]:
    """Everything of a case that can be corrected."""
    item = desk.under(case).catalogue.items.get(case.item)
    asked = {field.key for field in item.field} if item else set()
    return (
        *(f"applicant.{part}" for part in PERSON),
        *(f"agent.{part}" for part in AGENT if case.agent),
        *sorted(asked | case.answers.keys()),
    )


def _require_places(desk: Desk, case: Case, wish: CorrectCase) -> None:
    known = places_of(desk, case)
    for place in wish.values:
        if place not in known:
            raise NoSuchPlace(number=case.number, place=place, known=", ".join(known))


def _require_fit(desk: Desk, case: Case, wish: CorrectCase) -> None:
    then = desk.under(case).catalogue
    if case.item in then.items:
        form = application_of(case, dict(case.answers), {})
        faults = faults_of(form, then.items[case.item], then, desk.clock().date())
        require_acceptable([fault for fault in faults if fault.field in wish.values])
