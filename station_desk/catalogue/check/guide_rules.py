"""Rules for what a guide says beyond the item: the national codes have their length, numbers make sense."""

import re
from collections.abc import Iterator

from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.guide import Guide

SHAPES = {
    "basic_code": (12, re.compile(r"[0-9A-Z]{12}")),
    "implementation_code": (31, re.compile(r"[0-9A-Z]{31}")),
}
"""The codes of an item in the national catalogue (GB/T 39554.1-2020): length and shape."""


def guide_faults(guide: Guide) -> Iterator[Fault]:
    """What is wrong in the guide part of one item; the other obligatory elements are keys it cannot lack."""
    if not guide.object:
        yield Fault(("guide", "object"), "guide_incomplete", {"key": "object"})
    for key, (length, shape) in SHAPES.items():
        code = getattr(guide, key)
        if code and not shape.fullmatch(code):
            yield Fault(("guide", key), "national_code_shape", {"key": key, "found": code, "length": length})
    if guide.visits is not None:
        yield from too_small(("guide", "visits"), guide.visits, least=0)
    for key in ("refusal", "remedy", "together_with", "object", "delivery"):
        entries = getattr(guide, key)
        for index, entry in enumerate(entries):
            if entry in entries[:index]:
                yield Fault(("guide", key, index), "entry_twice", {"key": key, "found": entry})
