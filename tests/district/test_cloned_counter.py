"""A copied counter and its copy both go on: both histories arrive, nothing is lost, and it is told."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from station_desk.core.clock import Clock
from station_desk.counter.care import care_now
from station_desk.counter.closing_day import CloseDay, close_day_now
from station_desk.district import tables as t
from station_desk.district.verify import verify
from station_desk.main.open_desk import open_desk
from station_desk.store.verify import verify_deep
from station_desk.sync.trouble import LogForked
from tests.district.conftest import DistrictClock, Reached
from tests.district.test_restored_counter import Counter, quiet


class Copied(Counter):
    """The same counter once more, out of a copied folder."""

    def __init__(self, of: Counter, folder: Path) -> None:
        self.folder, self.reached, self.clock = folder, of.reached, of.clock
        shutil.copytree(of.folder, folder)
        self.desk = open_desk(folder, "zh-Hans", of.clock)


def both(tmp_path: Path, reached: Reached, clock: Clock) -> tuple[Counter, Counter]:
    one = Counter(tmp_path, reached, clock)
    one.end(one.accept())
    one.accept()
    one.sync()
    one.desk.store.close()
    other = Copied(one, tmp_path / "copy")
    one.desk = open_desk(one.folder, "zh-Hans", clock)
    return one, other


@pytest.fixture
def pair(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[tuple[Counter, Counter]]:
    made = both(tmp_path, over_loopback, clock)
    yield made
    for counter in made:
        counter.desk.store.close()


def commands_at_district(counter: Counter) -> set[str]:
    return {row["command"] for row in counter.reached.district.rows(t.event.select()) if row["command"]}


def commands_of(counter: Counter) -> set[str]:
    return {command for (command,) in counter.desk.store.read("SELECT command FROM events") if command}


def works(counter: Counter) -> None:
    """A bit of everything that a log counts: a case to its end, one begun, a ticket, the day closed."""
    counter.take()
    counter.end(counter.accept())
    counter.accept()
    close_day_now(counter.desk, CloseDay(counter.clock().date().isoformat(), "周站长", "陈立新"), uuid4().hex)
    counter.take()


def test_both_histories_arrive_and_nothing_is_lost(pair: tuple[Counter, Counter]) -> None:
    one, other = pair
    works(one)
    works(other)
    meant = commands_of(one) | commands_of(other)
    one.sync()
    other.sync()
    one.sync()
    other.sync()
    assert commands_at_district(one) >= meant
    assert verify(one.reached.district) == []
    for counter in pair:
        assert verify_deep(counter.desk.store, quiet) == [], counter.folder
    (writer,) = {writer for (writer,) in one.desk.store.read("SELECT value FROM about WHERE key = 'writer'")}
    assert other.desk.store.about()["writer"] != writer
    assert "另一台" in " ".join(care_now(other.desk).sentences)
    assert "另一台" not in " ".join(care_now(one.desk).sentences)


@pytest.mark.long
def test_afterwards_each_has_its_own_log_and_numbers(
    pair: tuple[Counter, Counter],
) -> None:
    one, other = pair
    for counter in pair:
        works(counter)
        counter.sync()
    numbers = [counter.accept() for counter in (one, other, one, other)]
    assert len(set(numbers)) == 4
    for counter in (one, other, one):
        counter.end(counter.accept())
        counter.sync()
        assert verify_deep(counter.desk.store, quiet) == []
    assert verify(one.reached.district) == []


@pytest.mark.long
def test_without_leaving_the_log_it_is_a_fork_for_ever(
    pair: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    one, other = pair
    works(one)
    works(other)
    one.sync()
    monkeypatch.setattr(
        "station_desk.sync.back._common", lambda _log, _wire, _writer, ours, _theirs: ours.seq
    )
    for _ in range(2):
        with pytest.raises(LogForked):
            other.sync()


@pytest.mark.long
def test_a_copy_that_did_nothing_since_needs_no_other_log(pair: tuple[Counter, Counter]) -> None:
    one, other = pair
    works(one)
    one.sync()
    writer = other.desk.store.about()["writer"]
    other.sync()
    works(other)
    other.sync()
    assert other.desk.store.about()["writer"] != writer, "it took back what the first one wrote"
    assert verify(one.reached.district) == []
