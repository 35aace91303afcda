"""Receipts of one counter are proved at another, with the network down: real counters and a real district."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest

from station_desk.cases.parts import Applicant
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.receipt_codes import code_of, prove_receipt
from station_desk.counter.set_up import SetUp
from station_desk.counter.sync_now import introduce, sync_or_raise
from station_desk.district import tables as t
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.protocol.receipt_code import SigningKeyReplaced, SigningKeyRevoked, SigningKeyUnknown
from station_desk.store.keys import DeskKeys
from station_desk.sync.trouble import Revoked
from tests.district.conftest import DistrictClock, Reached

PENSION = Application(
    "LS-008",
    Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678", "青石桥社区 3 组 12 号"),
    {"payment_grade": "500", "payment_mode": "自行缴费"},
    {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
)
COMMANDS = count(1)


@dataclass
class Counter:
    """A counter at work; its district is asked only in `enrol` and `sync`."""

    desk: Desk
    reached: Reached

    def enrol(self) -> None:
        who = self.desk.station.code
        server = str(self.reached.http.base_url).rstrip("/")
        _, station = introduce(self.desk, server, new_enrol_code(self.reached.district, who))
        self.desk = replace(self.desk, station=station)

    def sync(self) -> None:
        sync_or_raise(self.desk, lambda _: None)

    def receipt(self) -> str:
        """Accepts an application; the signed code on its receipt."""
        number = accept(self.desk, PENSION, f"command-{next(COMMANDS)}").answer.number
        return code_of(self.desk, self.desk.store.case(number))


Make = Callable[[str, str], Counter]


@pytest.fixture
def make(over_loopback: Reached, clock: DistrictClock, tmp_path: Path) -> Iterator[Make]:
    made: list[Counter] = []

    def make(station: str, number: str) -> Counter:
        desk = set_up_desk(
            tmp_path / f"{station}-{number}", SetUp(station, "青石桥", number), "zh-Hans", clock
        )
        made.append(Counter(desk, over_loopback))
        return made[-1]

    yield make
    for counter in made:
        counter.desk.store.close()


def test_a_counter_that_works_alone_signs_and_proves_its_own(make: Make) -> None:
    alone = make("QSQ001", "2")
    proved = prove_receipt(alone.desk, alone.receipt())
    assert (proved.station, proved.signed_by, proved.state) == ("QSQ001", "02", "processing")
    with pytest.raises(SigningKeyUnknown):
        prove_receipt(make("QSQ002", "1").desk, alone.receipt())


def test_any_counter_of_the_district_proves_the_receipts_of_all_after_one_sync(make: Make) -> None:
    here, there = make("QSQ001", "2"), make("QSQ002", "1")
    of_before = here.receipt()
    here.enrol()
    there.enrol()
    of_now = here.receipt()
    with pytest.raises(SigningKeyUnknown):
        prove_receipt(there.desk, of_now)
    there.sync()
    for code in (of_before, of_now):
        proved = prove_receipt(there.desk, code)
        assert (proved.station, proved.signed_by, proved.state) == ("QSQ001", "02", "")


def test_what_was_learnt_is_there_after_opening_again(make: Make, clock: DistrictClock) -> None:
    here, there = make("QSQ001", "2"), make("QSQ002", "1")
    here.enrol()
    there.enrol()
    there.sync()
    there.desk.store.close()
    again = open_desk(there.desk.store.profile.folder, "en", clock)
    assert prove_receipt(again, here.receipt()).station == "QSQ001"
    again.store.close()


def test_a_revoked_counter_is_believed_for_what_came_before(make: Make, clock: DistrictClock) -> None:
    stolen, there = make("QSQ001", "2"), make("QSQ002", "1")
    stolen.enrol()
    there.enrol()
    before = stolen.receipt()
    clock.wait(minutes=1)
    revoke(stolen.reached.district, "QSQ001", "02", "电脑失窃")
    clock.wait(minutes=1)
    after = stolen.receipt()
    with pytest.raises(Revoked):
        stolen.sync()
    there.sync()
    assert prove_receipt(there.desk, before).until == "2026-11-20T12:01:00+08:00"
    with pytest.raises(SigningKeyRevoked) as refused:
        prove_receipt(there.desk, after)
    assert "电脑失窃" in there.desk.texts.error(refused.value)
    # Enrolled again, with a new key: what it signs now counts, at both.
    stolen.enrol()
    anew = stolen.receipt()
    stolen.sync()
    there.sync()
    for desk in (stolen.desk, there.desk):
        assert prove_receipt(desk, before).number
        assert prove_receipt(desk, anew).until == ""
        with pytest.raises(SigningKeyRevoked):
            prove_receipt(desk, after)


def test_old_keys_stay_known_for_old_receipts_before_and_after_the_next_sync(
    make: Make, clock: DistrictClock
) -> None:
    here = make("QSQ001", "2")
    here.enrol()
    codes, keys = [here.receipt()], [DeskKeys(here.desk.store).signing_key()]
    for _ in range(3):
        clock.wait(days=1)
        here.enrol()
        keys.append(DeskKeys(here.desk.store).signing_key())
        codes.append(here.receipt())
        for code in codes:
            assert prove_receipt(here.desk, code).signed_by == "02"
    here.sync()
    assert [bool(prove_receipt(here.desk, code).until) for code in codes] == [True, True, True, False]
    assert len(set(keys)) == 4


def test_a_replaced_pc_that_goes_on_signing_is_refused(make: Make, clock: DistrictClock) -> None:
    old, there = make("QSQ001", "2"), make("QSQ002", "1")
    old.enrol()
    clock.wait(minutes=1)
    old.reached.sender("QSQ001", "02")
    clock.wait(minutes=1)
    late = old.receipt()
    there.enrol()
    there.sync()
    with pytest.raises(SigningKeyReplaced):
        prove_receipt(there.desk, late)


def test_a_reprint_under_a_new_key_proves_an_old_case(make: Make, clock: DistrictClock) -> None:
    here = make("QSQ001", "2")
    here.enrol()
    number = accept(here.desk, PENSION, "one").answer.number
    first = code_of(here.desk, here.desk.store.case(number))
    assert code_of(here.desk, here.desk.store.case(number)) == first
    clock.wait(days=30)
    here.enrol()
    again = code_of(here.desk, here.desk.store.case(number))
    assert again != first
    here.sync()
    for code in (first, again):
        assert prove_receipt(here.desk, code).number == number


def test_the_private_key_never_leaves_the_pc(make: Make) -> None:
    here, there = make("QSQ001", "2"), make("QSQ002", "1")
    for counter in (here, there):
        counter.enrol()
        counter.receipt()
    here.sync()
    private = {DeskKeys(counter.desk.store).signing_key() for counter in (here, there)}
    known = here.desk.store.read("SELECT * FROM counter_keys")
    told = here.reached.district.rows(t.device.select())
    assert len(known) == len(told) == 2
    assert not any(key in f"{known} {told} {here.desk.store.read('SELECT * FROM events')}" for key in private)
