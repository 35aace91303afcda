"""The request in hand as it is typed: what was answered, which papers were shown, and what is still wrong.

No Qt here. An answer that the item asks for and that the applicant gave already is asked once (`linked`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from station_desk.cases.known import KnownAnswer, KnownPaper
from station_desk.cases.parts import Agent, Applicant, How
from station_desk.catalogue.bundle import merged_item
from station_desk.catalogue.form import asked_fields
from station_desk.catalogue.item import Catalogue, Item, Words
from station_desk.core.identifiers import Person, person_of
from station_desk.counter.application import (
    Application,
    Fault,
    faults_of,
    how_shown,
    id_is_needed,
    tidy,
)  # fmt: skip
from station_desk.counter.bundles import bundle_faults, bundle_form
from station_desk.counter.drafts import KeptDraft
from station_desk.counter.repeats import Repeat

APPLICANT = ("id_kind", "id_number", "name", "phone", "address")
AGENT = ("name", "id_number", "phone")
FILLS = {"person.phone": "applicant.phone", "person.address_actual": "applicant.address"}
"""Fields of the resident register that the applicant's own block fills."""
EMPTY = {"applicant.id_kind": "citizen_id"}
"""What a form says before anybody typed."""
REPEAT = "repeat.reason"
"""The place of the reason why such a case is accepted once more."""


@dataclass(slots=True)
class Draft:
    """What lies on the counter, as far as it is typed.

    `values` are the answers by place: `applicant.name`, `agent.name`, or the key of an item's field; `ways`
    say how each material was shown; `with_agent` that somebody came for the resident. `command` stays the
    same until its answer came, so that pressing twice is harmless. `together` are the codes of the items that
    are handed in with it for the life event `event`; `item` then asks for what all of them ask.

    `known` and `papers` are what earlier cases say of the resident, `on_file` the papers that need not be
    brought again, by the case that holds them; `repeats` are the cases that this one would repeat, `remarks`
    what does not fit earlier cases.
    """

    item: Item
    ticket: str
    command: str
    with_agent: bool = False
    values: dict[str, str] = field(default_factory=lambda: dict(EMPTY))
    ways: dict[str, How] = field(default_factory=dict)
    event: str = ""
    together: tuple[str, ...] = ()
    number: str = ""
    known: dict[str, KnownAnswer] = field(default_factory=dict)
    papers: dict[str, KnownPaper] = field(default_factory=dict)
    on_file: dict[str, str] = field(default_factory=dict)
    repeat_reason: str = ""
    repeats: tuple[Repeat, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The items that are handed in."""
        return (self.item.code, *self.together)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has typed or ticked anything."""
        typed = {place: text for place, text in self.values.items() if text and EMPTY.get(place) != text}
        return not typed and not any(how != "missing" for how in self.ways.values())


def linked(item: Item, catalogue: Catalogue) -> dict[str, str]:
    """The fields of the item that are asked in the applicant's block: field key → place there."""
    found: dict[str, str] = {}
    for asked in item.field:
        place = FILLS.get(catalogue.fields[asked.key].fills)
        if place and place not in found.values():
            found[asked.key] = place
    return found


def application_of(draft: Draft, catalogue: Catalogue) -> Application:
    """The application as it would be accepted, tidied."""
    links = linked(draft.item, catalogue)
    said = draft.values
    who = Applicant(**{part: said.get(f"applicant.{part}", "") for part in APPLICANT})
    answers = {key: said.get(links.get(key, key), "") for key in asked(draft, catalogue)}
    agent = (
        Agent(**{part: said.get(f"agent.{part}", "").strip() for part in AGENT}) if draft.with_agent else None
    )
    return tidy(
        Application(
            draft.item.code, who, answers, dict(draft.ways), agent, draft.ticket, dict(draft.on_file),
            draft.repeat_reason if draft.repeats else "",
        )
    )  # fmt: skip


def faults_in(draft: Draft, catalogue: Catalogue, today: date) -> tuple[Fault, ...]:
    """Everything wrong, each fault once at the place where it is typed, in the order of the form."""
    links = linked(draft.item, catalogue)
    application = application_of(draft, catalogue)
    if draft.together:
        asked = bundle_form(catalogue, draft.event, draft.codes)
        found = bundle_faults(application, asked, catalogue, today)
    else:
        found = faults_of(application, draft.item, catalogue, today)
    placed = [Fault(links.get(f.field, f.field), f.code, f.values, f.blocks) for f in found]
    placed += [*to_confirm(draft, catalogue, today), *draft.remarks]
    if draft.repeats and not draft.repeat_reason.strip():
        placed.append(Fault(REPEAT, "required"))
    order = {place: n for n, place in enumerate(places(draft, catalogue))}
    return tuple(sorted(_once(placed), key=lambda fault: order.get(fault.field, len(order))))


def joined(draft: Draft, event: str, others: tuple[str, ...], catalogue: Catalogue) -> Draft:
    """The same request together with other items, or with fewer again: what was typed stays."""
    items = [catalogue.items[code] for code in (draft.item.code, *others)]
    return replace(draft, item=merged_item(items), event=event, together=others)


def to_confirm(draft: Draft, catalogue: Catalogue, today: date) -> list[Fault]:
    """The answers that an earlier case gave and that nobody has asked again yet."""
    return [
        Fault(place, "unconfirmed", _source(known, today))
        for place in places(draft, catalogue)
        if (known := draft.known.get(place)) and not known.sure and draft.values.get(place) == known.value
    ]


def needed(draft: Draft, catalogue: Catalogue) -> frozenset[str]:
    """The places that must be filled in."""
    links = linked(draft.item, catalogue)
    must = {f.key for f in draft.item.field if f.required} & set(asked(draft, catalogue))
    own = {"applicant.name"}
    if id_is_needed(draft.item) and draft.values.get("applicant.id_kind") != "none":
        own.add("applicant.id_number")
    named = {links.get(key, key) for key in must}
    return frozenset(named | own | ({"agent.name"} if draft.with_agent else set()))


def asked(draft: Draft, catalogue: Catalogue) -> tuple[str, ...]:
    """The keys of the item's fields that are asked, given what is answered so far."""
    links = linked(draft.item, catalogue)
    said = {f.key: draft.values.get(links.get(f.key, f.key), "").strip() for f in draft.item.field}
    return tuple(field.key for field in asked_fields(draft.item, said))


def person_in(draft: Draft) -> Person | None:
    """Birth date and sex, where the document says them."""
    number = draft.values.get("applicant.id_number", "")
    if draft.values.get("applicant.id_kind") not in ("citizen_id", "hk_mo_tw_permit"):
        return None
    return person_of(number) if len(number.strip()) == 18 and number.strip()[:17].isdecimal() else None


def papers_ready(draft: Draft) -> tuple[int, int]:
    """How many materials are dealt with, and how many the item names."""
    dealt = sum(how_shown(draft.ways, m) not in ("missing", "not_needed") for m in draft.item.material)
    return dealt, len(draft.item.material)


def places(draft: Draft, catalogue: Catalogue) -> list[str]:
    """All places of the form from top to bottom."""
    links = linked(draft.item, catalogue)
    own = [f"applicant.{part}" for part in APPLICANT]
    agent = [f"agent.{part}" for part in AGENT] if draft.with_agent else []
    fields = [key for key in asked(draft, catalogue) if key not in links]
    return [*own, *agent, *fields, *(f"material.{m.key}" for m in draft.item.material)]


def kept(draft: Draft, focus: str, cursor: int) -> KeptDraft:
    """The request as it goes into the profile, with the place that has the focus."""
    return KeptDraft(
        draft.command, draft.item.code, draft.ticket, draft.number, draft.with_agent, dict(draft.values),
        dict(draft.ways), draft.event, draft.together, focus, cursor, "", dict(draft.known),
        dict(draft.papers), dict(draft.on_file), draft.repeat_reason,
    )  # fmt: skip


def taken_up(body: KeptDraft, catalogue: Catalogue) -> Draft:
    """The request as it was kept. Raises KeyError when the catalogue has its item no more."""
    items = [catalogue.items[code] for code in (body.item, *body.together)]
    return Draft(
        merged_item(items) if body.together else items[0], body.ticket, body.id, body.with_agent,
        dict(body.values), dict(body.ways), body.event, body.together, body.number, dict(body.known),
        dict(body.papers), dict(body.on_file), body.repeat_reason,
    )  # fmt: skip


def _source(known: KnownAnswer, today: date) -> dict[str, str | int | Words]:
    # Station and day of a case number are said beside it: its end tells the case apart.
    end = known.case.split("-", 2)[-1]
    return {"case": end, "day": known.day, "age": (today - date.fromisoformat(known.day)).days}


def _once(faults: Iterable[Fault]) -> list[Fault]:
    """A place that two rules look at has one fault."""
    found: dict[str, Fault] = {}
    for fault in faults:
        if fault.field not in found or (fault.blocks and not found[fault.field].blocks):
            found[fault.field] = fault
    return list(found.values())
