"""A station sees, writes and learns nothing of another one, by whatever door it asks."""

from collections.abc import Iterator

import httpx2
import msgspec
import pytest

from station_desk.cases.station_told import StationToldPublic
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.station_said import Saying, say
from station_desk.protocol import signing
from station_desk.protocol.editions import AskEditions, AskPiece, Took
from station_desk.protocol.messages import (
    VERSION,
    AskCallBacks,
    AskKeys,
    AskTaken,
    Dossier,
    DossierPart,
    Health,
    Hello,
    Mark,
    Pull,
    Push,
    Rotate,
)
from station_desk.protocol.station_said import NEVER_SET, AskStation
from tests.district.conftest import NOON, Reached
from tests.district.station import JSON, PERSONAL, CounterPC, Sender, enrol_asked

THEIRS = "LHL002.01"


def test_no_door_gives_a_station_what_is_of_another(reached: Reached) -> None:
    theirs = CounterPC("LHL002", "01")
    case = theirs.deliver_all()
    reached.sender("LHL002", "01").push(theirs.events, theirs.finished)
    said = Saying("LHL002", StationToldPublic("", PERSONAL[0]), NEVER_SET, "wang")
    reached.district.write(lambda connection: say(connection, said, NOON))
    ours = reached.sender()
    asked: dict[str, list[msgspec.Struct]] = {
        "/v1/hello": [
            Hello(VERSION, (THEIRS,)), Hello(VERSION, ()), Hello(VERSION, (), Health({THEIRS: Mark()})),
        ],
        "/v1/push": [
            Push(VERSION, tuple(theirs.events)), Push(VERSION, (), tuple(theirs.finished)),
            Push(VERSION, (), (Dossier("QSQ001.02", 1, case.number, (DossierPart(1, "", "00", THEIRS),)),)),
        ],
        "/v1/pull": [Pull(VERSION, THEIRS, 0, 0), Pull(VERSION, f"{THEIRS}~ab12", 0, 0)],
        "/v1/taken": [AskTaken(VERSION, (case.number,))],
        "/v1/keys": [AskKeys(VERSION, ""), AskKeys(VERSION, "LHL002")],
        "/v1/call-backs": [AskCallBacks(VERSION)],
        "/v1/station": [AskStation(VERSION)],
        "/v1/editions": [AskEditions(VERSION, (Took("2026.12"),))],
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


@pytest.mark.long
def test_no_route_of_the_description_gives_a_station_what_is_of_another(reached: Reached) -> None:
    """Every path and method of `/openapi.json`, asked with every name known of another station."""
    theirs = CounterPC("LHL002", "01")
    case = theirs.deliver_all()
    of_theirs = reached.sender("LHL002", "01")
    of_theirs.push(theirs.events, theirs.finished)
    ours = reached.sender()
    names = ("LHL002", THEIRS, case.number, of_theirs.device, theirs.head.hash)
    secrets = (case.token, *PERSONAL)
    paths = reached.http.get("/openapi.json").json()["paths"]
    asked = set()
    for path, methods in paths.items():
        for method in sorted(methods.keys() & {"get", "post", "put", "delete", "patch"}):
            for name in names:
                for body in _bodies(path, name, reached, signing.new_key()):
                    answer = _asked(ours, method.upper(), _filled(path, methods[method], name), body)
                    told = answer.status_code, path, name
                    assert answer.status_code < 500, told
                    assert not [word for word in secrets if word in answer.text], told
            asked.add((method, path))
    assert len(asked) >= 25
    assert reached.http.get(f"/t/{case.token}").status_code == 200, "the control"


def _filled(path: str, said: dict[str, list[dict[str, str]]], name: str) -> str:
    """The path with the name wherever something may be named."""
    given = said.get("parameters", [])
    for one in given:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", name)
    query = [f"{one['name']}={name}" for one in given if one["in"] == "query" and one["name"] != "lang"]
    return f"{path}?{'&'.join(query)}" if query else path


def _bodies(path: str, name: str, reached: Reached, key: str) -> Iterator[bytes]:
    match path:
        case "/v1/enroll":
            for code in (new_enrol_code(reached.district, "QSQ001"), name):
                yield msgspec.json.encode(enrol_asked(code, key, "LHL002", "01"))
        case "/v1/rotate":
            yield msgspec.json.encode(Rotate(VERSION, signing.public_key_of(key), name))
        case "/v1/hello":
            yield msgspec.json.encode(Hello(VERSION, (name,)))
        case "/v1/pull":
            yield msgspec.json.encode(Pull(VERSION, name, 0, 0))
        case "/v1/taken":
            yield msgspec.json.encode(AskTaken(VERSION, (name,)))
        case "/v1/keys":
            yield msgspec.json.encode(AskKeys(VERSION, name))
        case "/v1/call-backs":
            yield msgspec.json.encode(AskCallBacks(VERSION))
        case "/v1/station":
            yield msgspec.json.encode(AskStation(VERSION))
        case "/v1/editions":
            yield msgspec.json.encode(AskEditions(VERSION, (Took(name), Took("2026.12", name))))
        case "/v1/edition":
            yield msgspec.json.encode(AskPiece(VERSION, name, 0))
        case _:
            yield b""


def _asked(ours: Sender, method: str, path: str, body: bytes) -> httpx2.Response:
    signed = signing.sign(ours.key, method, path.partition("?")[0], body, ours.device)
    return ours.http.request(method, path, content=body, headers={**JSON, **signed}, follow_redirects=True)


DOORS = (
    "hello", "push", "pull", "taken", "keys", "rotate", "call-backs", "editions", "edition", "station",
)  # fmt: skip


@pytest.mark.parametrize("door", [f"/v1/{name}" for name in DOORS])
def test_no_door_opens_without_a_signature(reached: Reached, door: str) -> None:
    answer = reached.http.post(door, content=b"{}", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "sync.not_enrolled")
