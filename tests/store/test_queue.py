"""The queue on the real store: every way a ticket can go, and what is written of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from station_desk.cases.event import Fact
from station_desk.cases.parts import Priority, TicketState
from station_desk.cases.ticket import QueueEmpty, TicketNotInState, services_of
from station_desk.cases.ticket_parts import TicketTakenPublic
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk, ItemUnknown
from station_desk.counter.moving import NoSuchCounter
from station_desk.counter.queue import (
    Asked,
    CallNext,
    MoveTicket,
    TakeTicket,
    TooMuchAtOnce,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
from station_desk.counter.queue_turns import (
    NoSuchTime,
    NothingToUndo,
    Park,
    ParkedForNothing,
    ReasonUnknown,
    Resume,
    Skip,
    Transfer,
    TransferNowhere,
    UndoTicket,
    park,
    resume,
    skip,
    transfer,
    undo_ticket,
)
from station_desk.counter.ticket_report import recounted, ticket_times
from station_desk.counter.visit import AddServices, NextService, NoMoreServices, add_services, next_service
from station_desk.store.queue import calls
from station_desk.store.verify import verify_deep

Fresh = Callable[[], str]
TODAY = date(2026, 11, 20)


def take(desk: Desk, fresh: Fresh, item: str = "LS-001", priority: Priority = "normal") -> str:
    return take_ticket(desk, TakeTicket(item, priority), fresh()).answer.id


def call(desk: Desk, fresh: Fresh, counter: str = "") -> str:
    return call_next(desk, CallNext(counter=counter), fresh()).answer.id


def move(desk: Desk, fresh: Fresh, ticket: str, *states: TicketState) -> None:
    for state in states:
        move_ticket(desk, MoveTicket(ticket, state), fresh())


def states(desk: Desk, ticket: str) -> list[str]:
    return [period.state for period in desk.store.ticket(ticket).periods]


def quiet(_done: int, _total: int) -> None:
    pass


def test_priority_goes_first_but_only_once_in_three_calls(desk: Desk, clock: Any, fresh: Fresh) -> None:
    plain = [take(desk, fresh) for _ in range(4)]
    clock.wait(minutes=1)
    elderly = [take(desk, fresh, "SA-001", "elderly") for _ in range(3)]
    called = [call(desk, fresh) for _ in range(7)]
    assert called == [elderly[0], *plain[:2], elderly[1], *plain[2:], elderly[2]]


def test_a_call_that_was_taken_back_uses_up_no_share(desk: Desk, fresh: Fresh) -> None:
    take(desk, fresh)
    elderly = take(desk, fresh, "SA-001", "elderly")
    for _ in range(3):
        assert call(desk, fresh) == elderly
        undo_ticket(desk, UndoTicket(elderly), fresh())
    assert [one.undone for one in calls(desk.store, TODAY.isoformat())] == [1, 1, 1]


def test_each_call_is_told_with_its_counter_and_its_repetitions(desk: Desk, clock: Any, fresh: Fresh) -> None:
    first, second = take(desk, fresh), take(desk, fresh)
    assert (call(desk, fresh), call(desk, fresh, "3")) == (first, second)
    clock.wait(seconds=30)
    move(desk, fresh, first, "called", "called", "serving")
    told = calls(desk.store, TODAY.isoformat())
    assert [(one.number, one.counter, one.recall, one.state) for one in told] == [
        ("B001", "02", 0, "serving"), ("B002", "03", 0, "called"),
        ("B001", "02", 1, "serving"), ("B001", "02", 2, "serving"),
    ]  # fmt: skip
    assert calls(desk.store, TODAY.isoformat(), told[-2].place) == told[-1:]
    assert desk.store.ticket(first).recalls == 2


def test_who_is_parked_until_a_time_is_called_from_then_on_at_the_old_place(
    desk: Desk, clock: Any, fresh: Fresh
) -> None:
    early, late = take(desk, fresh), take(desk, fresh)
    park(desk, Park(early, until="09:50", reason="copying"), fresh())
    assert call(desk, fresh) == late
    with pytest.raises(QueueEmpty):
        call(desk, fresh)
    clock.wait(minutes=20)
    last = take(desk, fresh)
    assert [call(desk, fresh), call(desk, fresh)] == [early, last]
    assert states(desk, early) == ["waiting", "parked", "called"]


def test_parking_wants_a_reason_or_a_time_to_come(desk: Desk, fresh: Fresh) -> None:
    name = take(desk, fresh)
    for wish, error in (
        (Park(name), ParkedForNothing), (Park(name, reason="because"), ReasonUnknown),
        (Park(name, until="09:30"), NoSuchTime), (Park(name, until="25:00"), NoSuchTime),
        (Park(name, until="soon"), NoSuchTime), (Park(name, until="2026-11-21T09:00:00+08:00"), NoSuchTime),
        (Park(name, reason="copying", counter="x"), NoSuchCounter),
    ):  # fmt: skip
        with pytest.raises(error):
            park(desk, wish, fresh())
    park(desk, Park(name, reason="copying"), fresh())
    row = queue_now(desk)[0]
    assert (row.state, row.reason, row.until, row.wait) == ("parked", "copying", "", None)
    resume(desk, Resume(name), fresh())
    assert states(desk, name) == ["waiting", "parked", "waiting"]
    with pytest.raises(TicketNotInState):
        resume(desk, Resume(name), fresh())


def test_who_is_held_goes_on_at_the_counter(desk: Desk, fresh: Fresh) -> None:
    name = take(desk, fresh)
    call(desk, fresh)
    move(desk, fresh, name, "serving", "held")
    assert resume(desk, Resume(name), fresh()).answer.state == "serving"


def test_who_is_skipped_is_called_after_three_others(desk: Desk, clock: Any, fresh: Fresh) -> None:
    names = []
    for _ in range(5):
        names.append(take(desk, fresh))
        clock.wait(seconds=20)
    assert call(desk, fresh) == names[0]
    skip(desk, Skip(names[0]), fresh())
    assert [call(desk, fresh) for _ in names] == [*names[1:4], names[0], names[4]]


def test_who_missed_the_call_waits_again_at_the_old_place_or_at_the_end(
    desk: Desk, clock: Any, fresh: Fresh
) -> None:
    rules = msgspec.structs.replace(desk.catalogue.queue, missed_returns="end")
    strict = replace(desk, catalogue=msgspec.structs.replace(desk.catalogue, queue=rules))
    for here, expected in ((desk, 0), (strict, 1)):
        clock.wait(days=1)
        names = [take(here, fresh), take(here, fresh)]
        clock.wait(minutes=1)
        assert call(here, fresh) == names[0]
        move(here, fresh, names[0], "missed", "waiting")
        assert call(here, fresh) == names[expected]


def test_a_mistake_is_taken_back_within_minutes(desk: Desk, clock: Any, fresh: Fresh) -> None:
    name, other = take(desk, fresh), take(desk, fresh)
    call(desk, fresh)
    move(desk, fresh, name, "missed")
    assert undo_ticket(desk, UndoTicket(name), fresh()).answer.state == "waiting"
    with pytest.raises(NothingToUndo):
        undo_ticket(desk, UndoTicket(name), fresh())
    assert call(desk, fresh) == name
    skip(desk, Skip(name), fresh())
    assert undo_ticket(desk, UndoTicket(name), fresh()).answer.state == "called"
    move(desk, fresh, name, "called")
    assert desk.store.ticket(name).recalls == 1
    undo_ticket(desk, UndoTicket(name), fresh())
    assert desk.store.ticket(name).recalls == 0
    move(desk, fresh, name, "serving")
    clock.wait(minutes=11)
    with pytest.raises(NothingToUndo):
        undo_ticket(desk, UndoTicket(name), fresh())
    with pytest.raises(NothingToUndo):
        undo_ticket(desk, UndoTicket(other), fresh())
    assert verify_deep(desk.store, quiet) == []


def test_a_case_is_not_undone_with_its_ticket(desk: Desk, fresh: Fresh, pension: Application) -> None:
    name = take(desk, fresh, "LS-008")
    call(desk, fresh)
    accept(desk, msgspec.structs.replace(pension, ticket=name), fresh())
    with pytest.raises(NothingToUndo):
        undo_ticket(desk, UndoTicket(name), fresh())


def test_a_ticket_goes_to_another_item_type_with_its_number_and_place(
    desk: Desk, clock: Any, fresh: Fresh
) -> None:
    first = take(desk, fresh)
    clock.wait(minutes=1)
    second = take(desk, fresh, "SA-001")
    call(desk, fresh)
    transfer(desk, Transfer(first, item="SA-002"), fresh())
    row = queue_now(desk)[0]
    assert (row.id, row.number, row.item, row.category) == (first, "B001", "SA-002", "social_assistance")
    wish = CallNext(("social_assistance",))
    assert [call_next(desk, wish, fresh()).answer.id for _ in range(2)] == [first, second]


def test_a_ticket_for_another_counter_is_called_by_that_one_only(desk: Desk, fresh: Fresh) -> None:
    name = take(desk, fresh)
    transfer(desk, Transfer(name, to="5"), fresh())
    with pytest.raises(QueueEmpty):
        call(desk, fresh)
    assert call(desk, fresh, "05") == name
    transfer(desk, Transfer(name, to="0"), fresh())
    assert call(desk, fresh) == name
    for wish, error in (
        (Transfer(name), TransferNowhere), (Transfer(name, item="XX-001"), ItemUnknown),
        (Transfer(name, to="100"), NoSuchCounter),
    ):  # fmt: skip
        with pytest.raises(error):
            transfer(desk, wish, fresh())


def test_the_items_of_one_visit_come_one_after_the_other_without_queueing_again(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    wish = TakeTicket("LS-008", more=(Asked("LS-001"), Asked("SA-001", 2)))
    name = take_ticket(desk, wish, fresh()).answer.id
    assert take_ticket(desk, TakeTicket("LS-001"), fresh()).answer.waiting == 1
    call(desk, fresh)
    case = accept(desk, msgspec.structs.replace(pension, ticket=name), fresh()).answer.number
    ticket = desk.store.ticket(name)
    assert (ticket.state, ticket.item, ticket.case) == ("serving", "LS-001", case)
    answer = next_service(desk, NextService(name), fresh()).answer
    assert (answer.item, answer.services_left) == ("SA-001", 1)
    with pytest.raises(NoMoreServices):
        next_service(desk, NextService(name), fresh())
    add_services(desk, AddServices(name, (Asked("FP-001"),)), fresh())
    assert [one.left for one in services_of(desk.store.ticket(name))] == [False, True, False, False]
    move(desk, fresh, name, "done")
    assert [one.category for one in desk.store.ticket(name).periods][-2:] == ["social_assistance"] * 2
    assert verify_deep(desk.store, quiet) == []


def test_an_item_asked_for_twice_takes_two_cases(desk: Desk, fresh: Fresh, pension: Application) -> None:
    name = take_ticket(desk, TakeTicket("LS-008", quantity=2), fresh()).answer.id
    call(desk, fresh)
    form = msgspec.structs.replace(pension, ticket=name)
    assert [accept(desk, form, fresh()).answer.ticket, desk.store.ticket(name).state] == [name, "serving"]
    accept(desk, form, fresh())
    assert (desk.store.ticket(name).state, len(services_of(desk.store.ticket(name))[0].cases)) == ("done", 2)


@pytest.mark.parametrize("wish", [
    TakeTicket("LS-001", quantity=0), TakeTicket("LS-001", quantity=100),
    TakeTicket("LS-001", more=(Asked("LS-001"),) * 20), TakeTicket("LS-001", more=(Asked("LS-001", -1),)),
])  # fmt: skip
def test_nobody_takes_a_number_for_too_much(desk: Desk, fresh: Fresh, wish: TakeTicket) -> None:
    with pytest.raises(TooMuchAtOnce):
        take_ticket(desk, wish, fresh())


def test_the_first_act_of_a_day_ends_what_the_day_before_left_over(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    names = [take(desk, fresh, "LS-008") for _ in range(4)]
    for _ in range(2):
        call(desk, fresh)
    move(desk, fresh, names[0], "serving")
    park(desk, Park(names[3], reason="copying"), fresh())
    clock.wait(days=3)
    today = take(desk, fresh)
    found = [desk.store.ticket(name) for name in names]
    assert [ticket.state for ticket in found] == ["expired", "missed", "expired", "expired"]
    assert {ticket.periods[-1].began for ticket in found} == {"2026-11-21T00:00:00+08:00"}
    assert [row.id for row in queue_now(desk)] == [today]
    # Its form lay half filled on the counter overnight: it may still be accepted.
    accept(desk, msgspec.structs.replace(pension, ticket=names[0]), fresh())
    assert desk.store.ticket(names[0]).state == "done"
    assert verify_deep(desk.store, quiet) == []


def test_a_clock_that_is_set_back_makes_no_period_end_before_it_began(
    desk: Desk, clock: Any, fresh: Fresh
) -> None:
    name = take(desk, fresh)
    clock.wait(minutes=-5)
    move(desk, fresh, name, "called", "serving")
    periods = desk.store.ticket(name).periods
    assert all(period.began <= (period.ended or period.began) for period in periods)
    assert [period.ended for period in periods[:-1]] == [period.began for period in periods[1:]]


def test_the_wait_is_told_with_the_number_and_in_the_queue(desk: Desk, clock: Any, fresh: Fresh) -> None:
    answers = [take_ticket(desk, TakeTicket("SA-001"), fresh()).answer for _ in range(3)]
    assert [(one.waiting, one.minutes) for one in answers] == [(0, 0), (1, 15), (2, 30)]
    assert [(row.before, row.wait) for row in queue_now(desk)] == [(0, 0), (1, 15), (2, 30)]


def test_the_times_of_a_day_are_those_of_its_log_to_the_second(desk: Desk, clock: Any, fresh: Fresh) -> None:
    names = [take(desk, fresh), take(desk, fresh, "SA-001")]
    clock.wait(seconds=61)
    call(desk, fresh)
    clock.wait(seconds=7)
    move(desk, fresh, names[0], "serving")
    clock.wait(seconds=301)
    move(desk, fresh, names[0], "done")
    times = ticket_times(desk, TODAY)
    assert times["labour_social_security"].seconds == {"called": 7, "serving": 301, "waiting": 61}
    assert (times[""].called, times[""].wait_total, times[""].wait_longest) == (1, 61, 61)
    assert times[""] == recounted(desk, TODAY)


def test_a_ticket_of_an_old_log_is_still_read(desk: Desk, fresh: Fresh) -> None:
    """As the first version wrote it: one item, and moves that say state and counter only."""
    taken = TicketTakenPublic("B001", "2026-11-20", "LS-001", "labour_social_security", None, "normal")
    with desk.store.writing("old") as unit:
        unit.connection.execute("INSERT INTO serials (name, value) VALUES ('ticket:2026-11-20:B', 1)")
        unit.record(Fact("T261120-B001", 1, "ticket.taken", "2026-11-20T09:00:00+08:00", "x", taken))
        unit.record(
            Fact("T261120-B001", 2, "ticket.moved", "2026-11-20T09:10:00+08:00", "x",
                 OldMove("called", "02"))
        )  # fmt: skip
    ticket = desk.store.ticket("T261120-B001")
    assert [one.item for one in services_of(ticket)] == ["LS-001"]
    assert [one.number for one in calls(desk.store, TODAY.isoformat())] == ["B001"]
    move(desk, fresh, ticket.id, "serving", "done")
    assert verify_deep(desk.store, quiet) == []


class OldMove(msgspec.Struct, frozen=True):
    state: str
    counter: str
    case: str = ""
