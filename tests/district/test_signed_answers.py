"""What the district says is signed: nobody on the way makes up an acknowledgement or repeats an old one."""

from random import Random

import httpx2
import msgspec
import pytest

from station_desk.core.clock import now
from station_desk.district.enrolment import revoke
from station_desk.protocol import signing
from station_desk.protocol.messages import MEDIA_TYPE, VERSION, Hello
from station_desk.sync.client import Wire
from station_desk.sync.run import sync_once
from station_desk.sync.trouble import MessageTooBig, NotTheDistrict
from tests.district.conftest import Reached
from tests.district.station import JSON, CounterPC, Sender
from tests.district.wrong_server import Answer, WrongServer

HELLO = msgspec.json.encode(Hello(VERSION, ()))


def asked(reached: Reached, sender: Sender, path: str, body: bytes) -> tuple[dict[str, str], httpx2.Response]:
    headers = signing.sign(sender.key, "POST", path, body, sender.device)
    return headers, reached.http.post(path, content=body, headers={**JSON, **headers})


def verified(reached: Reached, headers: dict[str, str], answer: httpx2.Response) -> None:
    public = reached.district.identity.public.sign
    signing.verify_reply(public, answer.status_code, answer.headers, answer.content, headers)


def test_every_answer_of_the_doors_is_signed_refusals_too(over_loopback: Reached, pc: CounterPC) -> None:
    sender = over_loopback.sender()
    pc.accept()
    answers = {
        200: asked(over_loopback, sender, "/v1/hello", HELLO),
        400: asked(over_loopback, sender, "/v1/push", b"{"),
        404: asked(over_loopback, sender, "/v1/no-such-door", HELLO),
        413: asked(over_loopback, sender, "/v1/push", b" " * (1024 * 1024 + 1)),
        426: asked(over_loopback, sender, "/v1/hello", msgspec.json.encode(Hello(99, ()))),
    }
    revoke(over_loopback.district, "QSQ001", "02", "lost")
    answers[401] = asked(over_loopback, sender, "/v1/hello", HELLO)
    for status, (headers, answer) in answers.items():
        assert answer.status_code == status
        verified(over_loopback, headers, answer)


def test_an_answer_holds_for_its_request_only_and_unchanged(over_loopback: Reached) -> None:
    sender = over_loopback.sender()
    headers, answer = asked(over_loopback, sender, "/v1/hello", HELLO)
    other, _ = asked(over_loopback, sender, "/v1/hello", HELLO)
    public = over_loopback.district.identity.public.sign
    given = dict(answer.headers)
    random = Random(1)

    def refused(status: int, told: dict[str, str], body: bytes, request: dict[str, str]) -> None:
        with pytest.raises(signing.SignatureRefused):
            signing.verify_reply(public, status, told, body, request)

    verified(over_loopback, headers, answer)
    refused(200, given, answer.content, other)
    refused(201, given, answer.content, headers)
    for _ in range(200):
        body = bytearray(answer.content)
        body[random.randrange(len(body))] ^= 1 << random.randrange(8)
        refused(200, given, bytes(body), headers)
    for name in signing.HEADERS:
        refused(200, {**given, name: ""}, answer.content, headers)
        refused(200, {**given, name: given[name][:-2] + "A="}, answer.content, headers)


def test_the_desk_believes_the_district(over_loopback: Reached, pc: CounterPC) -> None:
    sender = over_loopback.sender()
    pc.deliver_all()
    address = str(over_loopback.http.base_url).rstrip("/")
    key = over_loopback.district.identity.public.sign
    with Wire(address, sender.device, sender.key, now, district_key=key) as wire:
        assert sync_once(pc, wire, now, lambda _: None).marks.marks == pc.heads()


@pytest.mark.parametrize("how", ["made up", "changed", "given again", "made-up refusal"])
def test_the_desk_believes_nobody_in_between(over_loopback: Reached, pc: CounterPC, how: str) -> None:
    """A gateway that opens the TLS of the office could say that all has arrived."""
    sender = over_loopback.sender()
    pc.deliver_all()
    _, old = asked(over_loopback, sender, "/v1/hello", HELLO)
    told = {name: old.headers[name] for name in signing.HEADERS}
    lie = msgspec.json.encode({**old.json(), "marks": pc.heads()})
    answer = {
        "made up": Answer(200, MEDIA_TYPE, lie),
        "changed": Answer(200, MEDIA_TYPE, lie, told),
        "given again": Answer(200, MEDIA_TYPE, old.content, told),
        "made-up refusal": Answer(401, MEDIA_TYPE, b'{"code":"sync.revoked","detail":"gone"}'),
    }[how]
    key = over_loopback.district.identity.public.sign
    with WrongServer.answering(answer) as gateway:
        with Wire(gateway.url, sender.device, sender.key, now, district_key=key) as wire:
            with pytest.raises(NotTheDistrict):
                sync_once(pc, wire, now, lambda _: None)
            assert pc.noted == []
        if how == "made up":
            # A desk that does not know the key yet has only TLS to go by: so it is told the key at enrolment.
            with Wire(gateway.url, sender.device, sender.key, now) as wire:
                assert sync_once(pc, wire, now, lambda _: None).marks.marks == pc.heads()


def test_a_proxy_that_finds_a_message_too_big_is_heard(over_loopback: Reached) -> None:
    key = over_loopback.district.identity.public.sign
    with (
        WrongServer.answering(Answer(413, "text/html", b"<h1>too large</h1>")) as proxy,
        Wire(proxy.url, "QSQ001.02.000000000000", signing.new_key(), now, district_key=key) as wire,
        pytest.raises(MessageTooBig),
    ):
        wire.hello(Hello(VERSION, ()))
