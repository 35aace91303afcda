"""An old backup that knows nothing of an erasure: the first sync takes away what the district knows of."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from station_desk.counter.advance import Advance, advance
from station_desk.counter.interrupt import Withdraw, withdraw
from station_desk.counter.retention import erase_resident
from station_desk.main.open_desk import open_desk
from station_desk.store.backups.kept import Backup
from station_desk.store.erased_list import NAME, digest_of, listed
from station_desk.store.find import find_cases
from tests.district.conftest import DistrictClock, Reached
from tests.district.test_restored_counter import Counter, all_is_well


@pytest.fixture
def counter(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[Counter]:
    made = Counter(tmp_path, over_loopback, clock)
    yield made
    made.desk.store.close()


def restored_alone(counter: Counter, backup: Backup) -> None:
    """The disk is lost with all that knew of the erasure."""
    counter.desk.store.close()
    for file in (*counter.folder.glob("desk.db*"), counter.folder / NAME):
        file.unlink()
    counter.restore(backup)


def erased_since(counter: Counter) -> tuple[str, Backup]:
    number = counter.accept()
    backup = counter.back_up()
    counter.end(number)
    counter.sync()
    erase_resident(counter.desk, number, "周站长", "本人书面申请", uuid4().hex)
    counter.sync()
    return number, backup


def nothing_left(counter: Counter, number: str) -> None:
    assert not counter.desk.store.case(number).applicant.name
    assert find_cases(counter.desk.store, "王秀兰") == []
    for table in ("events", "events_aside"):
        private = f"SELECT count(*) FROM {table} WHERE subject = ? AND private IS NOT NULL"
        assert counter.desk.store.read(private, (number,)) == [(0,)]
    assert set(listed([counter.folder])) == {digest_of(number)}


def untouched(_counter: Counter, _number: str) -> None:
    pass


def worked_on(counter: Counter, number: str) -> None:
    advance(counter.desk, Advance(number, opinion="王秀兰情况属实"), uuid4().hex)


def ended(counter: Counter, number: str) -> None:
    withdraw(counter.desk, Withdraw(number, "本人要求"), uuid4().hex)


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "meanwhile", [pytest.param(untouched, marks=LONG), worked_on, pytest.param(ended, marks=LONG)]
)
def test_what_was_erased_goes_with_the_first_sync(
    counter: Counter, meanwhile: Callable[[Counter, str], None]
) -> None:
    """Though work here has overtaken the case, so that its erasure cannot follow."""
    number, backup = erased_since(counter)
    restored_alone(counter, backup)
    assert counter.desk.store.case(number).applicant.name == "王秀兰"
    meanwhile(counter, number)
    counter.sync()
    nothing_left(counter, number)
    all_is_well_here_and_there(counter)
    if meanwhile is worked_on:
        ended(counter, number)
    counter.desk.store.close()
    counter.desk = open_desk(counter.folder, "zh-Hans", counter.clock)
    assert counter.desk.store.case(number).erased_at
    all_is_well_here_and_there(counter)


def all_is_well_here_and_there(counter: Counter) -> None:
    counter.sync()
    all_is_well(counter)
