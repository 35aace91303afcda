"""What of the catalogue anybody may browse and find: everything by its type, restricted items by that alone.

A restricted item (S3) has a guide like every other, for who must know it. It stands under no life event, is
found by no search and is never suggested: nobody shall come upon it, or be seen coming upon it, by chance.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import msgspec

from station_desk.catalogue.item import Catalogue, Item, Language
from station_desk.catalogue.item_index import ItemIndex
from station_desk.catalogue.readings import readings_of
from station_desk.core.texts import Say

NEAR = 5
"""So many items are suggested for a code that there is not."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in a list."""

    code: str
    name: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items under one heading."""

    code: str
    name: str
    lines: tuple[ItemLine, ...]


def is_open(item: Item) -> bool:
    """Whether the item may be come upon otherwise than by its type."""
    return item.sensitivity != "S3"


def open_index(catalogue: Catalogue) -> ItemIndex:
    """The index of what may be found."""
    items = {code: item for code, item in catalogue.items.items() if is_open(item)}
    names = (item.name.hans for item in items.values())
    return ItemIndex(msgspec.structs.replace(catalogue, items=items), readings_of(names))


def groups_by_type(catalogue: Catalogue, say: Say, lang: Language) -> Iterator[ItemGroup]:
    """Every item under its type."""
    for category in catalogue.categories.values():
        items = sorted((i for i in catalogue.items.values() if i.category == category.code), key=_code)
        if items:
            lines = tuple(line(item, say, lang) for item in items)
            yield ItemGroup(category.code, category.name.in_language(lang), lines)


def groups_by_life_event(catalogue: Catalogue, say: Say, lang: Language) -> Iterator[ItemGroup]:
    """The open items under each event of a life, in the order of their use; no event without any."""
    for event in catalogue.life_events.values():
        lines = tuple(
            line(
                catalogue.items[code], say, lang, say("guide_web.together") if code in event.together else ""
            )
            for code in event.items
            if is_open(catalogue.items[code])
        )
        if lines:
            yield ItemGroup(event.code, event.name.in_language(lang), lines)


def near_items(code: str, catalogue: Catalogue, index: ItemIndex) -> list[Item]:
    """The open items whose codes are like one that there is not."""
    codes = [item.code for item in catalogue.items.values() if is_open(item)]
    found = [hit.code for hit in index.find(code)] if code.strip() else []
    close = get_close_matches(code.upper()[:40], codes, NEAR, 0.6)
    return [catalogue.items[near] for near in dict.fromkeys([*close, *found])][:NEAR]


def line(item: Item, say: Say, lang: Language, note: str = "") -> ItemLine:
    """An item in the language of the reader."""
    return ItemLine(item.code, item.name.in_language(lang), say(f"term.kind.{item.kind}"), note)


def _code(item: Item) -> str:
    return item.code
