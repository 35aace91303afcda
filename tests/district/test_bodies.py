"""Bodies of every size and shape: answered by a refusal, and never held in memory."""

import gzip
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import msgspec
import pytest

from station_desk.core.clock import now
from station_desk.protocol import packing, signing
from station_desk.protocol.messages import MOST_BYTES, VERSION, Hello, Marks, Push
from station_desk.sync.client import Wire
from station_desk.sync.run import sync_once
from tests.district.conftest import Reached
from tests.district.station import JSON, CounterPC, Sender, enrolled

MB = 1024 * 1024
GROWTH = 50 * MB
PACKED = {**JSON, "Content-Encoding": "gzip"}


def sent(sender: Sender, body: bytes, headers: dict[str, str], path: str = "/v1/push") -> httpx2.Response:
    signed = signing.sign(sender.key, "POST", path, body, sender.device)
    return sender.http.post(path, content=body, headers={**headers, **signed})


def filled(pc: CounterPC, size: int) -> bytes:
    """A push that is exactly so many bytes long; JSON may end in spaces."""
    return msgspec.json.encode(Push(VERSION, tuple(pc.events))).ljust(size)


def test_what_is_packed_is_taken_like_what_is_not(over_loopback: Reached, pc: CounterPC) -> None:
    sender = over_loopback.sender()
    pc.deliver_all()
    answer = sent(sender, packing.packed(filled(pc, 0)), PACKED)
    assert answer.status_code == 200
    assert msgspec.json.decode(answer.content, type=Marks).marks[pc.writer].head == pc.head


def test_the_desk_packs_where_the_district_unpacks(over_loopback: Reached, pc: CounterPC) -> None:
    sender = over_loopback.sender()
    assert sender.hello().accepts == ("gzip",)
    while len(pc.events) < 300:
        pc.deliver_all()
    address = str(over_loopback.http.base_url).rstrip("/")
    sizes: list[int] = []
    with Wire(address, sender.device, sender.key, now) as wire:
        wire._line.client.event_hooks = {"request": [lambda request: sizes.append(len(request.content))]}
        assert sync_once(pc, wire, now, lambda _: None).marks.marks == pc.heads()
    plain = len(msgspec.json.encode(Push(VERSION, tuple(pc.events), tuple(pc.finished))))
    print(f"{sum(sizes)} bytes on the wire for {plain} of messages")
    assert sum(sizes) < plain / 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (gzip.compress(b" " * (MOST_BYTES + 1)), 413),
        (gzip.compress(b"\0" * (64 * MB), 9), 413),
        (gzip.compress(b"{}") + b"more", 400),
        (gzip.compress(b"{}") + gzip.compress(b"{}"), 400),
        (gzip.compress(b"{}")[:-4], 400),
        (b"{}", 400),
        (b"", 400),
        (gzip.compress(b"[" * 100_000), 400),
        (gzip.compress(b"\xff\xfe"), 400),
    ],
    ids=["one too much", "bomb", "tail", "two", "cut", "not packed", "empty", "deep", "no text"],
)
def test_what_is_packed_wrongly_is_refused(over_loopback: Reached, body: bytes, status: int) -> None:
    assert sent(over_loopback.sender(), body, PACKED).status_code == status


def test_another_coding_is_refused(over_loopback: Reached) -> None:
    sender = over_loopback.sender()
    assert sent(sender, b"{}", {**JSON, "Content-Encoding": "br"}).status_code == 415


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[httpx2.Client, int, str]]:
    """A district in a process of its own, so that its memory can be watched; with a code to enrol by."""
    database = str(tmp_path / "district.db")
    desk = [sys.executable, "-m", "station_desk", "--json"]
    made = subprocess.run(
        [*desk, "district", "enroll-code", "--db", database, "--station", "QSQ001"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    with subprocess.Popen(
        [*desk, "district", "serve", "--db", database, "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            url = json.loads(server.stdout.readline())["url"]
            with httpx2.Client(base_url=url, transport=httpx2.HTTPTransport(), timeout=60) as http:
                yield http, server.pid, json.loads(made.stdout)["code"]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


def most_held(pid: int) -> int:
    """The most memory the process ever had, in bytes."""
    (line,) = [
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")
    ]
    return int(line.split()[1]) * 1024


@pytest.mark.long
def test_no_body_of_any_size_fills_the_memory(served: tuple[httpx2.Client, int, str], pc: CounterPC) -> None:
    http, pid, code = served
    sender = enrolled(http, code)
    pc.deliver_all()
    assert sent(sender, msgspec.json.encode(Hello(VERSION, ())), JSON, "/v1/hello").status_code == 200
    before = most_held(pid)
    bodies = {
        "1 MiB - 1": (filled(pc, MOST_BYTES - 1), JSON, 200),
        "1 MiB": (filled(pc, MOST_BYTES), JSON, 200),
        "1 MiB + 1": (filled(pc, MOST_BYTES + 1), JSON, 413),
        "50 MiB": (b" " * (50 * MB), JSON, 413),
        "1:1000": (gzip.compress(b"\0" * (200 * MB), 9), PACKED, 413),
        "depth 10^5": (b"[" * 100_000, JSON, 400),
        "depth 10^5 in a push": (b'{"version":1,"events":' + b"[" * 100_000, JSON, 400),
    }
    for name, (body, headers, status) in bodies.items():
        assert sent(sender, body, headers).status_code == status, name
    grown = most_held(pid) - before
    print(f"memory grew by {grown / MB:.1f} MB (limit 50)")
    assert grown < GROWTH
    assert http.get("/healthz").status_code == 200
