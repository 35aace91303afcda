"""The items as the list of the guide page shows them: under their types, under life events, or as found."""

from collections.abc import Iterable, Iterator

from station_desk.catalogue.item import Catalogue, Item
from station_desk.core.texts import Texts
from station_desk.counter.wording import worded
from station_desk.ui.shared.choice_list import Choice, Heading, Line


def lines_by_type(catalogue: Catalogue, say: Texts) -> Iterator[Line]:
    """Every item under its type, in the order of the queue."""
    for category in catalogue.categories.values():
        items = [item for item in catalogue.items.values() if item.category == category.code]
        if items:
            yield Heading(worded(category.short, say), len(items), category.colour)
            yield from (choice(item, say) for item in sorted(items, key=lambda item: item.code))


def lines_by_life_event(catalogue: Catalogue, say: Texts) -> Iterator[Line]:
    """Under each event of a life the items that it calls for, in the order of their use."""
    for event in catalogue.life_events.values():
        yield Heading(worded(event.name, say), len(event.items))
        for code in event.items:
            note = say("guide_page.together") if code in event.together else ""
            yield choice(catalogue.items[code], say, note)


def lines_found(items: Iterable[Item], say: Texts) -> Iterator[Line]:
    """What was found, the best first."""
    return (choice(item, say) for item in items)


def choice(item: Item, say: Texts, note: str = "") -> Choice:
    """An item as a line."""
    kind = say(f"term.kind.{item.kind}")
    return Choice(item.code, worded(item.name, say), say("guide_page.under", code=item.code, kind=kind), note)
