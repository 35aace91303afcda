"""Which fields of an item's form are asked, given what has been answered so far."""

from collections.abc import Mapping

from station_desk.catalogue.item import FormField, Item


def asked_fields(item: Item, answers: Mapping[str, str]) -> tuple[FormField, ...]:
    """The fields of the form; one with a condition only while an asked field has the answer it waits for."""
    asked: list[FormField] = []
    keys: set[str] = set()
    for field in item.field:
        when = field.when
        if when is None or (when.field in keys and answers.get(when.field, "") in when.answer):
            asked.append(field)
            keys.add(field.key)
    return tuple(asked)
