"""Whatever legal way a case takes through any published workflow, it stays defined and comes to an end."""

from random import Random

import pytest

from station_desk.cases.case import FINAL_STATES
from station_desk.catalogue.calendar import WorkingCalendar, read_calendar
from station_desk.catalogue.item import Catalogue
from station_desk.catalogue.read import read_catalogue
from station_desk.core import paths
from tests.unit.walk import walk


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return read_calendar(paths.FORMS)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(paths.FORMS)


def test_2000_random_walks_through_all_items_end_well(
    calendar: WorkingCalendar, catalogue: Catalogue
) -> None:
    dice = Random(83)
    items = list(catalogue.items.values())
    ends = set()
    notices = hands = back = 0
    for n in range(2000):
        gone = walk(calendar, items[n % len(items)], dice)
        assert gone.case
        ends.add(gone.case.state)
        notices += len(gone.case.postings)
        back += gone.steps_back
        hands += sum(bool(handed.taken) for handed in gone.case.handed)
    assert ends == FINAL_STATES - {"delivered"}
    assert notices, "no walk came past a public notice"
    assert back, "no step was taken back"
    assert hands, "no case went to another counter"
