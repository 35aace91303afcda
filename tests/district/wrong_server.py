"""Servers that are not the district, or not a good one: what may answer at its address on a bad day."""

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import msgspec

from station_desk.cases.event import head_of
from station_desk.protocol.messages import VERSION, Mark, Marks, Push
from tests.district.station import CounterPC

TIME = "2026-11-20T12:00:00+08:00"


@dataclass(frozen=True)
class Answer:
    """What comes back, whatever was asked."""

    status: int
    kind: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class WrongServer:
    """A real HTTP server on a loopback port that says what `answer` says; `asked` counts the bytes it got."""

    def __init__(self, answer: Callable[[str, bytes], Answer], tls: ssl.SSLContext | None = None) -> None:
        self.asked = 0
        self.sizes: list[int] = []
        self._server = _Quiet(("127.0.0.1", 0), _handler(self, answer))
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(0.01))

    @classmethod
    def answering(cls, answer: Answer, tls: ssl.SSLContext | None = None) -> Self:
        return cls(lambda path, body: answer, tls)

    @classmethod
    def taking_at_most(cls, most: int, pc: CounterPC) -> Self:
        """Like a proxy before the district that refuses messages of more than `most` events."""
        held: list[int] = []

        def answer(path: str, body: bytes) -> Answer:
            if path == "/v1/push":
                events = msgspec.json.decode(body, type=Push).events
                server.sizes.append(len(events))
                if len(events) > most:
                    return Answer(413, "text/html", b"<h1>Request Entity Too Large</h1>")
                held.extend(event.seq for event in events)
            marks = {pc.writer: Mark(head_of(pc.events[held[-1] - 1]))} if held else {}
            return _marks(marks)

        server = cls(answer)
        return server

    @classmethod
    def forgetting(cls) -> Self:
        """Says yes to every push and holds nothing."""
        return cls(lambda path, body: _marks({}))

    @classmethod
    def misremembering(cls, pc: CounterPC) -> Self:
        """Holds as many events as it was sent, but says another hash of the last."""

        def answer(path: str, body: bytes) -> Answer:
            head = msgspec.structs.replace(pc.head, hash="f" * 64)
            return _marks({pc.writer: Mark(head)} if path == "/v1/push" else {})

        return cls(answer)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""


def _marks(marks: dict[str, Mark]) -> Answer:
    said = msgspec.json.encode(Marks(VERSION, "epoch", TIME, marks))
    return Answer(200, "application/json", said)


def _handler(server: WrongServer, answer: Callable[[str, bytes], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked += len(body)
            said = answer(self.path, body)
            self.send_response(said.status)
            for name, value in {"Content-Type": said.kind, **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing to say."""

    return Handler
