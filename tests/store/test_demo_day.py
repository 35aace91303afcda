"""The simulated day on a real desk: nobody is lost, every period of every ticket is true to the second."""

import dataclasses
from random import Random
from typing import Any

import pytest

from station_desk.counter.desk import Desk
from station_desk.main.demo.day.hands import DeskHands
from station_desk.main.demo.day.reckoning import day_reckoning
from station_desk.main.demo.day.simulation import Simulation
from station_desk.main.demo.day.visitors import visitors_of

ITEMS = ("SA-001", "LS-001", "FP-001", "HF-001")


@pytest.mark.parametrize(("counters", "seed"), [(1, 1), (3, 2)])
def test_a_day_is_as_it_really_was(desk: Desk, clock: Any, counters: int, seed: int) -> None:
    clock.moment = clock.moment.replace(hour=8, minute=40)
    visitors = visitors_of(ITEMS, clock.moment, 120, counters, Random(seed))
    places = tuple(f"{n:02d}" for n in range(2, 2 + counters))
    day = Simulation(DeskHands(desk), clock, places)
    day.run(visitors, lambda _: None)
    reckoning = day_reckoning(desk, clock.moment.date(), day.truth)
    assert reckoning.agrees
    assert {period.counter for name in day.truth for period in desk.store.ticket(name).periods} >= set(places)
    assert sum(reckoning.times.states.values()) == 120
    assert dataclasses.replace(reckoning, lost=("x",)).agrees is False


def test_what_is_not_as_it_was_is_found(desk: Desk, clock: Any) -> None:
    visitors = visitors_of(ITEMS, clock.moment, 10, 1, Random(3))
    day = Simulation(DeskHands(desk), clock, ("02",))
    day.run(visitors, lambda _: None)
    first, second, *_ = sorted(day.truth)
    state, _ = day.truth[first][1]
    day.truth[first][1] = (state, "2026-11-20T23:59:59+08:00")
    del day.truth[second]
    reckoning = day_reckoning(desk, clock.moment.date(), day.truth)
    assert (reckoning.agrees, reckoning.lost, reckoning.differing) == (False, (second,), (first,))


def test_the_same_seed_is_the_same_day(clock: Any) -> None:
    first, again = (visitors_of(ITEMS, clock.moment, 50, 1, Random(7)) for _ in range(2))
    assert first == again
