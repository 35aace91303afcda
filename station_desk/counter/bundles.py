"""Accepts several items of a life event as one matter (一件事): one form, one set of papers, one commit.

Each item becomes a case of its own, with its own number, workflow, clocks and receipt; all carry the number
of the bundle. Nothing is accepted unless everything can be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.number import bundle_number
from station_desk.catalogue.bundle import FEWEST, merged_fields, merged_materials
from station_desk.catalogue.form import asked_fields
from station_desk.catalogue.item import Catalogue, FormField, Item, LifeEvent, Material
from station_desk.core.errors import RuleError
from station_desk.counter.accept import Bundle, accepted_in, new_number
from station_desk.counter.answers import BundleAccepted
from station_desk.counter.application import Application, Fault, faults_of, require_acceptable, tidy
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.rows import case_of
from station_desk.store.unit import Unit


class LifeEventUnknown(RuleError):
    code = "bundle.event_unknown"


class NotTogether(RuleError):
    code = "bundle.not_together"


class BundleTooSmall(RuleError):
    code = "bundle.too_small"


class BundleUnknown(RuleError):
    code = "bundle.unknown"


class AcceptBundle(msgspec.Struct, frozen=True):
    """The items of a life event by their codes, and the one form for them; its own `item` does not count."""

    event: str
    items: tuple[str, ...]
    form: Application


@dataclass(frozen=True, slots=True)
class BundleForm:
    """What is asked when these items are handed in together; which item asks for what, by key."""

    event: LifeEvent
    items: tuple[Item, ...]
    fields: tuple[FormField, ...]
    materials: tuple[Material, ...]

    def askers(self, key: str) -> tuple[str, ...]:
        """The codes of the items that ask for a field."""
        return tuple(item.code for item in self.items if any(f.key == key for f in item.field))

    def wanters(self, key: str) -> tuple[str, ...]:
        """The codes of the items that want a paper."""
        return tuple(item.code for item in self.items if any(m.key == key for m in item.material))


def bundle_form(catalogue: Catalogue, event: str, codes: Sequence[str] = ()) -> BundleForm:
    """The merged form of the items, all that go together when none is named.

    Raises LifeEventUnknown, NotTogether, BundleTooSmall.
    """
    known = catalogue.life_events.get(event)
    if known is None:
        raise LifeEventUnknown(event=event, known=", ".join(bundled_events(catalogue)) or "-")
    asked = tuple(dict.fromkeys(codes or known.together))
    items = tuple(catalogue.items[code] for code in asked if code in catalogue.items)
    fitting = [item.code for item in items if item.code in known.together and item.sensitivity != "S3"]
    strangers = [code for code in asked if code not in fitting]
    if strangers:
        raise NotTogether(
            items=", ".join(strangers), event=known.name, known=", ".join(known.together) or "-"
        )
    if len(items) < FEWEST:
        raise BundleTooSmall(event=known.name, least=FEWEST, known=", ".join(known.together) or "-")
    return BundleForm(known, items, merged_fields(items), merged_materials(items))


@dataclass(frozen=True, slots=True)
class Partners:
    """The items that may be handed in together with one, and the life event that says so."""

    event: LifeEvent
    others: tuple[Item, ...]


def partners_of(catalogue: Catalogue, code: str) -> Partners | None:
    """What goes together with an item; None when nothing does."""
    for event in catalogue.life_events.values():
        together = [catalogue.items[one] for one in event.together if one in catalogue.items]
        allowed = [item for item in together if item.sensitivity != "S3"]
        if len(allowed) >= FEWEST and code in [item.code for item in allowed]:
            return Partners(event, tuple(item for item in allowed if item.code != code))
    return None


def bundled_events(catalogue: Catalogue) -> tuple[str, ...]:
    """The life events whose items may be handed in together, by code."""
    return tuple(code for code, event in catalogue.life_events.items() if event.together)


def accept_bundle(desk: Desk, wish: AcceptBundle, command: str) -> Done[BundleAccepted]:
    """The accepted cases, all or none, their receipts meant to be printed.

    Raises LifeEventUnknown, NotTogether, BundleTooSmall, ApplicationFaulty (all faults of all items at once),
    TicketNotInState.
    """
    return desk.once(
        Command(command, wish), BundleAccepted, lambda unit: bundle_accepted_in(desk, unit, wish)
    )


def bundle_accepted_in(desk: Desk, unit: Unit, wish: AcceptBundle) -> BundleAccepted:
    """Writes the acceptance of all cases of a bundle into a unit."""
    asked = bundle_form(desk.catalogue, wish.event, wish.items)
    form = tidy(wish.form)
    require_acceptable(bundle_faults(form, asked, desk.catalogue, desk.clock().date()))
    numbers = tuple(new_number(desk, unit) for _ in asked.items)
    bundle = Bundle(_new_bundle(desk, unit), numbers, tuple(item.code for item in asked.items))
    accepted = tuple(
        accepted_in(desk, unit, application, number, bundle)
        for application, number in zip(applications_of(form, asked), numbers, strict=True)
    )
    return BundleAccepted(bundle.number, asked.event.code, accepted)


def bundle_faults(
    form: Application, asked: BundleForm, catalogue: Catalogue, today: date
) -> tuple[Fault, ...]:
    """Everything wrong with the one form for any of the items, each fault once, in the order of the form."""
    found = [*_stray_faults(form, asked)]
    for application, item in zip(applications_of(form, asked), asked.items, strict=True):
        found += faults_of(application, item, catalogue, today)
    once: dict[tuple[str, str], Fault] = {}
    for fault in found:
        once.setdefault((fault.field, fault.code), fault)
    places = _places(asked)
    return tuple(sorted(once.values(), key=lambda fault: places.get(fault.field, len(places))))


def applications_of(form: Application, asked: BundleForm) -> tuple[Application, ...]:
    """What the one form says for each item: its own answers and papers. The ticket ends with the first."""
    return tuple(
        msgspec.structs.replace(
            form, item=item.code, ticket="" if n else form.ticket, answers=_own_answers(form.answers, item),
            materials={m.key: form.materials[m.key] for m in item.material if m.key in form.materials},
        )
        for n, item in enumerate(asked.items)
    )  # fmt: skip


def cases_of(desk: Desk, bundle: str) -> tuple[Case, ...]:
    """The cases of a bundle that this counter has, by number. Raises BundleUnknown."""
    asked = bundle.strip().upper()
    # A bundle and its cases are of the same station, day and counter, which begin their numbers.
    prefix = asked.partition("-B")[0]
    rows = desk.store.read(
        "SELECT body FROM cases WHERE number > ? AND number < ? ORDER BY number", (f"{prefix}-", f"{prefix}.")
    )
    found = tuple(case for (body,) in rows if asked and (case := case_of(body)).bundle == asked)
    if not found:
        raise BundleUnknown(bundle=bundle)
    return found


def _own_answers(answers: Mapping[str, str], item: Item) -> dict[str, str]:
    asked = [field.key for field in asked_fields(item, answers)]
    return {key: answers[key] for key in asked if key in answers}


def _stray_faults(form: Application, asked: BundleForm) -> Iterator[Fault]:
    """Answers and papers that none of the items asks for, or none of them now."""
    known = [field.key for field in asked.fields]
    open_ = {field.key for item in asked.items for field in asked_fields(item, form.answers)}
    for key, text in form.answers.items():
        if key not in known:
            yield Fault(key, "unknown_field", {"known": "、".join(sorted(known))})
        elif key not in open_ and text.strip():
            yield Fault(key, "not_asked")
    papers = sorted(paper.key for paper in asked.materials)
    for key in form.materials:
        if key not in papers:
            yield Fault(f"material.{key}", "unknown_field", {"known": "、".join(papers)})


def _places(asked: BundleForm) -> dict[str, int]:
    who = [f"{area}.{part}" for area in ("applicant", "agent") for part in ("name", "id_kind", "id_number")]
    papers = [f"material.{paper.key}" for paper in asked.materials]
    order = [*who, "applicant.phone", "applicant.address", *(f.key for f in asked.fields), *papers]
    return {place: n for n, place in enumerate(order)}


def _new_bundle(desk: Desk, unit: Unit) -> str:
    day = desk.clock().date()
    mark = unit.about("counter_mark")
    serial = unit.next_serial(f"bundle:{day.isoformat()}:{mark}")
    return bundle_number(desk.station.code, day, mark, serial)
