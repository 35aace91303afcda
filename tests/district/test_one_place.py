"""An event is once at the district, and a dossier whole, whoever is restored and copied back and forth."""

from collections import Counter as Counts
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from sqlalchemy import Connection, delete, insert, select

from station_desk.cases.event import Event
from station_desk.counter.advance import Advance, advance
from station_desk.district import tables as t
from station_desk.district.rows import dossier_of
from station_desk.district.verify import verify
from station_desk.main.open_desk import open_desk
from station_desk.store.verify import verify_deep
from tests.district.conftest import DistrictClock, Reached
from tests.district.test_restored_counter import Counter, all_is_well, quiet
from tests.nemesis.wrong_designs import lays_them_again

SAID = [t.event.c[name] for name in Event.__struct_fields__ if name not in ("writer", "seq", "prev", "hash")]
LOGS = [t.event, t.dossier, t.writer, t.trace, t.tally]


@pytest.fixture
def counter(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[Counter]:
    made = Counter(tmp_path, over_loopback, clock)
    yield made
    made.desk.store.close()


def copied(counter: Counter) -> dict[Path, bytes]:
    """The files of the database as somebody copies them by hand."""
    counter.desk.store.close()
    files = {file: file.read_bytes() for file in counter.folder.glob("desk.db*")}
    counter.desk = open_desk(counter.folder, "zh-Hans", counter.clock)
    return files


def copy_back(counter: Counter, files: dict[Path, bytes]) -> None:
    """By hand, and nobody tells the program."""
    counter.desk.store.close()
    for file in counter.folder.glob("desk.db*"):
        file.unlink()
    for file, content in files.items():
        file.write_bytes(content)
    counter.desk = open_desk(counter.folder, "zh-Hans", counter.clock)


def saved(reached: Reached) -> Callable[[], None]:
    """What the district holds of the logs now; called later, it holds that again and nothing else."""
    rows = {table: reached.district.rows(select(table)) for table in LOGS}

    def put_back(connection: Connection) -> None:
        for table in LOGS:
            connection.execute(delete(table))
            for row in rows[table]:
                connection.execute(insert(table).values(**row))

    return lambda: reached.district.write(put_back)


def said_twice(reached: Reached) -> list[tuple[object, ...]]:
    said = Counts(tuple(row.values()) for row in reached.district.rows(select(*SAID)))
    return [one for one, times in said.items() if times > 1]


@pytest.mark.long
def test_a_counter_that_does_not_look_for_the_same_events_is_found_out(counter: Counter) -> None:
    """The control: it lays them again each time, and they arrive twice."""
    with lays_them_again():
        start, late = _two_histories(counter)
        copy_back(counter, start)
        counter.take()
        for _ in range(3):
            counter.sync()
            copy_back(counter, late)
        assert len(said_twice(counter.reached)) > 3


def _two_histories(counter: Counter) -> tuple[dict[Path, bytes], dict[Path, bytes]]:
    """A folder as it was before a case was accepted and ended, and after it."""
    start = copied(counter)
    counter.accept()
    counter.end(counter.accept())
    return start, copied(counter)


def test_a_folder_that_is_copied_back_twice_brings_nothing_twice(counter: Counter) -> None:
    start, late = _two_histories(counter)
    copy_back(counter, start)
    counter.take()
    counter.sync()
    for _ in range(2):
        copy_back(counter, late)
        counter.sync()
        assert said_twice(counter.reached) == []
        all_is_well(counter)
    counter.accept()
    counter.sync()
    all_is_well(counter)
    assert len(counter.reached.district.rows(select(t.dossier))) == 1


def test_a_district_restored_back_and_forth_holds_every_event_once(counter: Counter) -> None:
    counter.accept()
    counter.sync()
    start = copied(counter)
    empty = saved(counter.reached)
    counter.take()
    counter.end(counter.accept())
    counter.sync()
    one, there = copied(counter), saved(counter.reached)
    empty()
    copy_back(counter, start)
    counter.take()
    counter.sync()
    copy_back(counter, one)
    counter.sync()
    other = saved(counter.reached)
    for restore in (there, other):
        restore()
        counter.end(counter.accept())
        counter.sync()
        assert said_twice(counter.reached) == []
        all_is_well(counter)


def test_copies_that_both_end_old_cases_bring_every_dossier_whole(counter: Counter) -> None:
    old = [counter.accept() for _ in range(2)]
    for number in old:
        advance(counter.desk, Advance(number), uuid4().hex)
    counter.sync()
    counter.desk.store.close()
    copytree(counter.folder, counter.folder.parent / "twin")
    counter.desk = open_desk(counter.folder, "zh-Hans", counter.clock)
    twin = Counter.__new__(Counter)
    twin.folder, twin.reached, twin.clock = counter.folder.parent / "twin", counter.reached, counter.clock
    twin.desk = open_desk(twin.folder, "zh-Hans", twin.clock)
    for one in (counter, twin):  # the second one finds that the log is another's
        one.take()
        one.sync()
    counter.end(old[0])
    twin.end(old[1])
    for one in (counter, twin, counter):
        one.sync()
    twin.desk.store.close()
    dossiers = [dossier_of(row) for row in counter.reached.district.rows(select(t.dossier))]
    told = {one.case: {(part.log or one.writer, part.seq) for part in one.parts} for one in dossiers}
    held = counter.reached.district.rows(select(t.event).where(t.event.c.commitment != ""))
    for number in old:
        meant = {(row["writer"], row["seq"]) for row in held if row["subject"] == number}
        assert told[number] == meant
        assert len(meant) > 2
    assert verify(counter.reached.district) == []
    assert verify_deep(counter.desk.store, quiet) == []
