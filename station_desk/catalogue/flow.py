"""How the steps of a workflow follow each other: what may come next, what is reached, how long it takes.

It serves the published steps of an item and the steps as a case has frozen them alike. A step without ways
out of its own leads to the one written after it, the last one to the end.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

END = "end"
"""The name of the end of a workflow; no step may be called so."""


class Way(Protocol):
    """A way out of a step."""

    @property
    def to(self) -> str: ...


class FlowStep(Protocol):
    """What a workflow is reckoned by: the id of each step and the ways out of it."""

    @property
    def id(self) -> str: ...

    @property
    def next(self) -> Sequence[Way]: ...


def followers(steps: Sequence[FlowStep]) -> dict[str, tuple[str, ...]]:
    """For each step what may come after it: ids of steps, or END."""
    ids = [step.id for step in steps]
    after = [*ids[1:], END]
    return {
        step.id: tuple(way.to for way in step.next) or (straight,)
        for step, straight in zip(steps, after, strict=True)
    }


def reached_from(step_id: str, next_of: Mapping[str, Sequence[str]]) -> set[str]:
    """The step, and all that may come after it; END too where the end is reached. Cycles do no harm."""
    seen: set[str] = set()
    waiting = [step_id]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(next_of.get(here, ()))
    return seen


def left_out_by_some_way(steps: Sequence[FlowStep]) -> frozenset[str]:
    """The steps that not every way to the end goes through."""
    next_of = followers(steps)
    first = steps[0].id

    def avoidable(step: str) -> bool:
        without = {one: [to for to in after if to != step] for one, after in next_of.items() if one != step}
        return END in reached_from(first, without)

    return frozenset(step.id for step in steps if step.id != first and avoidable(step.id))


def way_back(next_of: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """The first way that leads back to a step on the way to it, as (from, to); None when there is none.

    Without one every way ends: each step has a way out, and no step is met twice.
    """
    open_, closed = set[str](), set[str]()

    def visit(step: str) -> tuple[str, str] | None:
        open_.add(step)
        for after in next_of.get(step, ()):
            if after in open_:
                return step, after
            if after not in closed and (found := visit(after)):
                return found
        open_.discard(step)
        closed.add(step)
        return None

    return next((found for step in next_of if step not in closed and (found := visit(step))), None)


def longest(
    steps: Sequence[FlowStep], time: Callable[[str], int], next_of: Mapping[str, Sequence[str]]
) -> tuple[int, tuple[str, ...]]:
    """The way through a workflow without cycles that takes most `time` of its steps, and that time."""
    found: dict[str, tuple[int, tuple[str, ...]]] = {END: (0, ())}

    def from_(step: str) -> tuple[int, tuple[str, ...]]:
        if step not in found:
            most, way = max((from_(after) for after in next_of[step]), key=lambda taken: taken[0])
            found[step] = (time(step) + most, (step, *way))
        return found[step]

    return from_(steps[0].id)
