"""Whatever a counter does with its tickets: nobody is lost or called twice at once, the share is kept."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_desk.cases.queue_order import AT_ONCE, NORMAL, PRIORITY
from station_desk.cases.ticket import LIVE, QueueEmpty
from station_desk.cases.ticket_times import seconds
from station_desk.core.clock import moment
from station_desk.core.errors import RuleError
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.desk import Desk
from station_desk.counter.queue import (
    Asked,
    CallNext,
    MoveTicket,
    TakeTicket,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
from station_desk.counter.queue_turns import (
    Park,
    Resume,
    Skip,
    Transfer,
    UndoTicket,
    park,
    resume,
    skip,
    transfer,
    undo_ticket,
)
from station_desk.counter.ticket_report import recounted, ticket_times, tickets_of_day
from station_desk.counter.visit import NextService, next_service
from station_desk.store.desk_store import Done
from station_desk.store.verify import verify_deep

pytestmark = pytest.mark.long

TAKE = st.tuples(
    st.just("take"),
    st.sampled_from(["normal", "normal", "elderly", "disabled", "emergency"]),
    st.sampled_from(["LS-001", "SA-001", "FP-001"]),
    st.integers(0, 2),
)
CALL = st.tuples(st.just("call"), st.sampled_from(["", "03"]))
MOVE = st.tuples(
    st.sampled_from(
        ["called", "serving", "held", "waiting", "missed", "done", "park", "park_until", "resume", "skip",
         "item", "bind", "free", "next", "undo"]
    ),
    st.integers(0, 30),
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.one_of(TAKE, CALL, CALL, MOVE, MOVE), st.integers(0, 400)), min_size=10, max_size=40
)
Step = tuple[Any, ...]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_way_through_a_day_keeps_the_rules(
    desk: Desk, clock: Any, fresh: Callable[[], str], steps: list[tuple[Step, int]]
) -> None:
    begin_another_day(clock)
    day = clock().date()
    tickets: list[str] = []
    for step, wait in steps:
        waiting = [row for row in queue_now(desk) if row.wait is not None]
        before = {name: desk.store.ticket(name).state for name in tickets}
        done = attempt(desk, step, tickets, fresh)
        if done is None:
            continue
        if step[0] == "take":
            tickets.append(done.answer.id)
        assert len(done.changes.tickets - {done.answer.id}) == 0 or not before
        if step == ("call", ""):
            # Whom the queue showed first is who was called.
            # (The queue foresees one row of calls: a ticket for another counter stands in it as well.)
            if all(row.bound in ("", "02") for row in waiting):
                assert done.answer.id == waiting[0].id
            assert before[done.answer.id] in ("waiting", "parked")
        clock.wait(seconds=wait)
    found = tickets_of_day(desk, day)
    assert sorted(ticket.id for ticket in found) == sorted(tickets)
    for ticket in found:
        assert ticket.periods[-1].state == ticket.state
        assert not ticket.periods[-1].ended
        assert all(one.ended == other.began for one, other in pairwise(ticket.periods))
        lasted = moment(ticket.periods[-1].began) - moment(ticket.taken_at)
        assert sum(seconds(period) for period in ticket.periods) == lasted.total_seconds()
    times = ticket_times(desk, day)
    assert times[""] == recounted(desk, day)
    assert sum(times[""].states.values()) == len(tickets)
    summed: Counter[str] = Counter()
    for name, one in times.items():
        summed.update(one.seconds if name else {})
    assert dict(summed) == {state: count for state, count in times[""].seconds.items() if count}
    share_is_kept(desk, day)


@pytest.fixture(autouse=True)
def _agrees_at_the_end(desk: Desk, clock: Any, fresh: Callable[[], str]) -> Any:
    yield
    begin_another_day(clock)
    take_ticket(desk, TakeTicket("LS-001"), fresh())
    kept = desk.store.read("SELECT count(*) FROM tickets WHERE state IN ({}) AND day < ?".format(
        ", ".join(f"'{state}'" for state in sorted(LIVE))), (clock().date().isoformat(),))  # fmt: skip
    assert kept == [(0,)]
    assert verify_deep(desk.store, lambda *_: None) == []


def share_is_kept(desk: Desk, day: date) -> None:
    """Of any three calls in a row of one counter for which somebody waited, one at most went to priority."""
    for counter in ("02", "03"):
        ranks = [
            rank
            for (rank,) in desk.store.read(
                "SELECT rank FROM calls WHERE day = ? AND counter = ? AND others AND NOT undone"
                " ORDER BY place",
                (day.isoformat(), counter),
            )
        ]
        assert AT_ONCE not in ranks
        assert set(ranks) <= {PRIORITY, NORMAL}
        # A call that was taken back leaves a gap behind which the share is not reckoned anew.
        if desk.store.read("SELECT 1 FROM calls WHERE day = ? AND undone", (day.isoformat(),)) == []:
            assert all(ranks[n : n + 3].count(PRIORITY) <= 1 for n in range(len(ranks)))


def attempt(
    desk: Desk, step: Step, tickets: Sequence[str], fresh: Callable[[], str]
) -> Done[TicketAnswer] | None:
    """The step done, or None when a rule said no; then nothing has changed."""
    before = desk.store.read("SELECT count(*) FROM events")
    try:
        return act(desk, step, tickets, fresh())
    except RuleError:
        assert desk.store.read("SELECT count(*) FROM events") == before
        return None


ON_TICKETS: Mapping[str, Callable[[Desk, str, str], Done[TicketAnswer]]] = {
    "park": lambda desk, name, command: park(desk, Park(name, reason="copying"), command),
    "park_until": lambda desk, name, command: park(desk, Park(name, until="12:00"), command),
    "resume": lambda desk, name, command: resume(desk, Resume(name), command),
    "skip": lambda desk, name, command: skip(desk, Skip(name), command),
    "item": lambda desk, name, command: transfer(desk, Transfer(name, item="SA-002"), command),
    "bind": lambda desk, name, command: transfer(desk, Transfer(name, to="3"), command),
    "free": lambda desk, name, command: transfer(desk, Transfer(name, to="0"), command),
    "next": lambda desk, name, command: next_service(desk, NextService(name), command),
    "undo": lambda desk, name, command: undo_ticket(desk, UndoTicket(name), command),
}


def act(desk: Desk, step: Step, tickets: Sequence[str], command: str) -> Done[TicketAnswer]:
    if step[0] == "take":
        _, priority, item, more = step
        return take_ticket(desk, TakeTicket(item, priority, more=(Asked("LS-008"),) * more), command)
    if step[0] == "call":
        return call_next(desk, CallNext(counter=step[1]), command)
    what, place = step
    if not tickets:
        raise QueueEmpty
    name = tickets[place % len(tickets)]
    if what in ON_TICKETS:
        return ON_TICKETS[what](desk, name, command)
    return move_ticket(desk, MoveTicket(name, what), command)


def begin_another_day(clock: Any) -> None:
    """Half past nine of the next day."""
    clock.moment = clock.moment.replace(hour=9, minute=30, second=0)
    clock.wait(days=1)
