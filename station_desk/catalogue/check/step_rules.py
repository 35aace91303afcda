"""Rules for the workflow of an item: its steps and the time they take."""

import re
from collections.abc import Iterator

from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import Item

_ID = re.compile(r"[a-z]+(-[a-z]+)*")
LONGEST_NAME = 8
"""Characters of a step name that fit under a stage of the stepper and in a cell of the workflow sheet."""

PUBLIC_NOTICE = "公示"
"""A step that makes names public; it must not touch orphans, bereaved families or people under correction."""


def step_faults(item: Item) -> Iterator[Fault]:
    """What is wrong in the steps, one by one and together."""
    if not item.step:
        yield Fault(("step",), "no_step")
    ids = [step.id for step in item.step]
    for index, step in enumerate(item.step):
        if not _ID.fullmatch(step.id):
            yield Fault(("step", index, "id"), "step_id_shape", {"found": step.id})
        if step.id in ids[:index]:
            yield Fault(("step", index, "id"), "step_twice", {"found": step.id, "known": ", ".join(ids)})
        if len(step.name.hans) > LONGEST_NAME:
            values = {"found": step.name.hans, "longest": LONGEST_NAME}
            yield Fault(("step", index, "name", "zh-Hans"), "step_name_long", values)
        if item.sensitivity == "S3" and PUBLIC_NOTICE in step.name.hans:
            both = (("step", index, "name"), ("sensitivity",))
            yield Fault(
                ("step", index, "name"), "notice_of_restricted", {"found": step.name.hans}, rests_on=both
            )
        yield from too_small(("step", index, "limit"), step.limit, least=0)
    yield from _time_faults(item)


def _time_faults(item: Item) -> Iterator[Fault]:
    """The counted steps must fit into the promise, unless the note of the limit says why they do not."""
    limit = item.limit
    counted = sum(step.limit for step in item.step if step.clock == "run" and step.unit == limit.unit)
    if counted > limit.promised and not limit.note:
        values = {"promised": limit.promised, "counted": counted, "unit": limit.unit}
        yield Fault(("limit", "promised"), "steps_over_promised", values, rests_on=(("limit",), ("step",)))
