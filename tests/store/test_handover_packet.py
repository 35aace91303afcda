"""What may be wrong with the packet of a case: code, counter, file, contents. Nothing is ever half-done."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.cases import handover as rules
from station_desk.cases.event import Fact
from station_desk.cases.parts import CompletedPublic
from station_desk.core.errors import DeskError
from station_desk.counter import handover as acts
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.handover import HandOver, hand_over, packet_for, take_over
from station_desk.protocol import handover as sealed
from station_desk.store.verify import verify_deep
from tests.store.two_counters import counter_of, sent

Fresh = Callable[[], str]


@pytest.fixture
def other(tmp_path: Path, clock: Any) -> Iterator[Desk]:
    """Counter 3 of the same station."""
    made = counter_of(tmp_path, "3", clock)
    yield made
    made.store.close()


@pytest.fixture(autouse=True)
def all_is_as_written(desk: Desk, other: Desk) -> Any:
    yield
    for each in (desk, other):
        assert verify_deep(each.store, lambda done, total: None) == []


@pytest.fixture
def number(desk: Desk, fresh: Fresh, pension: Application) -> str:
    return accept(desk, pension, fresh()).answer.number


def test_three_wrong_codes_close_the_packet_and_say_nothing(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    packet = sent(desk, number, other)
    near = packet.code[:-1] + ("0" if packet.code[-1] != "0" else "1")
    said = []
    for code in (near, "0000-0000-0000"):
        with pytest.raises(acts.CodeRefused) as refused:
            take_over(other, packet.content, code, fresh())
        said.append(refused.value.values)
    assert said == [{"number": number, "left": 2}, {"number": number, "left": 1}]
    with pytest.raises(sealed.CodeNotWellFormed):
        take_over(other, packet.content, "0000", fresh())
    with pytest.raises(acts.PacketLocked):
        take_over(other, packet.content, near, fresh())
    with pytest.raises(acts.PacketLocked):
        take_over(other, packet.content, packet.code, fresh())
    with pytest.raises(acts.PacketLocked):
        take_over(other, packet.content.replace(b"\n", b"\n\n"), packet.code, fresh())
    assert other.store.read("SELECT count(*) FROM events") == [(0,)]
    fresh_one = packet_for(desk, number)
    assert take_over(other, fresh_one.content, fresh_one.code, fresh()).answer.number == number


def test_a_code_is_understood_as_it_is_read_out(desk: Desk, other: Desk, fresh: Fresh, number: str) -> None:
    packet = sent(desk, number, other)
    spoken = packet.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert take_over(other, packet.content, f" {spoken} ", fresh()).answer.number == number


def test_the_wrong_counter_is_told_whose_the_packet_is(
    desk: Desk, other: Desk, tmp_path: Path, clock: Any, fresh: Fresh, number: str
) -> None:
    packet = sent(desk, number, other)
    for station, counter in (("QSQ001", "4"), ("QSQ002", "3")):
        stranger = counter_of(tmp_path, counter, clock, station)
        with pytest.raises(acts.PacketForOther) as refused:
            take_over(stranger, packet.content, packet.code, fresh())
        assert "QSQ001 站 3 号窗口" in stranger.texts.error(refused.value)
        stranger.store.close()
    with pytest.raises(acts.PacketForOther):
        take_over(desk, packet.content, packet.code, fresh())


def reworded(content: bytes, **changes: object) -> bytes:
    """The file with other values in the open, its check made anew as an attacker would."""
    told = {**json.loads(content), **changes}
    envelope = msgspec.convert(told, sealed.Envelope)
    return msgspec.json.encode(msgspec.structs.replace(envelope, check=sealed._check(envelope)))


def test_an_altered_file_is_refused_however_it_was_altered(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    packet = sent(desk, number, other)
    broken = json.loads(packet.content)["sealed"]
    flipped = broken[:100] + ("A" if broken[100] != "A" else "B") + broken[101:]
    files: list[tuple[bytes, type[Exception]]] = [
        (packet.content[:-200], sealed.PacketNotUnderstood),
        (packet.content.replace(b"QSQ001-", b"QSQ001_"), sealed.PacketDamaged),
        (packet.content.replace(broken.encode(), flipped.encode()), sealed.PacketDamaged),
        (packet.content.replace(b'"nonce": "', b'"nonce": "00'), sealed.PacketDamaged),
        (packet.content.replace(b'"version": 1', b'"version": 1, "more": 1'), sealed.PacketDamaged),
        (packet.content.replace(b'"version": 1', b'"version": 2, "more": 1'), rules.PacketNewer),
        (b"", sealed.PacketNotUnderstood),
        (b"[" * 100_000, sealed.PacketNotUnderstood),
        (b'{"kind": "station-desk hand-over"}', sealed.PacketDamaged),
        (b'{"kind": 7, "version": "x"}', sealed.PacketNotUnderstood),
        (b"\xff\xfe\x00", sealed.PacketNotUnderstood),
        (b" " * (sealed.MOST_BYTES + 1), sealed.PacketNotUnderstood),
    ]
    for content, error in files:
        with pytest.raises(error) as refused:
            take_over(other, content, packet.code, fresh())
        assert isinstance(refused.value, DeskError)
        assert other.texts.error(refused.value)
    for content in (
        reworded(packet.content, sealed=flipped),
        reworded(packet.content, source="04"),
        reworded(packet.content, number="QSQ001-261120-02-0002-X"),
    ):
        with pytest.raises((acts.CodeRefused, acts.PacketLocked)):
            take_over(other, content, packet.code, fresh())
    assert other.store.read("SELECT count(*) FROM events") == [(0,)]
    assert take_over(other, packet.content, packet.code, fresh()).answer.number == number


def resealed(packet: rules.Packet) -> tuple[bytes, str]:
    """A packet as a counter with another program, or another will, would seal it."""
    code = sealed.new_code()
    return sealed.seal_packet(packet, "QSQ001", "02", "03", code), code


def test_a_packet_that_does_not_agree_with_itself_is_refused(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    sent(desk, number, other)
    good = rules.packet_of(number, desk.store.log_of(number))
    first, *rest = good.events
    part = good.parts[0]
    other_text = msgspec.Raw(bytes(part.text).replace("王".encode(), "李".encode()))
    wrong = [
        rules.Packet(number, good.events, ()),
        rules.Packet(number, good.events, (msgspec.structs.replace(part, text=other_text),)),
        rules.Packet(number, good.events, (*good.parts, msgspec.structs.replace(part, seq=99))),
        rules.Packet(number, (msgspec.structs.replace(first, actor="别人"), *rest), good.parts),
        rules.Packet(number, good.events[:-1], good.parts),
        rules.Packet(number, tuple(rest), ()),
        rules.Packet(number, (), ()),
        rules.Packet(number, (first, *reversed(rest)), good.parts),
        rules.Packet(number, (first, first, *rest), good.parts),
        rules.Packet(number, good.events, (msgspec.structs.replace(part, salt="no salt"),)),
    ]
    for packet in wrong:
        with pytest.raises(rules.PacketBroken) as refused:
            rules.sound_case(packet, "QSQ001", "02", "03")
        assert refused.value.exit_code == 6
    content, code = resealed(wrong[0])
    with pytest.raises(rules.PacketBroken):
        take_over(other, content, code, fresh())
    assert other.store.read("SELECT count(*) FROM events") == [(0,)]
    content, code = resealed(good)
    assert take_over(other, content, code, fresh()).answer.number == number


def test_a_kind_of_a_newer_program_is_not_taken_over_by_an_older_one(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    with desk.store.writing("newer") as unit:
        unit.record(Fact(number, 3, "case.rated", "2026-11-20T09:31:00+08:00", "x", CompletedPublic()))
    hand_over(desk, HandOver(number, "3"), fresh())
    packet = packet_for(desk, number)
    with pytest.raises(rules.PacketNewer):
        take_over(other, packet.content, packet.code, fresh())
    assert other.store.read("SELECT count(*) FROM events") == [(0,)]
