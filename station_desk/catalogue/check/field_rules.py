"""Rules for the shared form fields: what may be written in an answer must make sense."""

import re
from collections.abc import Iterator, Mapping

from station_desk.catalogue.check.material_rules import key_faults
from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import FieldKindOf

_FILLS = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
FEWEST_CHOICES = 2


def field_faults(fields: Mapping[str, FieldKindOf]) -> Iterator[Fault]:
    """What is wrong in `fields.toml`."""
    yield from key_faults(fields)
    for key, field in fields.items():
        yield from _pattern_faults(key, field)
        yield from _choice_faults(key, field)
        yield from _bound_faults(key, field)
        if field.fills and not _FILLS.fullmatch(field.fills):
            yield Fault((key, "fills"), "fills_shape", {"found": field.fills})


def _pattern_faults(key: str, field: FieldKindOf) -> Iterator[Fault]:
    if not field.pattern:
        return
    if field.kind not in ("text", "long_text"):
        kinds = ((key, "pattern"), (key, "kind"))
        yield Fault((key, "pattern"), "pattern_unused", {"kind": field.kind}, rests_on=kinds)
    try:
        re.compile(field.pattern)
    except re.error as error:
        yield Fault((key, "pattern"), "pattern_broken", {"found": field.pattern, "detail": str(error)})


def _choice_faults(key: str, field: FieldKindOf) -> Iterator[Fault]:
    both = ((key, "kind"), (key, "choices"))
    if field.kind == "choice" and len(field.choices) < FEWEST_CHOICES:
        values = {"found": len(field.choices), "least": FEWEST_CHOICES}
        yield Fault((key, "choices" if field.choices else "kind"), "choices_too_few", values, rests_on=both)
    if field.kind != "choice" and field.choices:
        yield Fault((key, "choices"), "choices_unused", {"kind": field.kind}, rests_on=both)
    names = [choice.hans for choice in field.choices]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Fault((key, "choices", index), "choice_twice", {"found": name})


def _bound_faults(key: str, field: FieldKindOf) -> Iterator[Fault]:
    yield from too_small((key, "longest"), field.longest, least=1)
    for bound in ("minimum", "maximum"):
        if getattr(field, bound) is not None and field.kind not in ("integer", "money"):
            kinds = ((key, bound), (key, "kind"))
            yield Fault((key, bound), "bounds_unused", {"key": bound, "kind": field.kind}, rests_on=kinds)
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        values = {"minimum": field.minimum, "maximum": field.maximum}
        both = ((key, "minimum"), (key, "maximum"))
        yield Fault((key, "maximum"), "bounds_crossed", values, rests_on=both)
