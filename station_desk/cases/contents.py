"""What a case says of a person, line by line, as somebody may see it: for windows and commands alike."""

from collections.abc import Iterator

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.rights import Field, Level
from station_desk.cases.sight import Sight
from station_desk.catalogue.item import Words

PERSON: tuple[tuple[str, Field], ...] = (
    ("name", "name"), ("id_number", "id_number"), ("phone", "phone"), ("address", "address"),
)  # fmt: skip


class Line(msgspec.Struct, frozen=True):
    """One value: its place (`applicant.name`, a key of the form, `note.result`) and what is shown of it.

    `title` names a paper that was shown.
    """

    place: str
    field: Field
    level: Level
    value: str
    title: Words | None = None


def lines_of(case: Case, sight: Sight) -> tuple[Line, ...]:
    """Everything that the case says, as the sight shows it; what is hidden or empty has no line."""
    lines = []
    for place, field, value, title in _values(case):
        level = sight.level(field)
        if level != "hidden" and value:
            named = title if level == "open" else None
            lines.append(Line(place, field, level, sight.shown(field, value), named))
    return tuple(lines)


def field_of(place: str) -> Field:
    """The field of the rights to which a place of the form belongs."""
    part = place.partition(".")[2]
    return next((field for name, field in PERSON if name == part), "answers")


def _values(case: Case) -> Iterator[tuple[str, Field, str, Words | None]]:
    for part, field in PERSON:
        yield f"applicant.{part}", field, getattr(case.applicant, part), None
    if case.agent:
        for part, field in PERSON[:3]:
            yield f"agent.{part}", field, getattr(case.agent, part), None
    for key, answer in case.answers.items():
        yield key, "answers", answer, None
    for seen in case.materials:
        yield f"material.{seen.key}", "materials", seen.how, seen.name
    for step in case.trail:
        yield "note.opinion", "notes", step.opinion, None
    for trip in case.trips:
        yield "note.returned", "notes", trip.opinion, None
    for defect in case.defects:
        yield "note.defect", "notes", defect, None
    for posting in case.postings:
        yield "note.objection", "notes", posting.objection, None
    for name in ("result", "note", "void_reason", "repeat_reason"):
        yield f"note.{name}", "notes", getattr(case, name), None
    yield "note.receiver", "name", case.receiver, None
