"""The line cut after byte k, for every k: of the request of a push, and of its answer."""

import socket
from contextlib import closing
from pathlib import Path

import msgspec

from station_desk.core.clock import now
from station_desk.district.dump import dump
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.verify import verify
from station_desk.main.district import Served
from station_desk.protocol import signing
from station_desk.protocol.messages import VERSION, Push
from station_desk.sync.client import Wire, enrol
from station_desk.sync.run import sync_once
from tests.district.station import CounterPC, enrol_asked

PATIENCE_S = 10.0


def cut_everywhere(folder: Path, every: int = 1) -> list[str]:
    """Pushes one small case after the other, each cut `every` byte further; what did not converge.

    A cut message is followed by a real sync, after which both sides must hold the same, each event once.
    """
    key, bad = signing.new_key(), []
    with Served(str(folder / "district.db")) as served:
        code = new_enrol_code(served.district, "QSQ001")
        device = enrol(served.url, enrol_asked(code, key), now).device
        port = int(served.url.rpartition(":")[2])
        pc = CounterPC()
        with Wire(served.url, device, key, now) as wire:
            request, answer, place = 0, 0, 0
            while place < request + max(answer, 1):
                message = _message(pc, device, key)
                request = len(message)
                heard = _cut(port, message, min(place, request), place - request)
                answer = max(answer, heard)
                marks = sync_once(pc, wire, now, lambda _: None).marks.marks
                if marks != pc.heads():
                    bad.append(f"cut after {place} of {request}")
                place += every
        held = [line for line in dump(served.district) if line["what"] == "event"]
        if len(held) != len(pc.events) or verify(served.district):
            bad.append("the district is not as it was told")
    return bad


def _message(pc: CounterPC, device: str, key: str) -> bytes:
    """The push of a small case, accepted and voided, as it goes over the wire."""
    before = len(pc.events)
    dossier = pc.void(pc.accept("S3"))
    body = msgspec.json.encode(Push(VERSION, tuple(pc.events[before:]), (dossier,)))
    headers = {
        "Host": "district", "Content-Type": "application/json", "Content-Length": str(len(body)),
        **signing.sign(key, "POST", "/v1/push", body, device),
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /v1/push HTTP/1.1\r\n{head}\r\n".encode() + body


def _cut(port: int, message: bytes, up: int, down: int) -> int:
    """Sends so much of the message, hears so much of the answer, hangs up; how long the answer can be."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as connection:
        connection.sendall(message[:up])
        if up < len(message):
            return 0
        heard = b""
        while len(heard) < down and (part := connection.recv(down - len(heard))):
            heard += part
            if b"\r\n\r\n" in heard and heard.endswith(b"}"):
                break
        return len(heard) + (1 if len(heard) == down else 0)
