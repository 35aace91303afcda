"""A counter PC and its district over a real wire: everything arrives once, whatever happens on the way."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import msgspec
import pytest

from station_desk.cases import parts as p
from station_desk.cases.event import Event
from station_desk.core.clock import now
from station_desk.district.district import open_district
from station_desk.district.dump import dump
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.district.verify import verify
from station_desk.main.district import Served
from station_desk.protocol import signing
from station_desk.protocol.messages import MOST_BYTES, MOST_EVENTS, VERSION, Push
from station_desk.sync.backoff import LONGEST, SHORTEST, delay
from station_desk.sync.client import Wire, enrol
from station_desk.sync.run import Progress, SyncReport, sync_once
from station_desk.sync.trouble import (
    EnrolRefused,
    HeadsDisagree,
    LogForked,
    MessageTooBig,
    NotEnrolled,
    Replaced,
    Revoked,
)
from tests.district.conftest import DistrictClock, Reached
from tests.district.station import CounterPC, enrol_asked
from tests.district.wrong_server import WrongServer


class Line:
    """An enrolled PC with its wire to a served district."""

    def __init__(self, server: str, device: str, key: str) -> None:
        self.wire = Wire(server, device, key, now, patience=10.0)
        self.told: list[Progress] = []

    def sync(self, pc: CounterPC) -> SyncReport:
        return sync_once(pc, self.wire, now, self.told.append)


def _enrolled(reached: Reached) -> tuple[str, str]:
    """The device and its key, by way of the desk's own enrolment."""
    key = signing.new_key()
    code = new_enrol_code(reached.district, "QSQ001")
    return enrol(_address(reached), enrol_asked(code, key), now).device, key


def _address(reached: Reached) -> str:
    return str(reached.http.base_url).rstrip("/")


@pytest.fixture
def reached(over_loopback: Reached) -> Reached:
    return over_loopback


@pytest.fixture
def line(reached: Reached) -> Iterator[Line]:
    line = Line(_address(reached), *_enrolled(reached))
    yield line
    line.wire.close()


def test_all_that_a_pc_has_arrives_and_is_acknowledged(reached: Reached, line: Line, pc: CounterPC) -> None:
    for _ in range(3):
        pc.deliver_all()
    report = line.sync(pc)
    assert (report.events, report.dossiers, report.waiting) == (21, 6, 0)
    assert report.marks.marks == pc.heads() == pc.noted[-1].marks
    assert line.told[0] == Progress(0, 21, 0, 6)
    assert line.told[-1] == Progress(21, 21, 6, 6)
    assert verify(reached.district) == []
    assert _events(reached) == pc.events


def test_a_second_sync_sends_nothing(line: Line, pc: CounterPC) -> None:
    pc.deliver_all()
    line.sync(pc)
    pc.noted.clear()
    report = line.sync(pc)
    assert (report.events, report.dossiers) == (0, 0)
    assert report.marks.marks == pc.heads()
    assert len(pc.noted) == 1


def test_an_empty_log_is_in_step(line: Line, pc: CounterPC) -> None:
    assert line.sync(pc).marks.marks == {}


def test_a_long_log_goes_in_batches_and_each_counts(reached: Reached, line: Line, pc: CounterPC) -> None:
    for _ in range(150):
        pc.finish(pc.accept())
    report = line.sync(pc)
    assert (report.events, report.dossiers) == (600, 150)
    assert len(pc.noted) == 1 + 3 + 1
    assert [told.events for told in line.told] == [0, MOST_EVENTS, 2 * MOST_EVENTS, 600, 600]
    assert verify(reached.district) == []


def test_what_is_too_long_for_one_message_is_halved(reached: Reached, line: Line, pc: CounterPC) -> None:
    case = pc.accept()
    for _ in range(40):
        pc.record(case, "case.remarked", p.Opinion("x" * 60_000))
    assert sum(len(event.public) for event in pc.events) > 2 * MOST_BYTES
    report = line.sync(pc)
    assert report.marks.marks == pc.heads()
    assert len(pc.noted) > 3
    assert verify(reached.district) == []


def test_a_lost_reply_is_healed_by_asking(reached: Reached, line: Line, pc: CounterPC) -> None:
    pc.deliver_all()
    _push_and_hang_up(_address(reached), line, Push(VERSION, tuple(pc.events), tuple(pc.finished)))
    report = line.sync(pc)
    assert (report.events, report.dossiers) == (0, 0)
    assert report.marks.marks == pc.heads()
    assert _events(reached) == pc.events


def test_a_line_that_is_cut_keeps_what_went_over_it(line: Line, pc: CounterPC) -> None:
    for _ in range(300):
        pc.accept()
    cut = RuntimeError("the line is cut")

    def tell(progress: Progress) -> None:
        if progress.events == MOST_EVENTS:
            raise cut

    with pytest.raises(RuntimeError, match="the line is cut"):
        sync_once(pc, line.wire, now, tell)
    assert line.sync(pc).events == 300 - MOST_EVENTS


def test_a_restored_district_gets_again_what_it_lost(tmp_path: Path, pc: CounterPC) -> None:
    place, backup = tmp_path / "district.db", tmp_path / "backup.db"
    key = signing.new_key()
    with closing(open_district(str(place))) as district:
        code = new_enrol_code(district, "QSQ001")
    with Served(str(place)) as served:
        device = enrol(served.url, enrol_asked(code, key), now).device
        pc.deliver_all()
        _sync(served, device, key, pc)
    shutil.copy(place, backup)
    with Served(str(place)) as served:
        pc.deliver_all()
        pc.accept()
        _sync(served, device, key, pc)
    for leftover in tmp_path.glob("district.db*"):
        leftover.unlink()
    shutil.copy(backup, place)
    with Served(str(place)) as served:
        report = _sync(served, device, key, pc)
        assert (report.events, report.dossiers) == (8, 2)
        assert report.marks.marks == pc.heads()
        assert verify(served.district) == []


def test_an_empty_district_gets_everything_after_enrolling_anew(new_url: str, pc: CounterPC) -> None:
    pc.deliver_all()
    key = signing.new_key()
    with Served(new_url) as served, pytest.raises(NotEnrolled):
        _sync(served, "QSQ001.02.000000000000", key, pc)
    with Served(new_url) as served:
        code = new_enrol_code(served.district, "QSQ001")
        device = enrol(served.url, enrol_asked(code, key), now).device
        assert _sync(served, device, key, pc).marks.marks == pc.heads()


def test_a_pc_that_lost_its_end_gets_it_back(line: Line, pc: CounterPC) -> None:
    for _ in range(3):
        pc.accept()
    line.sync(pc)
    written = list(pc.events)
    del pc.events[2:]
    assert line.sync(pc).marks.marks == pc.heads()
    assert pc.events == written


def test_a_pc_that_lost_its_end_and_went_on_in_the_old_log_is_told_of_the_fork(
    line: Line, pc: CounterPC
) -> None:
    for _ in range(3):
        pc.accept()
    line.sync(pc)
    del pc.events[1:]
    pc.accept()
    with pytest.raises(LogForked) as forked:
        line.sync(pc)
    assert forked.value.values["detail"] == "QSQ001.02:2"


@pytest.mark.parametrize("further", [0, 2])
def test_a_copy_that_went_its_own_way_is_told_of_the_fork(line: Line, pc: CounterPC, further: int) -> None:
    clone = CounterPC()
    pc.accept()
    line.sync(pc)
    for _ in range(1 + further):
        clone.accept()
    with pytest.raises(LogForked):
        line.sync(clone)
    assert line.sync(pc).marks.marks == pc.heads()


def test_a_log_of_this_counter_that_only_the_district_has_comes_back(
    reached: Reached, line: Line, pc: CounterPC
) -> None:
    other = CounterPC(suffix="~ab12")
    other.accept()
    line.sync(other)
    assert line.sync(pc).marks.marks.keys() == {"QSQ001.02~ab12"}
    assert pc.others["QSQ001.02~ab12"][0] == tuple(other.events)


def test_events_that_come_while_sending_wait_for_the_next_sync(line: Line, pc: CounterPC) -> None:
    pc.accept()

    def tell(progress: Progress) -> None:
        pc.accept()

    report = sync_once(pc, line.wire, now, tell)
    assert report.events == 1
    assert line.sync(pc).events == 2


def test_a_revoked_pc_hears_why(reached: Reached, line: Line, pc: CounterPC) -> None:
    pc.accept()
    revoke(reached.district, "QSQ001", "02", "电脑失窃")
    with pytest.raises(Revoked) as revoked:
        line.sync(pc)
    assert revoked.value.values["detail"] == "电脑失窃"


def test_a_replaced_pc_hears_so(reached: Reached, line: Line, pc: CounterPC) -> None:
    _enrolled(reached)
    with pytest.raises(Replaced):
        line.sync(pc)


def test_a_wrong_code_is_refused(reached: Reached) -> None:
    with pytest.raises(EnrolRefused):
        enrol(_address(reached), enrol_asked("0" * 10, signing.new_key()), now)


def test_enrolling_tells_the_name_and_the_public_address(reached: Reached) -> None:
    code = new_enrol_code(reached.district, "QSQ001")
    told = enrol(_address(reached), enrol_asked(code, signing.new_key()), now)
    assert (told.district, told.public_url) == (reached.district.name, _address(reached))


def test_a_wrong_clock_shows_itself(line: Line, pc: CounterPC, clock: DistrictClock) -> None:
    report = sync_once(pc, line.wire, clock, line.told.append)
    assert report.clock_ahead.total_seconds() == 0
    late = DistrictClock(clock.moment.replace(hour=14))
    assert sync_once(pc, line.wire, late, line.told.append).clock_ahead.total_seconds() == 7200


def test_a_proxy_with_less_room_gets_smaller_messages(pc: CounterPC) -> None:
    for _ in range(16):
        pc.accept()
    with WrongServer.taking_at_most(3, pc) as server:
        line = Line(server.url, "QSQ001.02.000000000000", signing.new_key())
        report = line.sync(pc)
        line.wire.close()
    assert report.marks.marks == pc.heads()
    assert server.sizes == [16, 8, 4, 2, 2, 2, 2, 2, 2, 2, 2]


def test_one_event_that_nobody_takes_is_named(pc: CounterPC) -> None:
    case = pc.accept()
    with WrongServer.taking_at_most(0, pc) as server:
        line = Line(server.url, "QSQ001.02.000000000000", signing.new_key())
        with pytest.raises(MessageTooBig) as too_big:
            line.sync(pc)
        line.wire.close()
    assert too_big.value.values["detail"] == case.number


def test_a_district_that_says_yes_and_keeps_nothing_is_found_out(pc: CounterPC) -> None:
    pc.accept()
    with WrongServer.forgetting() as server:
        line = Line(server.url, "QSQ001.02.000000000000", signing.new_key())
        with pytest.raises(HeadsDisagree) as disagree:
            line.sync(pc)
        line.wire.close()
    assert disagree.value.values["writer"] == pc.writer


def test_a_district_that_holds_something_else_at_the_end_is_found_out(pc: CounterPC) -> None:
    pc.accept()
    with WrongServer.misremembering(pc) as server:
        line = Line(server.url, "QSQ001.02.000000000000", signing.new_key())
        with pytest.raises(HeadsDisagree) as disagree:
            line.sync(pc)
        line.wire.close()
    assert disagree.value.values["theirs"] == f"1+0 {'f' * 12}"


def test_the_wait_grows_from_seconds_to_minutes_and_never_in_step() -> None:
    random = Random(7)
    waits = [[delay(failures, random) for _ in range(200)] for failures in range(1, 12)]
    assert all(SHORTEST <= wait <= LONGEST for row in waits for wait in row)
    means = [sum(row) / len(row) for row in waits]
    assert means[:6] == sorted(means[:6])
    assert min(waits[-1]) >= LONGEST / 2
    assert all(len(set(row)) == 200 for row in waits)
    assert delay(3, Random(1)) == delay(3, Random(1))


def _sync(served: Served, device: str, key: str, pc: CounterPC) -> SyncReport:
    with Wire(served.url, device, key, now) as wire:
        return sync_once(pc, wire, now, lambda progress: None)


def _events(reached: Reached) -> list[Event]:
    return [Event(**line) for line in dump(reached.district) if line.pop("what") == "event"]


def _push_and_hang_up(address: str, line: Line, push: Push) -> None:
    """Sends a push as the wire does, and hangs up at the first byte of the reply."""
    body = msgspec.json.encode(push)
    device, key = line.wire._device, line.wire._key
    signed = signing.sign(key, "POST", "/v1/push", body, device)
    headers = {
        **signed,
        "Host": "district",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    head = "POST /v1/push HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    where = urlsplit(address)
    with socket.create_connection((where.hostname or "", where.port or 0)) as connection:
        connection.sendall(head.encode() + b"\r\n" + body)
        assert connection.recv(1) == b"H"
