"""Requests that somebody altered on the way, or signed for another: nothing of them may count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import httpx2
import msgspec

from station_desk.protocol import signing
from station_desk.protocol.messages import VERSION, Push
from tests.district.station import JSON, CounterPC, Sender

PRINTABLE = "".join(chr(code) for code in range(33, 127))
DOORS = ("/v1/hello", "/v1/push", "/v1/pull", "/v1/taken", "/v1/keys", "/v1/rotate")


@dataclass(frozen=True, slots=True)
class Request:
    """What goes over the wire."""

    path: str
    headers: Mapping[str, str]
    body: bytes


def send_forged(sender: Sender, other: Sender, count: int, dice: Random) -> Counter[tuple[str, int]]:
    """Sends so many altered requests; how often each kind got each status.

    In between a right one must pass, so that no refusal is one of the sender or of its haste.
    """
    told: Counter[tuple[str, int]] = Counter()
    pc = CounterPC()
    pc.deliver_all()
    body = msgspec.json.encode(Push(VERSION, tuple(pc.events)))
    kinds = sorted(FORGERIES)
    for turn in range(count):
        kind = kinds[turn % len(kinds)]
        right = Request("/v1/push", signing.sign(sender.key, "POST", "/v1/push", body, sender.device), body)
        wrong = FORGERIES[kind](right, sender, other, dice)
        assert wrong != right, kind
        told[kind, _status(sender.http, wrong)] += 1
        if turn % 100 == 99:
            told["right", sender.post("/v1/hello", HELLO).status_code] += 1
    held = sender.hello().marks
    told["nothing held", 200 if not held else 0] += 1
    return told


HELLO = msgspec.json.encode({"version": VERSION, "writers": []})


def _status(http: httpx2.Client, request: Request) -> int:
    headers = {**JSON, **request.headers}
    return http.post(request.path, content=request.body, headers=headers).status_code


def _other_character(text: str, dice: Random) -> str:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice(PRINTABLE.replace(text[at], "")) + text[at + 1 :]


def _with(right: Request, name: str, value: str) -> Request:
    return Request(right.path, {**right.headers, name: value}, right.body)


def _header(right: Request, _sender: Sender, _other: Sender, dice: Random) -> Request:
    name = dice.choice(sorted(right.headers))
    return _with(right, name, _other_character(right.headers[name], dice))


def _left_out(right: Request, _sender: Sender, _other: Sender, dice: Random) -> Request:
    gone = dice.choice(sorted(right.headers))
    return Request(right.path, {n: v for n, v in right.headers.items() if n != gone}, right.body)


def _body(right: Request, _sender: Sender, _other: Sender, dice: Random) -> Request:
    at = dice.randrange(len(right.body))
    changed = bytes([right.body[at] ^ (1 << dice.randrange(8))])
    return Request(right.path, right.headers, right.body[:at] + changed + right.body[at + 1 :])


def _length(right: Request, _sender: Sender, _other: Sender, dice: Random) -> Request:
    end = dice.randrange(len(right.body))
    return Request(right.path, right.headers, dice.choice((right.body[:end], right.body + b" ")))


def _door(right: Request, _sender: Sender, _other: Sender, dice: Random) -> Request:
    return Request(dice.choice([door for door in DOORS if door != right.path]), right.headers, right.body)


def _method(right: Request, sender: Sender, _other: Sender, dice: Random) -> Request:
    method = dice.choice(("GET", "PUT", "post", "PATCH"))
    return Request(
        right.path, signing.sign(sender.key, method, right.path, right.body, sender.device), right.body
    )


def _name_of_another(right: Request, sender: Sender, other: Sender, dice: Random) -> Request:
    """Our key under the name of another device, or its key under ours."""
    key, name = dice.choice(((sender.key, other.device), (other.key, sender.device)))
    return Request(right.path, signing.sign(key, "POST", right.path, right.body, name), right.body)


def _renamed(right: Request, sender: Sender, other: Sender, _dice: Random) -> Request:
    asked = right.headers["signature-input"].replace(sender.device, other.device)
    return _with(right, "signature-input", asked)


def _log_of_another(right: Request, _sender: Sender, _other: Sender, dice: Random) -> Request:
    writer = f"QSQ001.{dice.randrange(3, 99):02d}".encode()
    return Request(right.path, right.headers, right.body.replace(b"QSQ001.02", writer))


def _of_another_request(right: Request, sender: Sender, _other: Sender, dice: Random) -> Request:
    name = dice.choice(("content-digest", "signature"))
    elsewhere = signing.sign(sender.key, "POST", right.path, HELLO, sender.device)
    return _with(right, name, elsewhere[name])


FORGERIES = {
    "a character of a header": _header,
    "a header left out": _left_out,
    "a bit of the body": _body,
    "the length of the body": _length,
    "another door": _door,
    "another method": _method,
    "key of another device": _name_of_another,
    "name of another device": _renamed,
    "log of another counter": _log_of_another,
    "header of another request": _of_another_request,
}
