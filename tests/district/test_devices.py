"""How a counter PC comes to be known and proves itself, however the district is reached."""

import httpx2
import msgspec
import pytest

from station_desk.cases.event import head_of
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.protocol import signing
from station_desk.protocol.messages import VERSION, Enrol, Hello, Mark, Push
from tests.district.conftest import DistrictClock, Reached
from tests.district.station import JSON, CounterPC, Sender, enrol_asked, refused


class KnownDeviceStory:
    """The promises; the subclasses say how the district is reached."""

    @pytest.fixture
    def sender(self, reached: Reached) -> Sender:
        return reached.sender()

    def test_every_changed_signature_is_refused_alike(self, sender: Sender, pc: CounterPC) -> None:
        pc.accept()
        body = msgspec.json.encode(Push(VERSION, tuple(pc.events)))
        answers = {
            (answer.status_code, _without_time(answer))
            for path, headers, sent in _mutations(sender, "/v1/push", body)
            for answer in [sender.http.post(path, content=sent, headers={**JSON, **headers})]
        }
        assert answers == {(401, b'{"code":"sync.not_enrolled","detail":""}')}
        assert sender.hello().marks == {}

    def test_an_unknown_device_cannot_be_told_from_a_wrong_signature(self, sender: Sender) -> None:
        body = msgspec.json.encode(Hello(VERSION, ()))
        unknown = Sender(sender.http, sender.key, "QSQ001.02.000000000000").post("/v1/hello", body)
        wrong = Sender(sender.http, signing.new_key(), sender.device).post("/v1/hello", body)
        none = sender.http.post("/v1/hello", content=body, headers=JSON)
        assert {answer.status_code for answer in (unknown, wrong, none)} == {401}
        assert len({_without_time(answer) for answer in (unknown, wrong, none)}) == 1

    def test_a_revoked_device_is_told_so_and_nothing_of_it_is_taken(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        pc.accept()
        pc.accept()
        sender.push(pc.events[:1])
        revoke(reached.district, "QSQ001", "02", "电脑失窃")
        answer = sender.try_push(pc.events[1:])
        refused(answer, 401, "sync.revoked")
        assert answer.json()["detail"] == "电脑失窃"
        again = reached.sender()
        assert again.hello().marks == {pc.writer: Mark(head_of(pc.events[0]))}
        assert again.push(pc.events[1:]).marks == pc.heads()

    def test_a_counter_that_enrols_again_retires_its_old_key(self, reached: Reached, sender: Sender) -> None:
        anew = reached.sender()
        assert anew.hello().marks == {}
        refused(sender.try_push([]), 401, "sync.replaced")

    def test_every_wrong_way_to_enrol_is_refused_alike(self, reached: Reached, clock: DistrictClock) -> None:
        old = new_enrol_code(reached.district, "QSQ001")
        clock.wait(hours=24)
        used = new_enrol_code(reached.district, "QSQ002")
        asked = [
            enrol_asked(used, signing.new_key(), "QSQ002"),
            enrol_asked(used, signing.new_key(), "QSQ002"),  # used
            enrol_asked(old, signing.new_key()),  # expired
            enrol_asked("0" * 10, signing.new_key(), "QSQ003"),  # never given out
            enrol_asked(new_enrol_code(reached.district, "QSQ004"), signing.new_key()),  # another station's
        ]
        first, *others = [_enrol(reached.http, each) for each in asked]
        assert first.status_code == 200
        assert [answer.status_code for answer in others] == [403] * 4
        assert {_without_time(answer) for answer in others} == {b'{"code":"sync.enrol_refused","detail":""}'}

    def test_the_sixth_try_is_too_late_even_with_the_right_code(self, reached: Reached) -> None:
        code = new_enrol_code(reached.district, "QSQ001")
        tries = ["0000000000"] * 5 + [code]
        answers = [_enrol(reached.http, enrol_asked(each, signing.new_key())) for each in tries]
        assert [answer.status_code for answer in answers] == [403] * 6
        assert len({_without_time(answer) for answer in answers}) == 1

    def test_a_code_may_be_typed_as_people_do(self, reached: Reached) -> None:
        code = new_enrol_code(reached.district, "QSQ001").lower()
        typed = f"{code[:5]}-{code[5:]}".replace("0", "o").replace("1", "l")
        assert _enrol(reached.http, enrol_asked(typed, signing.new_key())).status_code == 200

    @pytest.mark.parametrize(
        "change",
        [
            {"station": "qsq001"},
            {"counter": "2"},
            {"public_key": "00"},
            {"station_name": " "},
            {"phone": "\0"},
        ],
    )
    def test_an_enrolment_without_sense_uses_up_no_try(
        self, reached: Reached, change: dict[str, str]
    ) -> None:
        code = new_enrol_code(reached.district, "QSQ001")
        asked = enrol_asked(code, signing.new_key())
        refused(_enrol(reached.http, msgspec.structs.replace(asked, **change)), 400, "sync.message_refused")
        assert _enrol(reached.http, asked).status_code == 200


class TestInProcess(KnownDeviceStory):
    @pytest.fixture
    def reached(self, in_process: Reached) -> Reached:
        return in_process


class TestOverLoopback(KnownDeviceStory):
    @pytest.fixture
    def reached(self, over_loopback: Reached) -> Reached:
        return over_loopback


def _enrol(http: httpx2.Client, asked: Enrol) -> httpx2.Response:
    return http.post("/v1/enroll", content=msgspec.json.encode(asked), headers=JSON)


def _without_time(answer: httpx2.Response) -> bytes:
    said = answer.json()
    del said["time"]
    return msgspec.json.encode(said)


def _mutations(sender: Sender, path: str, body: bytes) -> list[tuple[str, dict[str, str], bytes]]:
    """Every character of every signature header changed, some bits of the body, the path, the device."""
    signed = signing.sign(sender.key, "POST", path, body, sender.device)
    changed = [
        (path, {**signed, name: value[:at] + ("A" if value[at] != "A" else "B") + value[at + 1 :]}, body)
        for name, value in signed.items()
        for at in range(len(value))
    ]
    changed += [
        (path, signed, body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]) for at in range(0, len(body), 97)
    ]
    changed += [("/v1/hello", signed, body), (path, signed, body + b" "), (path, signed, b"")]
    changed += [(path, {k: v for k, v in signed.items() if k != name}, body) for name in signed]
    assert len(changed) >= 200
    return changed
