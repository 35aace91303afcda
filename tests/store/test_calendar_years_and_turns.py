"""A year becomes official while a case takes one of its less common turns."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from station_desk.cases.parts import Times
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.calendar_years import ImportYear, import_year
from station_desk.counter.desk import Desk
from station_desk.counter.intake import (
    AcceptSilent,
    Receive,
    TakeOn,
    accept_silent,
    receive,
    silent_since,
    take_on,
)
from station_desk.counter.interrupt import Continue, Extend, Suspend, carry_on, extend, suspend
from station_desk.store.verify import verify_deep
from tests.store.made_up_years import quiet, year_2027

Fresh = Callable[[], str]


@pytest.mark.usefixtures("december")
def test_a_suspended_case_is_dated_by_the_new_year_when_it_runs_on(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    suspend(desk, Suspend(number, "road closed", "notice", "Li"), fresh())
    assert import_year(desk, ImportYear(year_2027(desk)), fresh()).answer.looked == 0
    assert desk.store.case(number).times == Times()
    clock.wait(days=1)
    assert carry_on(desk, Continue(number), fresh()).answer.promised == "2027-01-06"
    assert verify_deep(desk.store, quiet) == []


@pytest.mark.usefixtures("december")
def test_a_case_that_is_only_received_has_no_day_to_move_until_it_is_accepted(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = receive(desk, Receive(pension), fresh()).answer.number
    assert import_year(desk, ImportYear(year_2027(desk)), fresh()).answer.looked == 0
    assert take_on(desk, TakeOn(number), fresh()).answer.promised == "2027-01-05"


@pytest.mark.usefixtures("december")
def test_an_extended_case_is_dated_anew_by_its_longer_limit(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    limit = desk.store.case(number).limits.promised + 5
    before = extend(desk, Extend(number, limit, "much to read", "Li"), fresh()).answer.promised
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    after = desk.store.case(number)
    assert (before, after.times.promised, after.limits.promised) == ("2027-01-11", "2027-01-11", limit)
    assert (after.redated[0].before.provisional, after.redated[0].after.provisional) == (True, False)


@pytest.mark.usefixtures("december")
def test_silence_is_counted_by_the_year_that_was_entered(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = receive(desk, Receive(pension), fresh()).answer.number
    before = desk.calendar
    import_year(desk, ImportYear(year_2027(desk)), fresh())
    assert silent_since(before, desk.store.case(number)) == date(2027, 1, 6)
    assert accept_silent(desk, AcceptSilent("2027-01-07"), fresh()).answer.numbers == ()
    assert accept_silent(desk, AcceptSilent("2027-01-08"), fresh()).answer.numbers == (number,)
