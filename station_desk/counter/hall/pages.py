"""The turning half of the hall display: workflow and papers of each item, the community, the station's lines.

Only published things; restricted items (S3) have no page. Nothing here is about a person.
"""

from collections.abc import Iterator, Mapping

import msgspec

from station_desk.catalogue.flow import END
from station_desk.catalogue.item import Catalogue, Item, Material, Step
from station_desk.core.texts import Texts
from station_desk.counter.hall.board import is_shown
from station_desk.counter.hall.settings import Basics, HallSettings, in_language, notices_on
from station_desk.counter.wording import language_of, limit_words, worded


class HallStep(msgspec.Struct, frozen=True):
    """A step of the workflow: who does it within which time, and where it may lead when there is a choice."""

    name: str
    detail: str
    ways: tuple[str, ...] = ()


class HallPage(msgspec.Struct, frozen=True):
    """The page of an item."""

    code: str
    title: str
    sub: str
    steps: tuple[HallStep, ...]
    bring: tuple[str, ...]


class Turning(msgspec.Struct, frozen=True):
    """Everything that is shown in turn, in one language; `facts` and `notices` run along the foot."""

    station: str
    hours: str
    facts: tuple[str, ...]
    notices: tuple[str, ...]
    contact: tuple[str, ...]
    pages: tuple[HallPage, ...]


def turning_of(
    catalogue: Catalogue,
    settings: HallSettings,
    basics: Basics,
    about: Mapping[str, str],
    day: str,
    say: Texts,
) -> Turning:
    """What is shown in turn on an ISO day, in the language of the texts."""
    language = language_of(say)
    contact = [
        say(f"hall.{name}", text=about[key])
        for name, key in (("phone_is", "phone"), ("complaints_are", "complaint_phone"))
        if about.get(key)
    ]
    return Turning(
        station=about.get("name", ""),
        hours=in_language(settings.hours, language),
        facts=tuple(say("hall.fact", label=fact.label, text=fact.text) for fact in basics.fact),
        notices=notices_on(settings, day, language),
        contact=tuple(contact),
        pages=tuple(_page(item, catalogue, say) for item in shown_items(catalogue, settings)),
    )


def shown_items(catalogue: Catalogue, settings: HallSettings) -> tuple[Item, ...]:
    """The items with a page: those that the station chose, else all that residents may ask for."""
    items = [catalogue.items[code] for code in settings.items if code in catalogue.items]
    places = list(catalogue.categories)
    asked = (item for item in catalogue.items.values() if item.kind != "internal" and item.category in places)
    chosen = items or sorted(asked, key=lambda item: (places.index(item.category), item.code))
    return tuple(item for item in chosen if is_shown(item.code, catalogue))


def _page(item: Item, catalogue: Catalogue, say: Texts) -> HallPage:
    limit = limit_words(item.limit.promised, item.limit.unit, say)
    parts = (
        say(f"term.kind.{item.kind}"),
        say("hall.promise", limit=limit) if item.limit.promised else limit,
        say("term.fee.some", count=item.fee) if item.fee else say("term.fee.none"),
    )
    bring = tuple(_material(material, catalogue, say) for material in item.material)
    return HallPage(
        item.code, worded(item.name, say), say("hall.between").join(parts), tuple(_steps(item, say)),
        bring or (say("guide.no_material"),),
    )  # fmt: skip


def _steps(item: Item, say: Texts) -> Iterator[HallStep]:
    names = {step.id: worded(step.name, say) for step in item.step} | {END: say("term.step.end")}
    for step in item.step:
        ways = [
            say(
                "term.step.way", when=worded(way.when, say) if way.when else "", to=names.get(way.to, way.to)
            ).strip()
            for way in step.next
            if len(step.next) > 1
        ]
        yield HallStep(worded(step.name, say), _detail(step, say), tuple(ways))


def _detail(step: Step, say: Texts) -> str:
    limit = limit_words(step.limit, step.unit, say)
    counted = say("term.limit.uncounted") if step.clock == "stop" else ""
    return say("hall.between").join(part for part in (say(f"term.role.{step.role}"), limit, counted) if part)


def _material(material: Material, catalogue: Catalogue, say: Texts) -> str:
    known = catalogue.materials.get(material.key)
    name = worded(known.name, say) if known else material.key
    form = say(f"term.form.{material.form}")
    copies = say("guide.copies", count=material.copies) if material.copies > 1 else ""
    when = ""
    if material.need == "cond":
        when = material.when or say("term.need.cond")
    elif material.need == "opt":
        when = say("term.need.opt")
    return say("hall.material", name=name, how=say("hall.comma").join(filter(None, (form, copies, when))))
