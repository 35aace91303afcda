"""A real window on a real screen of its own, and the bus over which a screen reader reads it (AT-SPI 2)."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

DESK = str(Path(sys.executable).with_name("station-desk"))
PATIENCE_S = 60.0
ROOT = "/org/a11y/atspi/accessible/root"
SHOWING = 25
"""The number of the state by which AT-SPI says that something is on the screen."""


@dataclass(frozen=True)
class Spoken:
    """What a screen reader knows of one thing in the window, and of what stands in it."""

    bus: str
    path: str
    role: str
    name: str
    showing: bool
    parts: list["Spoken"] = field(default_factory=list)

    def all(self) -> Iterator["Spoken"]:
        """This and everything in it."""
        yield self
        for part in self.parts:
            yield from part.all()

    def named(self, role: str) -> list[str]:
        """The names of everything on the screen that has this role."""
        return [one.name for one in self.all() if one.role == role and one.showing]


class GoneMeanwhile(Exception):
    """What was asked for is in the window no more."""


class Reader:
    """Reads the program that is joined to a bus, as a screen reader does."""

    def __init__(self, ask: "Ask") -> None:
        self._asks = ask

    def read(self) -> Spoken | None:
        """Everything the program says now; None while it has not joined, or changes under the reader."""
        try:
            programs = self._ask("org.a11y.atspi.Registry", ROOT, "Accessible", "GetChildren")
            return self._spoken(*programs[0]) if programs else None
        except GoneMeanwhile:
            return None

    def press(self, thing: Spoken) -> None:
        """Does what the thing does first: a button is pressed."""
        self._ask(thing.bus, thing.path, "Action", "DoAction", "i", 0)

    def _spoken(self, bus: str, path: str) -> Spoken:
        asked = ("ss", "org.a11y.atspi.Accessible", "Name")
        name = self._asks(bus, path, "org.freedesktop.DBus.Properties", "Get", *asked).value
        low, _high = self._ask(bus, path, "Accessible", "GetState")
        role = self._ask(bus, path, "Accessible", "GetRoleName")
        parts = [self._spoken(*part) for part in self._ask(bus, path, "Accessible", "GetChildren")]
        return Spoken(bus, path, role, name, bool(low >> SHOWING & 1), parts)

    def _ask(self, bus: str, path: str, interface: str, method: str, *said: Any) -> Any:
        return self._asks(bus, path, f"org.a11y.atspi.{interface}", method, *said)


class Ask:
    """Calls methods over a bus, one after the other."""

    def __init__(self, runner: asyncio.Runner, address: str) -> None:
        self._runner = runner
        self._bus = runner.run(_joined(address))

    def __call__(
        self, bus: str, path: str, interface: str, method: str, signature: str = "", *said: Any
    ) -> Any:
        """What the method answers first."""
        message = Message(bus, path, interface, method, signature=signature, body=list(said))
        reply = self._runner.run(asyncio.wait_for(self._bus.call(message), PATIENCE_S))
        assert reply is not None
        if reply.message_type is not MessageType.METHOD_RETURN:
            raise GoneMeanwhile(str(reply.body))
        return reply.body[0] if reply.body else None

    def close(self) -> None:
        """Leaves the bus."""
        self._bus.disconnect()
        self._runner.run(asyncio.sleep(0))


async def _joined(address: str) -> MessageBus:
    return await MessageBus(bus_address=address).connect()


@contextmanager
def read_aloud(profile: Path) -> Iterator[Reader]:
    """The window of a profile on a screen that nobody sees, joined to a bus that only the test hears."""
    with ExitStack() as at_end:
        runtime = Path(at_end.enter_context(tempfile.TemporaryDirectory(prefix="reader")))
        environment = {
            **os.environ,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "XDG_RUNTIME_DIR": str(runtime),
        }
        environment["DISPLAY"] = at_end.enter_context(_screen())
        session = at_end.enter_context(_session_bus(environment))
        environment["DBUS_SESSION_BUS_ADDRESS"] = session
        at_end.enter_context(_ended([DESK, "--profile", str(profile)], env=environment))
        runner = at_end.enter_context(asyncio.Runner())
        with closing(Ask(runner, session)) as asked:
            address = asked("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        yield Reader(at_end.enter_context(closing(Ask(runner, address))))


def when(reader: Reader, role: str, name: str) -> Spoken:
    """What is said as soon as something on the screen has that role and begins with that name."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        said = reader.read()
        if said is not None and any(one.startswith(name) for one in said.named(role)):
            return said
        time.sleep(0.2)
    raise TimeoutError(f"no {role} named {name}")


@contextmanager
def _screen() -> Iterator[str]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with _ended(command, pass_fds=(write,), stderr=subprocess.DEVNULL):
        yield ":" + os.read(read, 20).decode().strip()
    os.close(read)
    os.close(write)


@contextmanager
def _session_bus(environment: dict[str, str]) -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with _ended(command, env=environment, **quiet) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().decode().strip()


@contextmanager
def _ended(command: list[str], **how: Any) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, **how) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
