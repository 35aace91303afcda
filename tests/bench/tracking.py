"""The page of a case with many cases behind it, beside the same server that answers without a database.

usage: python -m tests.bench.tracking [--rows 1000000 10000000] [--seconds 4] [--rounds 3]
       [--engine sqlite|postgresql] [--keep DIR]
32 connections kept open, one server process, one process that asks. The limit is the same page, of one case,
told by the same program without any look-up (goal 0.6, p99 at most 5 ms); between the first and the last of
several sizes at most a fifth may be lost. Sizes are asked in turn. With --keep the databases stay in the
folder and are used again (ten million cases: 17 GB with either engine); delete it when done.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from station_desk.cases.trace import Trace
from station_desk.district.caseload import told_of
from station_desk.district.traces import Station
from tests.bench.many_tokens import Address, districts, token
from tests.bench.private_database import postgres_seconds, seconds_of
from tests.district.station import PHONE, STATION_NAME, CounterPC

CONNECTIONS = 32
GOAL, GROWTH, LONGEST_MS = 0.6, 0.8, 5.0
WARM_UP = 0.5
NONE = 0
"""As many cases has the server without a database."""

WITH = """
import sys
from station_desk.main.district import serve
serve(sys.argv[1], "127.0.0.1", 0, "", ready=lambda url: print(url, flush=True))
"""
WITHOUT = """
import sys
import station_desk.district.app as app
from station_desk.main.district import serve
from tests.bench.tracking import one_case
case = one_case()
async def track(self, request):
    return self._web.track(*case, app.wishes_of(request))
app.Residents.track = track
serve(":memory:", "127.0.0.1", 0, "", ready=lambda url: print(url, flush=True))
"""


class Asked(NamedTuple):
    """What a round of asking brought."""

    a_second: float
    p99_ms: float
    us_a_page: float = 0.0


def main() -> int:
    """Prints the rates, their ratios, what a page costs of the processors, and the slowest hundredth."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--rows", type=int, nargs="+", default=[100_000])
    asked.add_argument("--seconds", type=float, default=4.0)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--keep", type=Path)
    options = asked.parse_args()
    rounds: dict[int, list[Asked]] = {NONE: [], **{rows: [] for rows in options.rows}}
    with districts(options.engine, options.keep, one_case()) as address_of:
        addresses = {rows: _made(address_of, rows) for rows in options.rows}
        for _ in range(options.rounds):
            for rows, done in rounds.items():
                done.append(_round(addresses.get(rows, ""), rows, options.seconds))
    return _told(
        {rows: Asked(*map(statistics.median, zip(*done, strict=True))) for rows, done in rounds.items()}
    )


def _made(address_of: Address, rows: int) -> str:
    began = time.perf_counter()
    address = address_of(rows)
    print(f"{rows} cases are there after {time.perf_counter() - began:.0f} s", flush=True)
    return address


def _round(address: str, rows: int, seconds: float) -> Asked:
    dice = Random(1)
    tokens = [token(dice.randrange(rows)) if rows else token(0) for _ in range(20_000)]
    with _served(WITH if address else WITHOUT, address) as (port, pid):
        asyncio.run(_ask(port, tokens, WARM_UP))
        before = seconds_of(pid) + _of_database(address)
        asked = asyncio.run(_ask(port, tokens, seconds))
        spent = seconds_of(pid) + _of_database(address) - before
    return asked._replace(us_a_page=1e6 * spent / (asked.a_second * seconds))


def _of_database(address: str) -> float:
    return postgres_seconds(address) if address.startswith("postgresql") else 0.0


def _told(found: dict[int, Asked]) -> int:
    """Prints it; 0 when every goal is reached."""
    limit, sizes = found[NONE], [rows for rows in found if rows]
    print(f"load {os.getloadavg()[0]:.1f}; server and database together, processor µs a page")
    for rows, one in found.items():
        name = f"{rows} cases" if rows else "without a database"
        of_limit = "" if rows == NONE else f"  {one.a_second / limit.a_second:.2f} of without (goal {GOAL})"
        print(f"{name:20s}{one.a_second:8.0f} pages/s  p99 {one.p99_ms:6.1f} ms", end="")
        print(f"  {one.us_a_page:6.0f} µs{of_limit}")
    good = all(found[rows].a_second >= GOAL * limit.a_second for rows in sizes)
    good = good and all(found[rows].p99_ms <= LONGEST_MS for rows in sizes)
    if len(sizes) > 1:
        few, many = found[sizes[0]], found[sizes[-1]]
        ratio = many.a_second / few.a_second
        print(f"rate at {sizes[-1]} / at {sizes[0]}: {ratio:.2f} (goal {GROWTH}); ", end="")
        print(f"by the processors {few.us_a_page / many.us_a_page:.2f}")
        good = good and ratio >= GROWTH
    print(f"p99 goal {LONGEST_MS} ms; all goals {'reached' if good else 'not reached'}")
    return 0 if good else 1


def one_case() -> tuple[Trace, Station]:
    """A case as its page shows it, and its station."""
    pc = CounterPC()
    pc.advance(pc.accept(), "visit", "review")
    trace = told_of(pc.events).trace
    assert trace
    return trace, Station(STATION_NAME, PHONE, "青石桥路 1 号")


@contextmanager
def _served(program: str, address: str) -> Iterator[tuple[int, int]]:
    """The port and the process of a server."""
    command = [sys.executable, "-c", program, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline().strip().rpartition(":")[2]), server.pid
        finally:
            server.terminate()


async def _ask(port: int, tokens: list[str], seconds: float) -> Asked:
    took: list[float] = []
    began = time.perf_counter()
    waiting = [
        _line(port, tokens[number::CONNECTIONS], began + seconds, took) for number in range(CONNECTIONS)
    ]
    await asyncio.gather(*waiting)
    spent = time.perf_counter() - began
    return Asked(len(took) / spent, sorted(took)[int(len(took) * 0.99)] * 1000)


async def _line(port: int, tokens: list[str], until: float, took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        token = tokens[number % len(tokens)]
        number += 1
        writer.write(f"GET /t/{token} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        took.append(time.perf_counter() - began)
    writer.close()


if __name__ == "__main__":
    sys.exit(main())
