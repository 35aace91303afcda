"""The district server as a program: alone on its port, or beside the desk on a loopback port."""

import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import uvicorn
from starlette.types import ASGIApp

from station_desk.core import paths
from station_desk.core.clock import Clock, now
from station_desk.core.errors import TroubleError
from station_desk.district.app import make_app
from station_desk.district.district import open_district
from station_desk.district.log_lines import LogLines, heard_by

LOOPBACK = "127.0.0.1"
GRACE_SECONDS = 5
BACKLOG = 512


class PortTaken(TroubleError):
    code = "district.port_taken"


def serve(
    db_url: str,
    host: str,
    port: int,
    public_url: str,
    *,
    name: str = "",
    forms: Path = paths.FORMS,
    log: TextIO | None = None,
    metrics_token: str = "",
    ready: Callable[[str], None],
) -> None:
    """Serves the district until it is told to stop (Ctrl+C, SIGTERM). Port 0 takes a free one.

    `ready` is told the address once it takes connections; `forms` is the folder that the public guide shows;
    `log` gets a line for each request. Raises PortTaken and what `open_district` raises.
    """
    lines = LogLines(log) if log else None
    with closing(_bound(host, port)) as door:
        address = f"http://{_for_url(host)}:{door.getsockname()[1]}"
        with closing(open_district(db_url, name=name, public_url=public_url or address)) as district:
            ready(address)
            app = make_app(district, forms=forms, log_lines=lines, metrics_token=metrics_token)
            with heard_by(lines), suppress(KeyboardInterrupt):
                _server(app).run(sockets=[door])


class Served:
    """A district on a free loopback port of this process, for as long as the `with` lasts."""

    def __init__(self, db_url: str, public_url: str = "", name: str = "", clock: Clock = now) -> None:
        self._door = _bound(LOOPBACK, 0)
        self.url = f"http://{LOOPBACK}:{self._door.getsockname()[1]}"
        try:
            self.district = open_district(db_url, name=name, public_url=public_url or self.url, clock=clock)
        except BaseException:
            self._door.close()
            raise
        self._server = _server(make_app(self.district))
        self._thread = threading.Thread(target=self._run, name="district")

    def __enter__(self) -> Self:
        # The door listens already: whoever knocks before the server runs waits in its backlog.
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._door.close()
        self.district.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._door])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY; without it each answer waits 40 ms for a delayed ACK.
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        door.close()
        raise PortTaken(host=host, port=port, why=getattr(error, "strerror", "") or str(error)) from error
    return door


def _for_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _server(app: ASGIApp) -> uvicorn.Server:
    # No access log of uvicorn's: it would hold the tokens of the residents. Ours names doors.
    return uvicorn.Server(
        uvicorn.Config(
            app, access_log=False, log_config=None, server_header=False, lifespan="off",
            ws="none", timeout_graceful_shutdown=GRACE_SECONDS, timeout_keep_alive=75,
            backlog=BACKLOG,
        )
    )  # fmt: skip
