"""What is known of a resident from earlier cases: answers given, papers shown, each with its case and day.

Least data: a restricted case (S3) tells only the same item again, a sensitive one (S2) beyond that only what
fills the resident register. A paper counts again only where the station kept it and it is not too old.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.parts import Applicant
from station_desk.catalogue.item import FieldKindOf, Item, Material, MaterialKind

PARTS = ("id_kind", "id_number", "name", "phone", "address")
AGENT_PARTS = ("name", "id_number", "phone")
KEPT_FORMS = ("copy", "electronic", "original_and_copy")
"""Forms in which the station keeps something of a paper."""

Again = Literal["counts", "original", "signed", "too_old"]
"""Whether a paper that was shown before counts again, or why it does not."""


class KnownAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer that was given before: in which case, on which day (ISO); `sure` once it was asked again."""

    value: str
    case: str
    day: str
    sure: bool = False


class KnownPaper(msgspec.Struct, frozen=True):
    """A paper that was shown before, and whether that counts again."""

    case: str
    day: str
    again: Again


def same_person(one: Applicant, other: Applicant) -> bool:
    """Whether two applicants are one person: by the document, else by name and phone together."""
    if one.id_number or other.id_number:
        return one.id_number == other.id_number
    return bool(one.name and one.phone) and (one.name, one.phone) == (other.name, other.phone)


def telling(cases: Iterable[Case], item: Item) -> tuple[Case, ...]:
    """The cases that may be opened for an item: restricted ones only for the very same."""
    return tuple(case for case in cases if case.sensitivity != "S3" or case.item == item.code)


def known_answers(
    cases: Sequence[Case], item: Item, fields: Mapping[str, FieldKindOf]
) -> dict[str, KnownAnswer]:
    """What earlier cases (the newest first) answer of the form of an item, by place."""
    cases = telling(cases, item)
    found: dict[str, KnownAnswer] = {}
    for part in PARTS:
        for case in cases:
            if value := getattr(case.applicant, part):
                found[f"applicant.{part}"] = KnownAnswer(value, case.number, case.received_at[:10])
                break
    accompanied = next((case for case in cases if case.agent), None)
    for part in AGENT_PARTS if accompanied else ():
        if accompanied and (value := getattr(accompanied.agent, part)):
            found[f"agent.{part}"] = KnownAnswer(value, accompanied.number, accompanied.received_at[:10])
    for asked in item.field:
        if (known := _answer(cases, item, asked.key, fields)) is not None:
            found[asked.key] = known
    return found


def known_papers(
    cases: Iterable[Case], item: Item, materials: Mapping[str, MaterialKind], today: date
) -> dict[str, KnownPaper]:
    """Which papers of an item were shown before, each as it was shown last, by key."""
    found: dict[str, KnownPaper] = {}
    wanted = {material.key: material for material in item.material}
    for case in telling(cases, item):
        for seen in case.materials:
            if seen.key not in wanted or seen.key in found or seen.how != "brought" or seen.on_file:
                continue
            day = case.received_at[:10]
            again = _again(wanted[seen.key], materials[seen.key], seen.form, (today - _day(day)).days)
            found[seen.key] = KnownPaper(case.number, day, again)
    return found


def _answer(
    cases: Sequence[Case], item: Item, key: str, fields: Mapping[str, FieldKindOf]
) -> KnownAnswer | None:
    kind = fields[key]
    if kind.kind == "certificate":
        return None
    for case in cases:
        if (value := _told(case, item, key, kind, fields)) is not None:
            return KnownAnswer(value, case.number, case.received_at[:10])
    return None


def _told(
    case: Case, item: Item, key: str, kind: FieldKindOf, fields: Mapping[str, FieldKindOf]
) -> str | None:
    same_item = case.item == item.code
    # What was said at length was said of that matter; a sensitive case tells others only register fields.
    open_ = same_item or bool(kind.fills) or (case.sensitivity == "S1" and kind.kind != "long_text")
    if open_ and case.answers.get(key):
        return case.answers[key]
    if not kind.fills:
        return None
    twins = (k for k in case.answers if k in fields and fields[k].fills == kind.fills)
    return next((case.answers[twin] for twin in twins), None)


def _again(material: Material, kind: MaterialKind, form: str, age: int) -> Again:
    if material.form == "signed":
        return "signed"
    if kind.identity or material.form in ("original", "original_and_copy") or form not in KEPT_FORMS:
        return "original"
    return "counts" if age <= kind.valid_days else "too_old"


def _day(text: str) -> date:
    return date.fromisoformat(text)
