"""Who comes on the simulated day: by the curve of a station's day, each with what he will do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal, TypeVar

from station_desk.cases.parts import Priority
from station_desk.counter.queue import Asked

T = TypeVar("T")
Fate = Literal["served", "held", "missed", "returns", "skipped", "parked", "transferred"]
"""What becomes of a visitor at his first call; `returns` is who missed it and comes back."""

OPEN_SECONDS = 8 * 3600 + 1200
"""From the opening (8:40) to the last number (17:00)."""

CURVE = (0.7, 1.0, 1.8, 1.7, 1.5, 0.9, 0.4, 0.3, 0.5, 1.1, 1.2, 1.0, 0.9, 0.6)
"""How many come in each part of the day, the parts equally long: a rush from nine to eleven, less at noon."""

FATES: Sequence[tuple[Fate, float]] = (
    ("served", 0.80), ("held", 0.04), ("missed", 0.03), ("returns", 0.03), ("skipped", 0.03),
    ("parked", 0.03), ("transferred", 0.04),
)  # fmt: skip
CLASSES: Sequence[tuple[Priority, float]] = (
    ("normal", 0.72), ("elderly", 0.18), ("disabled", 0.04), ("pregnant", 0.03), ("military", 0.02),
    ("emergency", 0.01),
)  # fmt: skip
SPREAD = 0.5
"""Of the lengths of visits: most are short, some are very long."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """One who comes: when, for what, in which class, how long he keeps a counter, and what he does."""

    at: datetime
    item: str
    more: tuple[Asked, ...]
    priority: Priority
    agent: bool
    fate: Fate
    walk: int
    service: int
    other: str


def visitors_of(
    items: Sequence[str], opening: datetime, count: int, counters: int, random: Random
) -> list[Visitor]:
    """The visitors of a day in the order of their coming, as many as the counters can just serve."""
    mean = 0.72 * OPEN_SECONDS * counters / max(count, 1)
    part = OPEN_SECONDS / len(CURVE)
    begins = random.choices(range(len(CURVE)), CURVE, k=count)
    coming = sorted(round((begin + random.random()) * part) for begin in begins)
    return [_visitor(items, opening + timedelta(seconds=at), mean, random) for at in coming]


def _visitor(items: Sequence[str], at: datetime, mean: float, random: Random) -> Visitor:
    more = tuple(Asked(random.choice(items)) for _ in range(random.choices((0, 1, 2), (0.9, 0.08, 0.02))[0]))
    service = random.lognormvariate(0, SPREAD) / 1.13 * mean * 0.85
    return Visitor(
        at, random.choice(items), more, _drawn(CLASSES, random), random.random() < 0.08,
        _drawn(FATES, random), max(1, round(mean * random.uniform(0.05, 0.2))), max(2, round(service)),
        random.choice(items),
    )  # fmt: skip


def _drawn(chances: Sequence[tuple[T, float]], random: Random) -> T:
    return random.choices([one for one, _ in chances], [chance for _, chance in chances])[0]
