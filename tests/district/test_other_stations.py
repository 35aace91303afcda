"""A station sees, writes and learns nothing of another one, by whatever door it asks."""

import msgspec
import pytest

from station_desk.protocol.messages import VERSION, AskKeys, AskTaken, Health, Hello, Mark, Pull, Push
from tests.district.conftest import Reached
from tests.district.station import PERSONAL, CounterPC

THEIRS = "LHL002.01"


def test_no_door_gives_a_station_what_is_of_another(reached: Reached) -> None:
    theirs = CounterPC("LHL002", "01")
    case = theirs.deliver_all()
    reached.sender("LHL002", "01").push(theirs.events, theirs.finished)
    ours = reached.sender()
    asked: dict[str, list[msgspec.Struct]] = {
        "/v1/hello": [
            Hello(VERSION, (THEIRS,)), Hello(VERSION, ()), Hello(VERSION, (), Health({THEIRS: Mark()})),
        ],
        "/v1/push": [Push(VERSION, tuple(theirs.events)), Push(VERSION, (), tuple(theirs.finished))],
        "/v1/pull": [Pull(VERSION, THEIRS, 0, 0), Pull(VERSION, f"{THEIRS}~ab12", 0, 0)],
        "/v1/taken": [AskTaken(VERSION, (case.number,))],
        "/v1/keys": [AskKeys(VERSION, ""), AskKeys(VERSION, "LHL002")],
    }  # fmt: skip
    for door, messages in asked.items():
        for message in messages:
            answer = ours.post(door, msgspec.json.encode(message))
            if answer.status_code == 403:
                assert answer.json()["code"] == "sync.writer_not_ours"
                continue
            assert answer.status_code == 200, door
            assert not [word for word in (case.number, case.token, *PERSONAL) if word in answer.text], door
            assert THEIRS not in answer.json().get("marks", {}), door


@pytest.mark.parametrize("door", ["/v1/hello", "/v1/push", "/v1/pull", "/v1/taken", "/v1/keys", "/v1/rotate"])
def test_no_door_opens_without_a_signature(reached: Reached, door: str) -> None:
    answer = reached.http.post(door, content=b"{}", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "sync.not_enrolled")
