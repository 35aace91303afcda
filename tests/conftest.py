"""What every test stands on: no network but this machine, no unexpected log line, the user's data untouched.

Fixtures to ask for: `expected_log` when a warning is part of the promise, `postgres_url` for a real private
PostgreSQL, `fresh_postgres` for an empty database in it.
"""

import gc
import ipaddress
import logging
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import hypothesis
import psycopg
import pytest

from installer.dev import find_initdb

# A slow machine is no fault of the code; what failed is printed so that it can be tried again elsewhere.
hypothesis.settings.register_profile("station-desk", deadline=None, print_blob=True)
hypothesis.settings.load_profile("station-desk")

POSTGRES_PATIENCE_S = 60
ExpectLog = Callable[[str, str], AbstractContextManager[None]]


class NetworkWatch:
    """Stops what a test sends beyond this machine. It sees Python's sockets, not those inside C libraries."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        match event, arguments:
            case ("socket.connect" | "socket.sendto", (_, (str() as host, *_))):
                self._judge(host)
            case ("socket.getaddrinfo" | "socket.gethostbyname" | "socket.gethostbyaddr", (host, *_)):
                self._judge(host.decode() if isinstance(host, bytes) else host)
            case _:
                pass

    def _judge(self, host: object) -> None:
        if not isinstance(host, str) or _is_this_machine(host):
            return
        sentence = (
            f"the test reached for {host}. Tests talk to this machine only: start the server on 127.0.0.1, "
            "or use a closed port of 127.0.0.1 where nobody shall answer."
        )
        self.tried.append(sentence)
        pytest.fail(sentence)


class LogWatch(logging.Handler):
    """Keeps each warning and error of a test until somebody says that it was expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @contextmanager
    def expected(self, logger: str, text: str) -> Iterator[None]:
        """The block logs a line of `logger` (or below it) that contains `text`; such lines are no fault."""
        before = len(self.records)
        yield
        inside = self.records[before:]
        found = [r for r in inside if f"{r.name}.".startswith(f"{logger}.") and text in r.getMessage()]
        assert found, f"no line of {logger} with {text!r} was logged, but: {_lines(inside)}"
        self.records[before:] = [record for record in inside if record not in found]


NETWORK = NetworkWatch()
HOME = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures DIR` saves every page of the window, at every size, in every theme and language."""
    parser.addoption("--pictures", default="", help="the folder for pictures of all pages of the window")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network, open no window on a screen, and lead session fixtures away from the user's data."""
    sys.addaudithook(NETWORK)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    config.stash[HOME] = tempfile.TemporaryDirectory(prefix="station-desk-home-")
    os.environ.update(_home_variables(Path(config.stash[HOME].name)))
    os.environ.pop("STATION_DESK_PROFILE", None)
    # The developer's own key store is never asked; the tests of the key store start one of their own.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    # A developer's machine may have it; a counter PC has not, and it hides what is lost in a buffer.
    os.environ.pop("PYTHONUNBUFFERED", None)


def pytest_collection_finish() -> None:
    """The collected tests live to the end: looked at at each collection they cost a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish() -> None:
    """What was taken out of the collection comes back, so that libraries see everything go at the end."""
    gc.unfreeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the session's home away again."""
    config.stash[HOME].cleanup()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, with all folders that programs derive from it."""
    home = tmp_path_factory.getbasetemp() / f"home-{uuid4().hex}"
    home.mkdir()
    for name, value in _home_variables(home).items():
        # The halves of keys stay where the run keeps them: a fixture's profile is opened by another test.
        if name != "XDG_STATE_HOME":
            monkeypatch.setenv(name, value)
    return home


@pytest.fixture(autouse=True)
def closed_network() -> Iterator[None]:
    """Fails a test that reached beyond this machine, even where its code swallowed the refusal."""
    NETWORK.tried.clear()
    yield
    assert not NETWORK.tried, NETWORK.tried[0]


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[LogWatch]:
    """Fails a test that logged a warning or an error nobody expected."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    assert not watch.records, f"unexpected log lines: {_lines(watch.records)}"


@pytest.fixture
def expected_log(quiet_log: LogWatch) -> ExpectLog:
    """For a block that must log a warning, which is then no fault.

    with expected_log("station_desk.sync", "unreachable"):
        carry(log)
    """
    return quiet_log.expected


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL of this run's own on 127.0.0.1: the URL of its first database."""
    with private_postgres() as url:
        yield url


@contextmanager
def private_postgres() -> Iterator[str]:
    """The same for as long as the `with` lasts."""
    initdb = find_initdb()
    assert initdb, "PostgreSQL is missing; `python3 installer/dev.py test` installs it"
    place = Path(tempfile.mkdtemp(prefix="station-desk-postgres-"))
    password = secrets.token_hex(16)
    try:
        _make_cluster(initdb, place, password)
        server, port = _start_postgres(initdb.with_name("postgres"), place, password)
        try:
            yield f"postgresql+psycopg://desk:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(POSTGRES_PATIENCE_S)
    finally:
        shutil.rmtree(place)


@pytest.fixture
def fresh_postgres(postgres_url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that only this test uses."""
    name = f"test_{uuid4().hex}"
    admin = postgres_url.replace("+psycopg", "")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield postgres_url.rsplit("/", 1)[0] + f"/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _home_variables(home: Path) -> dict[str, str]:
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    return {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_STATE_HOME": str(home / "state"),
    }


def _is_this_machine(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _lines(records: list[logging.LogRecord]) -> list[str]:
    return [f"{record.levelname} {record.name}: {record.getMessage()}" for record in records]


def _as_postgres(place: Path) -> list[str]:
    """What goes before PostgreSQL's commands: it refuses to run as root, and must end when we end."""
    command = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() != 0:
        return command
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(place, user.pw_uid, user.pw_gid)
    return [*command, "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]


def _make_cluster(initdb: Path, place: Path, password: str) -> None:
    secret = place / "password"
    secret.write_text(password, "utf-8")
    secret.chmod(0o644)  # The folder itself is closed to everybody else.
    options = ["--username=desk", f"--pwfile={secret}", "--auth=scram-sha-256"]
    options += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [*_as_postgres(place), str(initdb), "-D", str(place / "data"), *options]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"initdb failed: {done.stdout}{done.stderr}"


def _start_postgres(program: Path, place: Path, password: str) -> tuple[subprocess.Popen[bytes], int]:
    """Another process may take the free port before PostgreSQL does; then the next one is tried."""
    for _ in range(5):
        port = _free_port()
        settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories="]
        settings += ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
        command = [*_as_postgres(place), str(program), "-D", str(place / "data")]
        command += [word for setting in settings for word in ("-c", setting)]
        with (place / "log").open("ab") as log:
            server = subprocess.Popen(command, cwd=place, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        if _answers(server, f"postgresql://desk:{password}@127.0.0.1:{port}/postgres"):
            return server, port
        server.kill()
        server.wait(POSTGRES_PATIENCE_S)
    pytest.fail(f"PostgreSQL did not start: {(place / 'log').read_text('utf-8')}")


def _answers(server: subprocess.Popen[bytes], url: str) -> bool:
    until = time.monotonic() + POSTGRES_PATIENCE_S
    while server.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
