"""The line between the counters and their district, with whatever can happen on a line.

It carries bytes and knows nothing of what they mean. One loop, no threads: so the program may always fork.
"""

import re
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Fault = Literal[
    "none", "refuse", "cut_up", "cut_down", "lose_reply", "replay", "slow", "portal", "kill_server", "kill_pc"
]
LARGEST = 65536
PORTAL = b"<html>Please log in to this network</html>"
PORTAL_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
    len(PORTAL), PORTAL,
)  # fmt: skip
SLOW_PART, SLOW_S, MOST_SLOW_S = 512, 0.001, 0.03
REPLAY_S = 60.0
MOST_RECORDED = 20
PUSH = b"POST /v1/push "
_LENGTH = re.compile(rb"(?is)[^\r\n]+\r\n(?:[^\r\n]+\r\n)*?content-length: ([0-9]+)\r\n(?:[^\r\n]+\r\n)*\r\n")
"""The head of a message with the length of its body."""


@dataclass(slots=True)
class Plan:
    """The fault of one sync, and after how many bytes it strikes: going up, or coming down."""

    fault: Fault = "none"
    up: int = 0
    down: int = 0
    times: int = 1


@dataclass(slots=True)
class _Call:
    """One connection of a counter, and its other half to the district."""

    near: socket.socket
    far: socket.socket | None
    sent: bytearray = field(default_factory=bytearray)

    def close(self) -> None:
        for end in (self.near, self.far):
            if end:
                end.close()


class Line:
    """A door on a loopback port behind which the district lies."""

    def __init__(self, strike: Callable[[Fault], None]) -> None:
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.district: int | None = None
        """The port of the district; None while it does not run."""

        self.recorded: list[bytes] = []
        self.struck = False
        self._strike = strike
        self._calls: list[_Call] = []
        self._said: list[bytes] = []
        self._up = self._down = 0
        self._plan = Plan()
        self._slept = 0.0

    def close(self) -> None:
        self.hang_up()
        self._door.close()

    def hang_up(self) -> None:
        """Ends all calls."""
        for call in self._calls:
            call.close()
        self._calls.clear()

    def begin(self, plan: Plan) -> None:
        """The next sync goes by this plan."""
        self.hang_up()
        self._plan, self._up, self._down, self.struck, self._slept = plan, 0, 0, False, 0.0

    def end(self) -> None:
        """The sync is over: what was said in it may be said again."""
        for call in list(self._calls):
            self._drop(call)
        if self._plan.fault == "replay":
            for said in self._said * self._plan.times:
                self.struck |= self.replay(said)
        self.recorded = [*self.recorded, *self._said][-MOST_RECORDED:]
        self._said.clear()

    def replay(self, said: bytes) -> bool:
        """Says every whole push of that to the district once more, byte for byte; whether there was one."""
        pushes = [one for one in _messages(said) if one.startswith(PUSH)]
        if self.district is None:
            return False
        for push in pushes:
            with socket.create_connection(("127.0.0.1", self.district), timeout=REPLAY_S) as again:
                again.sendall(push)
                heard = again.recv(LARGEST)
                while heard and not _messages(heard):
                    heard += again.recv(LARGEST)
        return bool(pushes)

    def turn(self, beside: socket.socket, patience: float) -> bool:
        """Carries what is there until `beside` has something to say; False when nothing came in time."""
        until = time.monotonic() + patience
        while (left := until - time.monotonic()) > 0:
            ends = [
                self._door,
                beside,
                *(end for call in self._calls for end in (call.near, call.far) if end),
            ]
            ready, _, _ = select.select(ends, [], [], left)
            if self._door in ready:
                self._answer()
            for call in [call for call in self._calls if call.near in ready or call.far in ready]:
                if call.near in ready:
                    self._carry_up(call)
                else:
                    self._carry_down(call)
            if beside in ready or beside.fileno() < 0:
                return True
        return False

    def _answer(self) -> None:
        near, _ = self._door.accept()
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._plan.fault == "refuse" or self.district is None:
            self.struck = True
            near.close()
            return
        try:
            far = socket.create_connection(("127.0.0.1", self.district), timeout=5)
            far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            near.close()
            return
        self._calls.append(_Call(near, far))

    def _carry_up(self, call: _Call) -> None:
        part = _received(call.near)
        if not part or call.far is None:
            self._drop(call)
            return
        limit = self._plan.up if self._plan.fault in ("cut_up", "portal", "kill_server", "kill_pc") else 0
        if limit and self._up + len(part) >= limit:
            self._send(call, call.far, part[: limit - self._up])
            self._strike_now(call)
            return
        self._up += len(part)
        call.sent += part
        self._send(call, call.far, part)

    def _carry_down(self, call: _Call) -> None:
        part = _received(call.far) if call.far else b""
        if not part:
            self._drop(call)
            return
        limit = self._plan.down if self._plan.fault in ("cut_down", "kill_server", "kill_pc") else 0
        if self._plan.fault == "lose_reply" and self._up >= self._plan.up:
            self._strike_now(call)
            return
        if limit and self._down + len(part) >= limit:
            self._send(call, call.near, part[: limit - self._down])
            self._strike_now(call)
            return
        self._down += len(part)
        self._send(call, call.near, part)

    def _send(self, call: _Call, end: socket.socket, part: bytes) -> None:
        try:
            if self._plan.fault != "slow":
                end.sendall(part)
                return
            for at in range(0, len(part), SLOW_PART):
                end.sendall(part[at : at + SLOW_PART])
                if self._slept < MOST_SLOW_S:
                    self._slept += SLOW_S
                    self.struck = True
                    time.sleep(SLOW_S)
        except OSError:
            self._drop(call)

    def _strike_now(self, call: _Call) -> None:
        if self.struck:
            self._drop(call)
            return
        self.struck = True
        if self._plan.fault == "portal":
            self._send(call, call.near, PORTAL_ANSWER)
        self._strike(self._plan.fault)
        self._drop(call)

    def _drop(self, call: _Call) -> None:
        if call in self._calls:
            self._calls.remove(call)
            if call.sent:
                self._said.append(bytes(call.sent))
        call.close()


def _messages(said: bytes) -> list[bytes]:
    """The whole messages (RFC 9112) of one direction of a call; what was cut off at the end is none."""
    found = []
    while length := _LENGTH.match(said):
        size = length.end() + int(length[1])
        if len(said) < size:
            break
        found.append(said[:size])
        said = said[size:]
    return found


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(LARGEST)
    except OSError:
        return b""
