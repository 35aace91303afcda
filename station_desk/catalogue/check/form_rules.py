"""Rules for the form of an item: each field once, and conditions that can come true."""

from collections.abc import Iterator, Mapping, Sequence

from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.item import Condition, FieldKindOf, FormField

YES_NO = ("yes", "no")


def form_faults(form: Sequence[FormField], fields: Mapping[str, FieldKindOf]) -> Iterator[Fault]:
    """What is wrong in the form of one item; `fields` are the shared fields, as far as they can be read."""
    keys = [field.key for field in form]
    for index, field in enumerate(form):
        if field.key in keys[:index]:
            yield Fault(("field", index, "key"), "field_twice", {"found": field.key})
        if field.when is not None:
            yield from _condition_faults(("field", index, "when"), field.when, keys[:index], fields)


def _condition_faults(
    place: Place, when: Condition, before: Sequence[str], fields: Mapping[str, FieldKindOf]
) -> Iterator[Fault]:
    """A condition asks an earlier field that has known answers, so that no two fields wait for each other."""
    if not when.answer:
        yield Fault((*place, "answer"), "list_empty", {"key": "answer"})
    if when.field not in before:
        yield Fault((*place, "field"), "condition_unknown", {"found": when.field, "known": ", ".join(before)})
        return
    kind = fields.get(when.field)
    if kind is None:
        return
    known = YES_NO if kind.kind == "yes_no" else tuple(choice.hans for choice in kind.choices)
    if not known:
        yield Fault((*place, "field"), "condition_kind", {"found": when.field, "kind": kind.kind})
        return
    for index, answer in enumerate(when.answer):
        if answer not in known:
            values = {"found": answer, "known": ", ".join(known)}
            yield Fault((*place, "answer", index), "condition_answer", values)
