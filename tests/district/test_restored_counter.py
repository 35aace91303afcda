"""A counter restored from an old backup goes on, syncs, and both histories are there: no number twice."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import msgspec
import pytest

from station_desk.core.clock import Clock
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.counter.sync_now import introduce, sync_or_raise
from station_desk.district import tables as t
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.verify import verify
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.protocol.messages import VERSION, Pull, Pulled
from station_desk.store.backups.kept import Backup
from station_desk.store.backups.making import make_backup
from station_desk.store.backups.restoring import restore
from station_desk.store.parting import PARTED_EVENTS
from station_desk.store.taking_back import BACK_ASIDE, BACK_BARE
from station_desk.store.verify import verify_deep
from tests.district.conftest import DistrictClock, Reached
from tests.district.station import CounterPC, refused
from tests.store.conftest import pension_application


def quiet(_done: int, _total: int) -> None:
    pass


class Counter:
    """A real counter and the backup of it that somebody restores."""

    def __init__(self, folder: Path, reached: Reached, clock: Clock) -> None:
        self.folder, self.reached, self.clock = folder / "profile", reached, clock
        wish = SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新", "010-55550123")
        self.desk = set_up_desk(self.folder, wish, "zh-Hans", clock)
        code = new_enrol_code(reached.district, "QSQ001")
        introduce(self.desk, str(reached.http.base_url), code)

    def accept(self) -> str:
        return accept(self.desk, pension_application(), uuid4().hex).answer.number

    def take(self) -> str:
        return take_ticket(self.desk, TakeTicket("LS-008"), uuid4().hex).answer.number

    def end(self, number: str) -> None:
        while self.desk.store.case(number).stage in {step.id for step in self.desk.store.case(number).steps}:
            advance(self.desk, Advance(number), uuid4().hex)
        finish(self.desk, Finish(number, "granted", "已参保"), uuid4().hex)

    def sync(self) -> None:
        sync_or_raise(self.desk, lambda _progress: None)

    def back_up(self) -> Backup:
        return make_backup(self.desk.store, self.folder.parent / "stick" / "b", self.clock, quiet)

    def restore(self, backup: Backup) -> None:
        self.desk.store.close()
        restore(backup, self.folder, self.clock, quiet)
        self.desk = open_desk(self.folder, "zh-Hans", self.clock)

    def cases(self) -> set[str]:
        return {number for (number,) in self.desk.store.read("SELECT number FROM cases")}


@pytest.fixture
def counter(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[Counter]:
    made = Counter(tmp_path, over_loopback, clock)
    yield made
    made.desk.store.close()


def all_is_well(counter: Counter) -> None:
    district = counter.reached.district
    assert verify(district) == []
    assert verify_deep(counter.desk.store, quiet) == []
    held = {(row["writer"], row["seq"]): row["hash"] for row in district.rows(t.event.select())}
    own = counter.desk.store.read(
        "SELECT writer, seq, hash FROM events UNION ALL SELECT writer, seq, hash FROM events_aside"
    )
    assert {(writer, seq): end for writer, seq, end in own} == held


def test_an_old_backup_goes_on_and_everything_that_was_synced_is_there(counter: Counter) -> None:
    kept, ended_later = counter.accept(), counter.accept()
    tickets = [counter.take()]
    backup = counter.back_up()
    lost_open, lost_ended = counter.accept(), counter.accept()
    counter.end(lost_ended)
    counter.end(ended_later)
    tickets += [counter.take(), counter.take()]
    counter.sync()
    counter.restore(backup)
    assert counter.cases() == {kept, ended_later}
    new, tickets_after = counter.accept(), [counter.take()]
    counter.sync()
    assert counter.cases() == {kept, ended_later, lost_open, lost_ended, new}
    assert len({*tickets, *tickets_after}) == 4
    assert counter.desk.store.case(lost_ended).applicant.name == "王秀兰"
    about = counter.desk.store.about()
    assert (about[BACK_BARE], about[BACK_ASIDE]) == (lost_open, "")
    counter.end(new)
    counter.end(kept)
    counter.sync()
    all_is_well(counter)
    dossiers = {row["case_number"] for row in counter.reached.district.rows(t.dossier.select())}
    assert dossiers == {kept, ended_later, lost_ended, new}


def test_what_was_overtaken_lies_aside_and_is_still_there(counter: Counter) -> None:
    number = counter.accept()
    backup = counter.back_up()
    counter.end(number)
    counter.sync()
    counter.restore(backup)
    counter.end(number)
    counter.sync()
    assert counter.desk.store.about()[BACK_ASIDE] == number
    held = counter.reached.district.rows(t.event.select())
    assert len({row["writer"] for row in held if row["subject"] == number}) == 2
    assert verify_deep(counter.desk.store, quiet) == []
    counter.sync()
    deliver(counter.desk, Deliver(number, "counter", "王秀兰"), uuid4().hex)
    counter.sync()


def test_restored_twice_from_the_same_backup_no_number_comes_again(counter: Counter) -> None:
    backup = counter.back_up()
    numbers, tickets = [counter.accept()], [counter.take()]
    for _ in range(3):
        counter.sync()
        counter.restore(backup)
        numbers.append(counter.accept())
        tickets.append(counter.take())
    counter.sync()
    assert len(set(numbers)) == len(set(tickets)) == 4
    assert counter.cases() == set(numbers)
    all_is_well(counter)


def test_a_folder_that_was_copied_back_by_hand_goes_on_under_a_new_name(counter: Counter) -> None:
    backup = counter.back_up()
    lost = counter.accept()
    counter.sync()
    counter.desk.store.close()
    for file in counter.folder.glob("desk.db*"):
        file.unlink()
    (counter.folder / "desk.db").write_bytes(backup.database.read_bytes())
    counter.desk = open_desk(counter.folder, "zh-Hans", counter.clock)
    counter.sync()
    new = counter.accept()
    counter.sync()
    assert counter.cases() == {lost, new}
    assert len(counter.desk.store.read("SELECT * FROM writers")) == 2
    all_is_well(counter)


def test_a_log_is_given_back_to_its_own_counter_only(reached: Reached) -> None:
    pc, own, other = CounterPC(), reached.sender(), reached.sender(counter="03")
    ended = pc.accept()
    pc.finish(ended)
    own.push(pc.events, pc.finished)
    asked = msgspec.json.encode(Pull(VERSION, pc.writer, 0, 0))
    given = msgspec.json.decode(own.post("/v1/pull", asked).content, type=Pulled)
    assert given == Pulled(VERSION, events=tuple(pc.events))
    rest = msgspec.json.encode(Pull(VERSION, pc.writer, len(pc.events), 0))
    given = msgspec.json.decode(own.post("/v1/pull", rest).content, type=Pulled)
    assert given == Pulled(VERSION, dossiers=tuple(pc.finished))
    refused(other.post("/v1/pull", asked), 403, "sync.writer_not_ours")
    newer = msgspec.json.encode(Pull(VERSION + 1, pc.writer, 0, 0))
    refused(own.post("/v1/pull", newer), 426, "sync.version_refused")


def test_what_the_district_signed_cannot_be_noted_otherwise(counter: Counter) -> None:
    counter.end(counter.accept())
    counter.sync()
    assert verify_deep(counter.desk.store, quiet) == []
    for change in ("dossiers = dossiers - 1", "dossiers = dossiers + 1"):
        with counter.desk.store.writing() as unit:
            unit.connection.execute(f"UPDATE marks SET {change}")
        found = verify_deep(counter.desk.store, quiet)
        assert [one.code for one in found] == ["marks"]
        counter.sync()
    assert verify_deep(counter.desk.store, quiet) == []


def test_a_folder_copied_back_that_went_on_unasked_goes_on_in_a_log_of_its_own(counter: Counter) -> None:
    kept = counter.accept()
    backup = counter.back_up()
    ended_there = counter.accept()
    counter.end(ended_there)
    counter.end(kept)
    counter.sync()
    counter.desk.store.close()
    for file in counter.folder.glob("desk.db*"):
        file.unlink()
    (counter.folder / "desk.db").write_bytes(backup.database.read_bytes())
    counter.desk = open_desk(counter.folder, "zh-Hans", counter.clock)
    # Nobody told the program: it writes where the lost events stood, the same numbers among them.
    counter.end(kept)
    new = [counter.accept(), counter.accept()]
    counter.end(new[1])
    before = counter.desk.store.read("SELECT command, kind FROM events ORDER BY place")
    counter.sync()
    told = counter.reached.district.rows(t.event.select())
    assert {(row["command"], row["kind"]) for row in told} >= set(before)
    counter.end(new[0])
    counter.sync()
    all_is_well(counter)
    assert len(counter.desk.store.read("SELECT * FROM writers")) == 2
    assert int(counter.desk.store.about()[PARTED_EVENTS]) > 0
    dossiers = counter.reached.district.rows(t.dossier.select())
    assert {row["case_number"] for row in dossiers} >= {kept, ended_there, *new}


def test_two_copies_of_a_counter_keep_both_histories(counter: Counter) -> None:
    counter.accept()
    counter.sync()
    twin_folder = counter.folder.parent / "twin"
    counter.desk.store.close()
    copytree(counter.folder, twin_folder)
    counter.desk = open_desk(counter.folder, "zh-Hans", counter.clock)
    twin = open_desk(twin_folder, "zh-Hans", counter.clock)
    ours = counter.accept()
    theirs = accept(twin, pension_application(), uuid4().hex).answer.number
    assert ours == theirs  # nobody could know of the other
    counter.sync()
    sync_or_raise(twin, lambda _progress: None)
    later = {counter.accept(), accept(twin, pension_application(), uuid4().hex).answer.number}
    assert len(later) == 2
    for _ in range(2):
        counter.sync()
        sync_or_raise(twin, lambda _progress: None)
    twin.store.close()
    all_is_well(counter)
    accepted = [row for row in counter.reached.district.rows(t.event.select()) if row["revision"] == 1]
    assert len([row for row in accepted if row["kind"] == "case.accepted"]) == 5
