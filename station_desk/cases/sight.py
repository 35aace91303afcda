"""A case as a role may see it: what is hidden left out, what is masked masked, the rest as it is.

The one place where the table of rights becomes values. `opened` are the fields for which a reason was given.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.rights import FIELDS, Field, Level, level_of
from station_desk.cases.staff import Role
from station_desk.catalogue.item import Sensitivity, Words
from station_desk.core.masking import masked_id, masked_name, masked_phone

COVERED = "***"
"""Of what has no form of its own that tells nothing: three stars, however long it is."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one role sees of one case; `opened` are fields that were opened with a reason."""

    role: Role
    category: str
    sensitivity: Sensitivity
    opened: frozenset[Field] = frozenset()

    def level(self, field: Field) -> Level:
        """How far the field is seen now."""
        level = level_of(self.role, self.category, self.sensitivity, field)
        return "open" if level == "reason" and field in self.opened else level

    def shown(self, field: Field, value: str) -> str:
        """The value as it may be shown."""
        match self.level(field):
            case "hidden":
                return ""
            case "open":
                return value
            case "masked" | "reason":
                return masked(field, value)


def masked(field: Field, value: str) -> str:
    """The masked form of a value: enough to recognise a person by, nothing of what he said."""
    if not value:
        return ""
    match field:
        case "name":
            return masked_name(value)
        case "id_number":
            return masked_id(value)
        case "phone":
            return masked_phone(value)
        case _:
            return COVERED


def sight_of(role: Role, case: Case, opened: Collection[Field] = ()) -> Sight:
    """What a role sees of a case."""
    return Sight(role, case.category, case.sensitivity, frozenset(opened))


def can_open(role: Role, case: Case) -> tuple[Field, ...]:
    """The fields of a case that a role may open with a reason."""
    return tuple(f for f in FIELDS if level_of(role, case.category, case.sensitivity, f) == "reason")


def seen_case(sight: Sight, case: Case) -> Case:
    """The case with nothing in it that the sight does not show; what it does next can still be read of it."""

    def note(text: str) -> str:
        return sight.shown("notes", text)

    trail = tuple(replace(step, opinion=note(step.opinion)) for step in case.trail)
    return replace(
        case,
        title=case.title if sight.level("materials") != "hidden" else Words("", "", ""),
        applicant=seen_applicant(sight, case.applicant), agent=seen_agent(sight, case.agent),
        answers={key: sight.shown("answers", value) for key, value in case.answers.items()},
        materials=case.materials if sight.level("materials") == "open" else (),
        token="", trail=trail, result=note(case.result), note=note(case.note),
        receiver=sight.shown("name", case.receiver), void_reason=note(case.void_reason),
        defects=tuple(note(one) for one in case.defects), repeat_reason=note(case.repeat_reason),
        away=None if case.away is None else replace(case.away, opinion=note(case.away.opinion)),
        trips=tuple(replace(trip, opinion=note(trip.opinion)) for trip in case.trips),
        postings=tuple(
            replace(up, lines=(), note=note(up.note), objection=note(up.objection)) for up in case.postings
        ),
        certificates=tuple(
            replace(one, statement=note(one.statement), reason=note(one.reason)) for one in case.certificates
        ),
    )  # fmt: skip


def seen_applicant(sight: Sight, who: p.Applicant) -> p.Applicant:
    """The applicant as the sight shows him."""
    return msgspec.structs.replace(
        who, name=sight.shown("name", who.name), id_number=sight.shown("id_number", who.id_number),
        phone=sight.shown("phone", who.phone), address=sight.shown("address", who.address),
    )  # fmt: skip


def seen_agent(sight: Sight, who: p.Agent | None) -> p.Agent | None:
    """Who acts for the applicant, as the sight shows him."""
    if who is None:
        return None
    return msgspec.structs.replace(
        who, name=sight.shown("name", who.name), id_number=sight.shown("id_number", who.id_number),
        phone=sight.shown("phone", who.phone),
    )  # fmt: skip
