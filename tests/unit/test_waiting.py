"""What a ticket says about the wait can be explained at the door: who is before, how long visits take."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from station_desk.cases.parts import Priority
from station_desk.cases.ticket import Period, Ticket
from station_desk.cases.ticket_parts import Service
from station_desk.cases.waiting import Wait, at_the_counter, pace_of, waits
from station_desk.catalogue.item import USUAL_MINUTES, QueueRules
from station_desk.core.clock import CHINA, stamp

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)


def at(minutes: float) -> str:
    return stamp(NINE + timedelta(minutes=minutes))


def waiting(number: int, taken: float, priority: Priority = "normal") -> Ticket:
    periods = (Period("waiting", at(taken)),)
    name = f"A{number:03d}"
    return Ticket(
        f"T261120-{name}", name, "2026-11-20", "SA-001", "social_assistance", None, priority, agent=False,
        state="waiting", revision=1, taken_at=at(taken), periods=periods, place=at(taken),
    )  # fmt: skip


def done(number: int, minutes: float, counter: str = "02") -> Ticket:
    periods = (
        Period("waiting", at(0), at(5)),
        Period("called", at(5), at(6)),
        Period("serving", at(6), at(5 + minutes)),
        Period("done", at(5 + minutes)),
    )
    return replace(waiting(number, 0), state="done", periods=periods, counter=counter)


VISITS = [done(90, 8), done(91, 10), done(92, 60)]
MINE = waiting(5, 30)
RULES = QueueRules()


def wait_of(mine: Ticket, others: list[Ticket], visits: list[Ticket], counters: int = 1) -> Wait:
    pace = pace_of(visits, counters, {"social_assistance": 15})
    return waits([mine, *others], (), pace, RULES)[mine.id]


def test_who_is_next_waits_for_nobody() -> None:
    assert wait_of(MINE, [], VISITS) == Wait(0, 0)


def test_the_wait_is_people_before_times_the_median_visit_of_the_day() -> None:
    before = [waiting(number, number) for number in (1, 2, 3)]
    assert wait_of(MINE, before, VISITS) == Wait(3, 30)


@pytest.mark.parametrize(("visit", "minutes"), [(0.5, 5), (5, 5), (5.1, 10), (12, 15)])
def test_minutes_are_rounded_up_to_five(visit: float, minutes: int) -> None:
    visits = [done(number, visit) for number in (90, 91, 92)]
    assert wait_of(MINE, [waiting(1, 1)], visits) == Wait(1, minutes)


def test_counters_share_the_people() -> None:
    before = [waiting(number, number) for number in (1, 2, 3, 4)]
    visits = [done(number, 10) for number in (90, 91, 92)]
    assert wait_of(MINE, before, visits, counters=2) == Wait(4, 20)


@pytest.mark.parametrize("known", [0, 1, 2])
def test_before_three_visits_are_done_the_published_minutes_are_said(known: int) -> None:
    assert wait_of(MINE, [waiting(1, 1)], VISITS[:known]) == Wait(1, 15)


def test_an_item_type_goes_by_its_own_visits() -> None:
    other = replace(waiting(1, 1), category="floating_population", services=())
    assert wait_of(MINE, [other], VISITS).minutes == USUAL_MINUTES


def test_each_item_of_a_visit_counts_as_often_as_it_is_asked_for() -> None:
    asked = (Service("SA-001", "social_assistance"), Service("SA-002", "social_assistance", quantity=2))
    assert wait_of(MINE, [replace(waiting(1, 1), services=asked)], VISITS) == Wait(1, 30)
    half = (asked[0], Service("SA-002", "social_assistance", quantity=2, cases=("x",)))
    assert wait_of(MINE, [replace(waiting(1, 1), services=half)], VISITS) == Wait(1, 20)


def test_those_who_go_first_are_before_and_those_who_came_later_are_not() -> None:
    first, later = waiting(6, 40, "emergency"), waiting(7, 41)
    assert wait_of(MINE, [first, later], VISITS).before == 1
    assert wait_of(first, [MINE, later], VISITS) == Wait(0, 0)


def test_the_share_of_the_priority_classes_is_reckoned_with() -> None:
    crowd = [waiting(number, number, "elderly") for number in (1, 2, 3)]
    assert wait_of(MINE, crowd, VISITS).before == 1


def test_a_held_visit_keeps_no_counter_busy_while_it_is_held() -> None:
    periods = (
        Period("called", at(0), at(2)),
        Period("held", at(2), at(50)),
        Period("serving", at(50), at(53)),
        Period("done", at(53)),
    )
    assert at_the_counter(replace(MINE, periods=periods)) == timedelta(minutes=5)
