"""What the published files say about each other: an item names its category, its papers, fields and steps."""

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.flow import END
from station_desk.catalogue.item import Item, LifeEvent


@dataclass(frozen=True, slots=True)
class Known:
    """What an item may name."""

    categories: Collection[str]
    materials: Collection[str]
    fields: Collection[str]


def unknown_references(item: Item, known: Known) -> Iterator[Fault]:
    """What the item names and no shared file has."""
    if item.category not in known.categories:
        values = {"found": item.category, "known": ", ".join(known.categories)}
        yield Fault(("category",), "unknown_category", values)
    for index, material in enumerate(item.material):
        if material.key not in known.materials:
            yield Fault(("material", index, "key"), "unknown_material", _like(material.key, known.materials))
    for index, field in enumerate(item.field):
        if field.key not in known.fields:
            yield Fault(("field", index, "key"), "unknown_field", _like(field.key, known.fields))
    yield from unknown_ways(item)


def unknown_ways(item: Item) -> Iterator[Fault]:
    """Ways out of a step that lead to no step of the item."""
    steps = [step.id for step in item.step]
    for index, step in enumerate(item.step):
        for number, way in enumerate(step.next):
            if way.to != END and way.to not in steps:
                values = {"found": way.to, "known": ", ".join((*steps, END))}
                yield Fault(("step", index, "next", number, "to"), "way_unknown", values)


def unknown_items(events: Iterable[LifeEvent], items: Collection[str]) -> Iterator[Fault]:
    """Items that a life event names and no file has."""
    for index, event in enumerate(events):
        for number, code in enumerate(event.items):
            if code not in items:
                place: Place = ("life_event", index, "items", number)
                yield Fault(place, "unknown_item", _like(code, items))


def owners_by_name(files: Iterable[str]) -> dict[str, str]:
    """Which file a code belongs to: the one that is named after it."""
    owners: dict[str, str] = {}
    for file in files:
        owners.setdefault(PurePosixPath(file).stem, file)
    return owners


def repeated_codes(item: Item, file: str, owners: dict[str, str]) -> Iterator[Fault]:
    """A code that belongs to another file; `owners` learns the codes of the files that pass."""
    owner = owners.setdefault(item.code, file)
    if owner != file:
        yield Fault(("code",), "code_twice", {"found": item.code, "first": owner})


def _like(word: str, known: Collection[str]) -> dict[str, object]:
    return {"found": word, "near": ", ".join(difflib.get_close_matches(word, known, cutoff=0))}
