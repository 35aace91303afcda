"""The district as a program of its own: it starts, answers, tells nothing of residents, ends when told."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from station_desk.cases.trace import new_token
from station_desk.district.database import DatabaseMissing
from station_desk.district.district import open_district, open_existing_district
from station_desk.district.dump import dump
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.verify import verify
from station_desk.main.district import PortTaken, Served, serve
from tests.conftest import ExpectLog
from tests.district.station import CounterPC, enrolled

PROGRAM = """
import sys
from station_desk.main.district import serve
serve(sys.argv[1], "127.0.0.1", 0, "", name="青石区", ready=lambda url: print(url, flush=True))
print("ended", flush=True)
"""


@contextmanager
def _program(place: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server in a process of its own, with its address."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout
        try:
            yield program, program.stdout.readline().strip()
        finally:
            program.kill()


def test_it_answers_and_ends_cleanly_without_a_word_of_what_was_asked(tmp_path: Path) -> None:
    token = new_token()
    with _program(tmp_path / "d.db") as (program, url), httpx2.Client(base_url=url, trust_env=False) as http:
        assert http.get("/healthz").json() == {"ok": True}
        assert http.get(f"/t/{token}").status_code == 404
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
        assert (out, err, program.returncode) == ("ended\n", "", 0)


def test_what_was_acknowledged_is_there_after_it_was_killed(tmp_path: Path, pc: CounterPC) -> None:
    place = tmp_path / "d.db"
    pc.deliver_all()
    with _program(place) as (program, url), httpx2.Client(base_url=url, trust_env=False) as http:
        with closing(open_district(str(place))) as beside:
            code = new_enrol_code(beside, "QSQ001")
        marks = enrolled(http, code).push(pc.events, pc.finished).marks
        program.kill()
        program.wait()
    assert marks == pc.heads()
    with closing(open_district(str(place))) as district:
        assert verify(district) == []
        assert len(list(dump(district))) == len(pc.events) + len(pc.finished)


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            serve(str(tmp_path / "d.db"), "127.0.0.1", port, "", ready=print)
    assert refused.value.values["port"] == port
    assert not (tmp_path / "d.db").exists()


def test_a_served_district_leaves_nothing_running(tmp_path: Path) -> None:
    # The servers of other tests live on beside this one, and let go of idle threads when they like;
    # a worker of ours is told to go when its loop ends, and has gone a moment later.
    before, handles = set(threading.enumerate()), _open_files()
    for _ in range(3):
        with (
            Served(str(tmp_path / "d.db")) as served,
            httpx2.Client(base_url=served.url, trust_env=False) as http,
        ):
            assert http.get("/healthz").status_code == 200
            assert http.get("/t/x").status_code == 404
    for left in set(threading.enumerate()) - before:
        left.join(timeout=10)
        assert not left.is_alive(), left
    assert _open_files() <= handles


def test_a_message_that_is_cut_is_no_fault_of_the_server(tmp_path: Path) -> None:
    with Served(str(tmp_path / "d.db")) as served:
        port = int(served.url.rsplit(":", 1)[1])
        for head in (b"POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{", b"POST /v1/pu"):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(head)
        with httpx2.Client(base_url=served.url, trust_env=False) as http:
            assert http.get("/healthz").status_code == 200


def test_what_is_no_http_is_sent_away(tmp_path: Path, expected_log: ExpectLog) -> None:
    with Served(str(tmp_path / "d.db")) as served:
        port = int(served.url.rsplit(":", 1)[1])
        with (
            expected_log("uvicorn.error", "Invalid HTTP request"),
            socket.create_connection(("127.0.0.1", port)) as connection,
        ):
            connection.sendall(b"\x16\x03\x01 hello\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 400")


def test_looking_into_a_district_that_is_not_there_makes_none(tmp_path: Path, fresh_postgres: str) -> None:
    place = tmp_path / "none.db"
    for address in (str(place), f"sqlite:///{place}", fresh_postgres):
        with pytest.raises(DatabaseMissing):
            open_existing_district(address)
    assert not place.exists()
    open_district(str(place), name="青石区").close()
    with closing(open_existing_district(str(place))) as district:
        assert district.name == "青石区"


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
