"""Dossiers of cases that go on in another log: none is left out, and no hole stops the sync."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from station_desk.core.clock import stamp
from station_desk.counter.advance import Advance, advance
from station_desk.counter.finish import Deliver, deliver
from station_desk.district import tables as t
from station_desk.protocol.messages import VERSION, Pulled
from station_desk.store.log import DeskLog
from tests.district.conftest import DistrictClock, Reached
from tests.district.test_restored_counter import Counter, all_is_well


@pytest.fixture
def counter(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[Counter]:
    made = Counter(tmp_path, over_loopback, clock)
    yield made
    made.desk.store.close()


def numbers(counter: Counter, writer: str) -> list[int]:
    asked = "SELECT number FROM dossiers WHERE writer = ? ORDER BY number"
    return [number for (number,) in counter.desk.store.read(asked, (writer,))]


def test_a_case_that_ended_in_two_logs_has_a_dossier_in_each_though_the_number_is_the_same(
    counter: Counter,
) -> None:
    case = counter.accept()
    counter.end(case)
    counter.restore(counter.back_up())
    deliver(counter.desk, Deliver(case, "counter", "王秀兰"), uuid4().hex)
    assert numbers(counter, counter.desk.store.about()["writer"]) == [1]
    counter.sync()
    all_is_well(counter)
    held = counter.reached.district.rows(t.dossier.select())
    assert len({(row["writer"], row["number"]) for row in held if row["case_number"] == case}) == 2


def test_an_end_that_comes_back_without_its_dossier_leaves_no_hole(counter: Counter) -> None:
    overtaken, other = counter.accept(), counter.accept()
    backup = counter.back_up()
    writer = counter.desk.store.about()["writer"]
    there = DeskLog(counter.desk.store).heads()[writer].head.seq
    counter.end(overtaken)
    counter.end(other)
    lost = DeskLog(counter.desk.store).events_after(writer, there, 100)
    counter.restore(backup)
    advance(counter.desk, Advance(overtaken), uuid4().hex)
    # The district has the events by now, and was away before the dossiers came.
    given = {writer: Pulled(VERSION, lost)}
    DeskLog(counter.desk.store).take_back(given, {writer: there}, stamp(counter.clock()))
    assert numbers(counter, writer) == [1, 2]
    counter.sync()
    all_is_well(counter)
