"""A printer's end of the wire: a listening socket that behaves as a test says, and keeps what it got."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE_S = 10.0
Behaviour = Callable[[socket.socket, bytearray], None]


@dataclass
class Wire:
    """Where it listens, and what each call brought."""

    port: int
    got: list[bytearray] = field(default_factory=list)
    ended: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Let go once for each call that is over: who sends may be done before all of it was read here."""

    def take(self, send: Callable[[], object]) -> bytes:
        """What the one call brings that `send` makes, to its last byte."""
        while self.ended.acquire(blocking=False):
            pass
        send()
        assert self.ended.acquire(timeout=PATIENCE_S), "the call did not end"
        return bytes(self.got[-1])


@contextmanager
def listening(behave: Behaviour, buffer: int = 0) -> Iterator[Wire]:
    """A socket that answers each call as `behave` says, in turn; ends with the block."""
    with socket.socket() as server:
        if buffer:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.05)
        wire = Wire(server.getsockname()[1])
        ended = threading.Event()
        thread = threading.Thread(target=_serve, args=(server, wire, behave, ended), daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            ended.set()
            thread.join(PATIENCE_S)


def _serve(server: socket.socket, wire: Wire, behave: Behaviour, ended: threading.Event) -> None:
    while not ended.is_set():
        with contextlib.suppress(TimeoutError):
            line, _ = server.accept()
            with line:
                line.settimeout(PATIENCE_S)
                wire.got.append(bytearray())
                with contextlib.suppress(OSError):
                    behave(line, wire.got[-1])
            wire.ended.release()


def prints_all(line: socket.socket, got: bytearray) -> None:
    """Takes everything and says nothing, as a printer of pages does on this port."""
    while piece := line.recv(65536):
        got += piece


def answering(answer: bytes, question: bytes = b"\x1dr\x01") -> Behaviour:
    """Takes everything up to the question and answers it."""

    def behave(line: socket.socket, got: bytearray) -> None:
        while not got.endswith(question) and (piece := line.recv(65536)):
            got += piece
        line.sendall(answer)
        prints_all(line, got)

    return behave


def vanishing(after: int) -> Behaviour:
    """Is gone after so many bytes, as when somebody pulls its plug."""

    def behave(line: socket.socket, got: bytearray) -> None:
        while len(got) < after and (piece := line.recv(min(512, after - len(got)))):
            got += piece
        # With these options closing tells the other side at once that nobody is there any more.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return behave


def silent_until(ended: threading.Event) -> Behaviour:
    """Takes the call and then nothing."""

    def behave(_line: socket.socket, _got: bytearray) -> None:
        ended.wait(PATIENCE_S)

    return behave


def closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
