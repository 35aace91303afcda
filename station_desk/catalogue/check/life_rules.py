"""Rules for the life events: each names items that are there, and what may be handed in together."""

from collections.abc import Iterator, Mapping, Sequence

from station_desk.catalogue.check.material_rules import key_faults
from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.item import Item, LifeEvent
from station_desk.catalogue.references import unknown_items

FEWEST_TOGETHER = 2


def life_faults(events: Sequence[LifeEvent], items: Mapping[str, Item | None]) -> Iterator[Fault]:
    """What is wrong in `life_events.toml`; an item whose file cannot be read is None and still known."""
    codes = [event.code for event in events]
    for index, event in enumerate(events):
        for fault in key_faults([event.code]):
            yield Fault(("life_event", index, "code"), fault.code, fault.values)
        if event.code in codes[:index]:
            yield Fault(("life_event", index, "code"), "event_twice", {"found": event.code})
        place: Place = ("life_event", index)
        if not event.items:
            yield Fault((*place, "items"), "list_empty", {"key": "items"})
        yield from _twice(place, "items", event.items)
        yield from _twice(place, "together", event.together)
        yield from _together_faults(place, event, items)
    yield from unknown_items(events, items)


def _twice(place: Place, key: str, listed: tuple[str, ...]) -> Iterator[Fault]:
    for index, code in enumerate(listed):
        if code in listed[:index]:
            yield Fault((*place, key, index), "entry_twice", {"key": key, "found": code})


def _together_faults(place: Place, event: LifeEvent, items: Mapping[str, Item | None]) -> Iterator[Fault]:
    both = ((*place, "together"), (*place, "items"))
    if len(event.together) == 1:
        values = {"found": event.together[0], "least": FEWEST_TOGETHER}
        yield Fault((*place, "together"), "together_alone", values)
    for index, code in enumerate(event.together):
        if code not in event.items:
            yield Fault((*place, "together", index), "together_stray", {"found": code}, rests_on=both)
        item = items.get(code)
        if item is not None and item.sensitivity == "S3":
            yield Fault((*place, "together", index), "together_restricted", {"found": code})
