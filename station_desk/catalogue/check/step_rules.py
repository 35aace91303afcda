"""Rules for the workflow of an item: its steps and the time they take."""

import re
from collections.abc import Iterator

from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.flow import END, followers, longest, reached_from, way_back
from station_desk.catalogue.item import Item, Step
from station_desk.catalogue.references import unknown_ways

_ID = re.compile(r"[a-z]+(-[a-z]+)*")
LONGEST_NAME = 8
"""Characters of a step name that fit under a stage of the stepper and in a cell of the workflow sheet."""

MOST_STEPS = 60
"""More steps than any published workflow has; a longer list is a slip and is not followed."""


def step_faults(item: Item) -> Iterator[Fault]:
    """What is wrong in the steps, one by one and together."""
    if not item.step:
        yield Fault(("step",), "no_step")
        return
    if len(item.step) > MOST_STEPS:
        yield Fault(("step",), "steps_too_many", {"found": len(item.step), "most": MOST_STEPS})
        return
    ids = [step.id for step in item.step]
    yield from _step_faults(item, ids)
    yield from _way_faults(item.step)
    if len(set(ids)) == len(ids) and END not in ids and not any(unknown_ways(item)):
        yield from _flow_faults(item)


def _step_faults(item: Item, ids: list[str]) -> Iterator[Fault]:
    for index, step in enumerate(item.step):
        if step.id == END:
            yield Fault(("step", index, "id"), "step_named_end", {"found": step.id})
        if not _ID.fullmatch(step.id):
            yield Fault(("step", index, "id"), "step_id_shape", {"found": step.id})
        if step.id in ids[:index]:
            yield Fault(("step", index, "id"), "step_twice", {"found": step.id, "known": ", ".join(ids)})
        if len(step.name.hans) > LONGEST_NAME:
            values = {"found": step.name.hans, "longest": LONGEST_NAME}
            yield Fault(("step", index, "name", "zh-Hans"), "step_name_long", values)
        yield from too_small(("step", index, "limit"), step.limit, least=0)


def _way_faults(steps: tuple[Step, ...]) -> Iterator[Fault]:
    """Of several ways out of a step each leads elsewhere and says when it is taken."""
    for index, step in enumerate(steps):
        targets = [way.to for way in step.next]
        for number, way in enumerate(step.next):
            place: Place = ("step", index, "next", number)
            if way.to in targets[:number]:
                yield Fault((*place, "to"), "way_twice", {"found": way.to})
            if len(targets) > 1 and way.when is None:
                yield Fault(place, "way_unsaid", {"found": way.to})


def _flow_faults(item: Item) -> Iterator[Fault]:
    """Every step is reached, no way leads back, and the longest way fits into the promise.

    A workflow without a way back ends, whichever ways are taken: there is no dead end in it.
    """
    next_of = followers(item.step)
    ids = list(next_of)
    reached = reached_from(ids[0], next_of)
    for index, step in enumerate(ids):
        if step not in reached:
            # What the ways lead past may be any of them, so a fault of one of them is the cause of this one.
            yield Fault(("step", index), "step_unreached", {"found": step}, rests_on=(("step",),))
    loop = way_back(next_of)
    if loop is not None:
        index = ids.index(loop[0])
        place: Place = (
            "step",
            index,
            "next",
            next(n for n, w in enumerate(item.step[index].next) if w.to == loop[1]),
        )
        yield Fault(place, "step_loop", {"found": loop[0], "back": loop[1]}, rests_on=(("step",),))
    else:
        yield from _time_faults(item)


def _time_faults(item: Item) -> Iterator[Fault]:
    """The counted steps must fit into the promise, unless the note of the limit says why they do not."""
    limit = item.limit
    times = {s.id: s.limit for s in item.step if s.clock == "run" and s.unit == limit.unit}
    counted, _ = longest(item.step, lambda step: times.get(step, 0), followers(item.step))
    if counted > limit.promised and not limit.note:
        values = {"promised": limit.promised, "counted": counted, "unit": limit.unit}
        yield Fault(("limit", "promised"), "steps_over_promised", values, rests_on=(("limit",), ("step",)))
