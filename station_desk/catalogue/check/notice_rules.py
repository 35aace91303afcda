"""Rules for what a public notice (公示) may show: an allow-list, and nothing that leads to a person."""

from collections.abc import Iterator, Mapping

from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import FieldKindOf, Item
from station_desk.catalogue.notice import ALWAYS_SHOWABLE, is_notice_step, may_be_shown


def notice_faults(item: Item, fields: Mapping[str, FieldKindOf]) -> Iterator[Fault]:
    """What is wrong with the allow-list of one item."""
    yield from _step_faults(item)
    own = [field.key for field in item.field]
    for index, key in enumerate(item.notice):
        if key in item.notice[:index]:
            yield Fault(("notice", index), "entry_twice", {"key": "notice", "found": key})
        if key in ALWAYS_SHOWABLE:
            continue
        if key not in own:
            known = ", ".join((*ALWAYS_SHOWABLE, *own))
            yield Fault(("notice", index), "notice_unknown", {"found": key, "known": known})
        elif key in fields and not may_be_shown(fields[key]):
            values = {"found": key, "kind": fields[key].kind}
            yield Fault(("notice", index), "notice_private", values)


def _step_faults(item: Item) -> Iterator[Fault]:
    """A step that makes names public needs its list; a restricted item may have neither."""
    for index, step in enumerate(item.step):
        if not is_notice_step(step.name):
            continue
        place, values = ("step", index, "name"), {"found": step.name.hans}
        if item.sensitivity == "S3":
            yield Fault(place, "notice_of_restricted", values, rests_on=(place, ("sensitivity",)))
        elif not item.notice:
            yield Fault(place, "notice_missing", values, rests_on=(place, ("notice",)))
    if item.sensitivity == "S3" and item.notice:
        both = (("notice",), ("sensitivity",))
        yield Fault(("notice",), "notice_of_restricted", {"found": ", ".join(item.notice)}, rests_on=both)
