"""The fair share: priority first, but nobody without it waits longer than can be said beforehand."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.cases.parts import Priority
from station_desk.cases.queue_order import (
    AT_ONCE,
    NORMAL,
    PRIORITY,
    behind,
    counts,
    in_order,
    next_row,
    passed_at_most,
)
from station_desk.cases.ticket import RANK, Period, Ticket
from station_desk.catalogue.item import QueueRules

RULES = QueueRules()
CLASSES: tuple[Priority, ...] = ("normal", "elderly", "emergency")
shares = st.integers(2, 6).flatmap(
    lambda calls: st.builds(QueueRules, calls=st.just(calls), priority_calls=st.integers(1, calls - 1))
)
comings = st.lists(st.lists(st.sampled_from([AT_ONCE, PRIORITY, NORMAL]), max_size=3), max_size=60)
"""Who comes before each call."""


def ticket(number: int, priority: Priority = "normal", place: str = "") -> Ticket:
    at = f"2026-11-20T09:{number // 60:02d}:{number % 60:02d}+08:00"
    return Ticket(
        f"T261120-A{number:03d}", f"A{number:03d}", "2026-11-20", "SA-001", "social_assistance", None,
        priority, agent=False, state="waiting", revision=1, taken_at=at, periods=(Period("waiting", at),),
        place=place or at,
    )  # fmt: skip


def numbers(tickets: Sequence[Ticket]) -> list[str]:
    return [one.number for one in tickets]


def test_one_of_three_calls_goes_to_the_priority_classes_while_others_wait() -> None:
    waiting = [*(ticket(n) for n in (1, 2, 3, 4)), *(ticket(n, "elderly") for n in (5, 6, 7))]
    assert numbers(in_order(waiting, (), RULES)) == ["A005", "A001", "A002", "A006", "A003", "A004", "A007"]


def test_an_emergency_is_called_at_once_and_uses_up_nothing() -> None:
    waiting = [ticket(1), ticket(2, "elderly"), ticket(3, "emergency")]
    assert numbers(in_order(waiting, (), RULES)) == ["A003", "A002", "A001"]


def test_calls_that_nobody_without_priority_waited_for_use_up_nothing() -> None:
    assert next_row({PRIORITY}, [PRIORITY, PRIORITY], RULES) == PRIORITY
    assert not counts(PRIORITY, {PRIORITY})
    assert counts(NORMAL, {NORMAL})


def test_nobody_is_next_where_nobody_waits() -> None:
    assert next_row((), (), RULES) is None


@given(shares, comings)
def test_of_so_many_calls_in_a_row_only_the_share_goes_to_the_priority_classes(
    rules: QueueRules, coming: list[list[int]]
) -> None:
    contested = [row for row, waited in called(rules, coming) if counts(row, waited)]
    for start in range(len(contested)):
        window = contested[start : start + rules.calls]
        assert window.count(PRIORITY) <= rules.priority_calls


@given(shares, comings)
def test_whoever_waits_is_passed_by_no_more_priority_tickets_than_can_be_said_beforehand(
    rules: QueueRules, coming: list[list[int]]
) -> None:
    before: list[tuple[int, int]] = []
    passed, left = 0, 0
    for row, waited, came in called_with_comings(rules, coming):
        for _ in range(came.count(NORMAL)):
            before.append((left, passed))
            left += 1
        if row == NORMAL:
            ahead, then = before.pop(0)
            assert passed - then <= passed_at_most(ahead, rules)
            left -= 1
        elif row == PRIORITY and NORMAL in waited:
            passed += 1


@given(shares, comings)
def test_somebody_with_priority_is_never_called_later_than_without_the_share(
    rules: QueueRules, coming: list[list[int]]
) -> None:
    """Of two tickets taken together, the one with priority is called first, or the share was used up."""
    recent: list[int] = []
    for row, waited in called(rules, coming):
        if row == NORMAL and PRIORITY in waited:
            assert recent[: rules.calls - 1].count(PRIORITY) >= rules.priority_calls
        if counts(row, waited):
            recent.insert(0, row)


@pytest.mark.parametrize(
    ("others", "places", "expected"),
    [(["b", "c", "d"], 2, "c/now"), (["b"], 3, "b/now"), ([], 3, "a/now"), (["b/x", "c"], 1, "b/now")],
)
def test_a_skipped_ticket_stands_behind_so_many_others(others: list[str], places: int, expected: str) -> None:
    assert behind(others, "a", places, "now") == expected


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12, unique=True), st.integers(1, 5))
def test_who_was_skipped_is_called_after_so_many_others_and_before_all_the_rest(
    taken: list[int], places: int
) -> None:
    waiting = sorted((ticket(number) for number in taken), key=lambda one: one.taken_at)
    first, *others = waiting
    place = behind([one.taken_at for one in others], first.taken_at, places, "2026-11-20T10:00:00+08:00")
    skipped = ticket(int(first.number[1:]), place=place)
    assert numbers(in_order([skipped, *others], (), RULES)).index(skipped.number) == min(places, len(others))


def called(rules: QueueRules, coming: list[list[int]]) -> list[tuple[int, set[int]]]:
    """The rows that are called, each with the rows in which somebody waited."""
    return [(row, waited) for row, waited, _ in called_with_comings(rules, coming)]


def called_with_comings(rules: QueueRules, coming: list[list[int]]) -> list[tuple[int, set[int], list[int]]]:
    waiting: list[int] = []
    recent: list[int] = []
    made: list[tuple[int, set[int], list[int]]] = []
    late: list[int] = []
    for came in coming:
        waiting += came
        late += came
        rows = set(waiting)
        row = next_row(rows, recent, rules)
        if row is None:
            continue
        waiting.remove(row)
        made.append((row, rows, late))
        late = []
        if counts(row, rows):
            recent.insert(0, row)
    return made


def test_the_classes_have_the_rows_that_the_law_asks_for() -> None:
    assert [RANK[name] for name in CLASSES] == [NORMAL, PRIORITY, AT_ONCE]
