"""What a revoked counter still sends is kept apart, and a person decides; a counter may change its key."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from station_desk.core.clock import now
from station_desk.counter.new_key import rotate_key
from station_desk.counter.set_up import SetUp
from station_desk.counter.sync_now import introduce, sync_or_raise
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.district.quarantine import NothingKept, NotReceived, accept, kept, reject
from station_desk.district.verify import verify
from station_desk.main.open_desk import set_up_desk
from station_desk.protocol import signing
from station_desk.protocol.messages import VERSION, Enrolled, Rotate
from station_desk.store.keys import DEVICE_KEY
from station_desk.sync.client import Wire
from station_desk.sync.run import sync_once
from station_desk.sync.trouble import Revoked
from tests.district.conftest import DistrictClock, Reached
from tests.district.station import CounterPC, Sender, refused


@pytest.fixture
def reached(over_loopback: Reached) -> Reached:
    return over_loopback


@pytest.fixture
def sender(reached: Reached) -> Sender:
    return reached.sender()


@pytest.fixture
def wire(reached: Reached, sender: Sender) -> Iterator[Wire]:
    with Wire(str(reached.http.base_url).rstrip("/"), sender.device, sender.key, now) as wire:
        yield wire


def _sync_revoked(pc: CounterPC, wire: Wire) -> None:
    with pytest.raises(Revoked):
        sync_once(pc, wire, now, lambda _: None)


def test_what_a_revoked_counter_sends_waits_and_is_received_on_a_word(
    reached: Reached, wire: Wire, pc: CounterPC
) -> None:
    pc.deliver_all()
    sync_once(pc, wire, now, lambda _: None)
    held = pc.heads()
    revoke(reached.district, "QSQ001", "02", "电脑失窃")
    pc.deliver_all()
    for _ in range(3):
        _sync_revoked(pc, wire)
    assert [(one.events, one.dossiers) for one in kept(reached.district)] == [(7, 0), (0, 2)]
    assert reached.sender().hello().marks == held
    assert accept(reached.district, "QSQ001", "02") == (7, 2)
    assert kept(reached.district) == ()
    assert reached.sender().hello().marks == pc.heads()
    assert verify(reached.district) == []


def test_what_is_rejected_does_not_count(reached: Reached, wire: Wire, pc: CounterPC) -> None:
    pc.accept()
    revoke(reached.district, "QSQ001", "02", "电脑失窃")
    _sync_revoked(pc, wire)
    assert reject(reached.district, "QSQ001", "02", "非本人操作") == (1, 0)
    assert reached.sender().hello().marks == {}
    with pytest.raises(NothingKept):
        accept(reached.district, "QSQ001", "02")
    _sync_revoked(pc, wire)
    assert kept(reached.district) == ()


def test_what_does_not_follow_waits_on(reached: Reached, sender: Sender, pc: CounterPC) -> None:
    for _ in range(3):
        pc.accept()
    revoke(reached.district, "QSQ001", "02", "")
    refused(sender.try_push(pc.events[1:]), 401, "sync.revoked")
    with pytest.raises(NotReceived) as not_received:
        accept(reached.district, "QSQ001", "02")
    assert not_received.value.values["why"] == "sync.log_gap"
    assert len(kept(reached.district)) == 1


def test_nobody_elses_messages_are_kept(reached: Reached, sender: Sender, pc: CounterPC) -> None:
    pc.accept()
    revoke(reached.district, "QSQ001", "02", "")
    refused(
        Sender(sender.http, signing.new_key(), sender.device).try_push(pc.events), 401, "sync.not_enrolled"
    )
    assert kept(reached.district) == ()


def _rotated(sender: Sender, key: str, public_key: str = "") -> tuple[int, str]:
    proof = signing.prove_new_key(key, sender.device)
    asked = Rotate(VERSION, public_key or signing.public_key_of(key), proof)
    answer = sender.post("/v1/rotate", msgspec.json.encode(asked))
    made = msgspec.json.decode(answer.content, type=Enrolled).device if answer.status_code == 200 else ""
    return answer.status_code, made


def test_a_new_key_takes_over_and_asking_again_changes_nothing(sender: Sender, pc: CounterPC) -> None:
    pc.deliver_all()
    sender.push(pc.events, pc.finished)
    key = signing.new_key()
    first = _rotated(sender, key)
    assert first == _rotated(sender, key)
    assert first[0] == 200
    assert Sender(sender.http, key, first[1]).hello().marks == pc.heads()
    refused(sender.try_push([]), 401, "sync.replaced")
    assert _rotated(sender, signing.new_key()) == (401, "")


def test_a_key_that_is_not_in_ones_hands_is_refused(reached: Reached, sender: Sender) -> None:
    other = signing.public_key_of(signing.new_key())
    assert _rotated(sender, signing.new_key(), other) == (400, "")
    revoke(reached.district, "QSQ001", "02", "")
    assert _rotated(sender, signing.new_key()) == (401, "")


def test_a_desk_changes_its_key_and_ends_what_was_begun(
    tmp_path: Path, reached: Reached, clock: DistrictClock
) -> None:
    desk = set_up_desk(tmp_path / "p", SetUp("QSQ001", "青石桥", "2"), "zh-Hans", clock)
    introduce(desk, str(reached.http.base_url), new_enrol_code(reached.district, "QSQ001"))
    before = dict(desk.store.about())
    device = rotate_key(desk)
    assert desk.store.about()["device"] == device != before["device"]
    # The answer was lost: the district knows the new key, the desk goes on as before and asks again.
    again = {"device_key_next": desk.store.about()[DEVICE_KEY]}
    desk.store.set_about({**again, "device": before["device"], DEVICE_KEY: before[DEVICE_KEY]})
    assert rotate_key(desk) == device
    assert sync_or_raise(desk, lambda _: None).marks.marks == {}
    desk.store.close()
