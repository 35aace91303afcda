"""How steps follow each other: ways, circles, the longest way, and which fields a form asks."""

from typing import NamedTuple

from station_desk.catalogue.flow import (
    END,
    followers,
    left_out_by_some_way,
    longest,
    reached_from,
    way_back,
)
from station_desk.catalogue.form import asked_fields
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS


class Way(NamedTuple):
    to: str


class Step(NamedTuple):
    id: str
    next: tuple[Way, ...] = ()


STRAIGHT = (Step("a"), Step("b"), Step("c"))
FORKED = (Step("a", (Way("b"), Way("c"))), Step("b", (Way(END),)), Step("c"))


def test_a_step_without_ways_leads_to_the_one_after_it() -> None:
    assert followers(STRAIGHT) == {"a": ("b",), "b": ("c",), "c": (END,)}
    assert followers(FORKED) == {"a": ("b", "c"), "b": (END,), "c": (END,)}


def test_what_is_reached_is_all_that_may_come_after() -> None:
    assert reached_from("a", followers(FORKED)) == {"a", "b", "c", END}
    assert reached_from("b", followers(FORKED)) == {"b", END}


def test_a_way_back_is_found_however_long_the_circle() -> None:
    assert way_back(followers(FORKED)) is None
    circle = (Step("a"), Step("b"), Step("c", (Way("a"), Way(END))))
    assert way_back(followers(circle)) == ("c", "a")
    assert way_back(followers((Step("a", (Way("a"),)),))) == ("a", "a")


def test_the_longest_way_is_the_one_that_takes_most_time() -> None:
    times = {"a": 1, "b": 5, "c": 2}
    assert longest(STRAIGHT, times.__getitem__, followers(STRAIGHT)) == (8, ("a", "b", "c"))
    assert longest(FORKED, times.__getitem__, followers(FORKED)) == (6, ("a", "b"))


def test_a_step_that_some_way_leaves_out_is_not_sure() -> None:
    assert left_out_by_some_way(STRAIGHT) == frozenset()
    assert left_out_by_some_way(FORKED) == {"b", "c"}
    joined = (Step("a", (Way("b"), Way("c"))), Step("b"), Step("c"))
    assert left_out_by_some_way(joined) == {"b"}


def test_a_conditional_field_is_asked_only_with_the_answer_it_waits_for() -> None:
    item = read_catalogue(FORMS).items["LS-012"]

    def asked(reason: str) -> set[str]:
        return {field.key for field in asked_fields(item, {"termination_reason": reason})}

    assert asked("死亡") - asked("出国定居") == {"heir", "heir_relation"}
    assert asked("") == asked("出国定居")
