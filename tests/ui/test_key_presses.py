"""The top items by keyboard alone: at most twelve keys beyond the data, and nothing known is typed twice."""

from pathlib import Path
from uuid import uuid4

import pytest

from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.main.demo.visits import VISITS, Visit
from station_desk.main.screenshots import settle
from station_desk.store.lists import open_cases
from station_desk.ui.counter_page.done_card import DoneCard
from tests.ui.clerk import Clerk, first_visit, second_visit
from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.long

MOST = 12
SOME = VISITS[::3]
"""A third of the top twenty: all of them are counted by `tests/bench/keys.py`."""


def served(clerk: Clerk) -> str:
    card = clerk.window.shell.counter.handling.area.currentWidget()
    assert isinstance(card, DoneCard), clerk.presses
    return card.number.text()


@pytest.mark.parametrize("visit", SOME, ids=lambda visit: visit.item)
def test_twelve_keys_at_most_and_the_second_time_nothing_known_is_typed(
    desk: Desk, open_on: OpenWindow, visit: Visit
) -> None:
    for _ in range(2):
        take_ticket(desk, TakeTicket(visit.item, visit.priority, visit.agent), uuid4().hex)
    window = open_on(desk)
    first = Clerk(window)
    who = first_visit(first, desk, visit)
    number = served(first)
    case = desk.store.case(number)
    assert (case.applicant, case.item) == (who, visit.item)
    assert len(first.presses) <= MOST, first.presses
    assert (Path(desk.store.profile.papers) / f"{number}-receipt-1.pdf.sealed").exists()
    again = Clerk(window)
    second_visit(again, desk, visit, who)
    second = desk.store.case(served(again))
    settle(window)
    # The number finds the resident, the reason is new: everything else was known.
    known = {"applicant.id_number", "repeat.reason"}
    assert set(again.typed) <= known, again.typed
    assert len(again.presses) <= MOST, again.presses
    assert (second.applicant, dict(second.answers)) == (who, dict(case.answers))
    assert second.repeat_reason == "再次办理"
    assert len(open_cases(desk.store)) <= 2
