"""The district knows how each counter stands: what waits there, since when, when all was here last."""

from collections.abc import Iterator

import msgspec
import pytest

from station_desk.core.clock import now, stamp
from station_desk.district.health import CounterHealth, health_of
from station_desk.protocol import signing
from station_desk.protocol.messages import OLDEST, VERSION, Health, Hello, Mark, Marks, Push
from station_desk.sync.client import Wire
from station_desk.sync.run import Progress, Works, sync_once
from station_desk.sync.trouble import VersionRefused
from tests.district.conftest import NOON, DistrictClock, Reached
from tests.district.station import CounterPC, Sender, refused
from tests.district.wrong_server import Answer, WrongServer

LATER = DistrictClock(NOON.replace(hour=14))


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


def _quiet(_now: Progress) -> None:
    pass


def _health(reached: Reached) -> CounterHealth:
    (one,) = health_of(reached.district)
    return one


def test_a_complete_sync_is_known_with_what_the_counter_works_with(
    reached: Reached, wire: Wire, sender: Sender, pc: CounterPC
) -> None:
    pc.deliver_all()
    sync_once(pc, wire, LATER, _quiet, Works("0.1.0", "2026.11"))
    at = stamp(NOON)
    assert _health(reached) == CounterHealth(
        "QSQ001", sender.device, "02", at, at, 0, 0, "", 7200, VERSION, "0.1.0", "2026.11"
    )


def test_what_waits_is_told_before_and_between(
    reached: Reached, clock: DistrictClock, wire: Wire, pc: CounterPC
) -> None:
    sync_once(pc, wire, now, _quiet)
    for _ in range(100):
        pc.finish(pc.accept())
    clock.wait(hours=1)
    seen = []

    def look(_now: Progress) -> None:
        one = _health(reached)
        seen.append((one.events, one.dossiers, one.oldest_at, one.complete_at == stamp(NOON)))

    sync_once(pc, wire, now, look)
    first, after = pc.events[0].at, pc.events[256].at
    assert seen == [
        (400, 100, first, True), (144, 100, after, True), (0, 100, "", True), (0, 0, "", False),
    ]  # fmt: skip
    assert _health(reached).complete_at == stamp(clock.moment)


def test_a_counter_that_only_says_hello_is_heard_and_not_called_complete(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    pc.accept()
    told = Health(pc.heads(), oldest_at=pc.events[0].at)
    assert sender.post("/v1/hello", msgspec.json.encode(Hello(VERSION, (), told))).status_code == 200
    one = _health(reached)
    assert (one.heard_at, one.complete_at, one.events) == (stamp(NOON), "", 1)
    assert one.oldest_at == pc.events[0].at


def test_the_health_of_a_pc_that_was_replaced_is_not_shown(
    reached: Reached, wire: Wire, pc: CounterPC
) -> None:
    sync_once(pc, wire, now, _quiet)
    reached.sender()
    assert health_of(reached.district) == ()


@pytest.mark.parametrize(
    "told",
    [
        Health({}, told_at="yesterday"),
        Health({}, oldest_at="2026-11-20"),
        Health({}, oldest_at="2026-11-20T34:01:00+08:00"),
        Health({}, program="x" * 41),
        Health({}, edition="\0"),
        Health({"QSQ001.02": Mark(dossiers=2**60)}),
        Health({"QSQ001.02": Mark(dossiers=-1)}),
        Health({"QSQ001.03": Mark(dossiers=5)}),
    ],
)
def test_what_no_desk_says_is_left_out_and_holds_nothing_up(
    reached: Reached, sender: Sender, pc: CounterPC, told: Health
) -> None:
    pc.accept()
    assert sender.post("/v1/hello", msgspec.json.encode(Hello(VERSION, (), told))).status_code == 200
    push = Push(VERSION, tuple(pc.events), health=told)
    assert sender.post("/v1/push", msgspec.json.encode(push)).status_code == 200
    one = _health(reached)
    assert (one.events, one.dossiers, one.oldest_at, one.program, one.edition) == (0, 0, "", "", "")


@pytest.mark.parametrize("version", range(OLDEST, VERSION + 1))
def test_older_versions_are_answered(sender: Sender, pc: CounterPC, version: int) -> None:
    pc.deliver_all()
    push = {**msgspec.to_builtins(Push(VERSION, tuple(pc.events), tuple(pc.finished))), "version": version}
    assert sender.post("/v1/push", msgspec.json.encode(push)).status_code == 200
    hello = sender.post("/v1/hello", msgspec.json.encode({"version": version, "writers": []}))
    assert hello.json()["marks"].keys() == {pc.writer}


@pytest.mark.parametrize("version", [OLDEST - 1, VERSION + 1, VERSION + 2])
@pytest.mark.parametrize("extra", [{}, {"of_tomorrow": True}])
def test_a_version_that_is_not_spoken_is_refused_in_one_way(
    reached: Reached, sender: Sender, pc: CounterPC, version: int, extra: dict[str, bool]
) -> None:
    pc.accept()
    events = [msgspec.to_builtins(event) for event in pc.events]
    for path, body in (("/v1/hello", {"writers": []}), ("/v1/push", {"events": events})):
        answer = sender.post(path, msgspec.json.encode({"version": version, **body, **extra}))
        refused(answer, 426, "sync.version_refused")
    assert sender.hello().marks == {}


def test_a_district_of_before_gets_everything_in_its_own_words(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    pc.deliver_all()
    with (
        WrongServer(lambda path, body: _as_before(sender, path, body)) as before,
        Wire(before.url, sender.device, sender.key, now) as wire,
    ):
        report = sync_once(pc, wire, now, _quiet)
    assert report.marks.marks == pc.heads()
    assert health_of(reached.district) == ()


def test_a_district_that_speaks_nothing_of_ours_is_offline_and_nothing_is_lost(pc: CounterPC) -> None:
    pc.accept()
    said = b'{"code":"sync.version_refused","detail":"9","time":""}'
    with (
        WrongServer.answering(Answer(426, "application/json", said)) as server,
        Wire(server.url, "QSQ001.02.000000000000", signing.new_key(), now) as wire,
        pytest.raises(VersionRefused) as refused_,
    ):
        sync_once(pc, wire, now, _quiet)
    assert refused_.value.values["detail"] == "9"
    assert len(pc.events) == 1


def _as_before(sender: Sender, path: str, body: bytes) -> Answer:
    """A district of version 1: it knows no health, and says so as that program did."""
    asked = msgspec.json.decode(body)
    if "health" in asked:
        return Answer(400, "application/json", b'{"code":"sync.message_refused","detail":"","time":""}')
    assert asked["version"] == 1
    answer = sender.post(path, body)
    told = msgspec.structs.replace(msgspec.json.decode(answer.content, type=Marks), accepts=())
    return Answer(answer.status_code, "application/json", msgspec.json.encode(told))
