"""How long the public guide page of an item takes, beside a static file of its size from the same server.

usage: python tests/bench/guide_page.py [--requests 3000] [--item SA-001]
One uvicorn on a loopback port serves both: the page by its own door, and a route that answers with bytes of
the same length held in memory. One client on one connection asks for them in turn, request by request, so
that what else the machine does meets both alike. No limit is set for this figure; the ratio is to be near 1.
"""

import argparse
import socket
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import httpx2
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from station_desk.district.app import make_app
from station_desk.district.district import open_district


def main() -> int:
    """Prints both, and the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--item", default="SA-001")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        # With the protocol named, asyncio sends at once; else each answer waits for a delayed ACK.
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as door,
        closing(open_district(f"sqlite:///{Path(folder) / 'd.db'}", name="district")) as district,
    ):
        door.bind(("127.0.0.1", 0))
        door.listen()
        app = make_app(district)
        held = bytearray()

        async def static(_request: Request) -> Response:
            return Response(bytes(held), media_type="text/html")

        app.router.routes.append(Route("/static", static))
        server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        with httpx2.Client(base_url=url, trust_env=False, timeout=60) as http:
            _measure(http, f"/guide/{options.item}?lang=zh-Hans", held, options.requests)
        server.should_exit = True
        thread.join()
    return 0


def _measure(http: httpx2.Client, path: str, held: bytearray, requests: int) -> None:
    first = _timed(http, path)
    held.extend(b"x" * len(http.get(path).content))
    page, static, known = [], [], []
    mark = {"If-None-Match": http.get(path).headers["etag"]}
    for _ in range(requests):
        page.append(_timed(http, path))
        static.append(_timed(http, "/static"))
        known.append(_timed(http, path, mark))
    print(f"{path}: {len(held)} bytes; the first, which reads the forms, {first:.1f} ms")
    for name, times in (("guide page", page), ("static file", static), ("not modified", known)):
        times.sort()
        print(f"{name:13} p50 {times[len(times) // 2]:.3f} ms  p99 {times[len(times) * 99 // 100]:.3f} ms")
    print(f"page / static file: p50 {page[requests // 2] / static[requests // 2]:.2f}", end="; ")
    print(f"least {page[0] / static[0]:.2f}")


def _timed(http: httpx2.Client, path: str, headers: dict[str, str] | None = None) -> float:
    began = time.perf_counter()
    http.get(path, headers=headers or {}).read()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
