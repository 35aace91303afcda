"""The page of a case with many cases behind it, beside the same server that answers without a database.

usage: python -m tests.bench.tracking [--rows 100000] [--seconds 4] [--rounds 3] [--db postgresql+psycopg://…]
32 connections kept open, one server process, one process that asks. The limit is the same page, of one case,
told by the same program without any look-up (goal 0.6, p99 at most 5 ms). SQLite unless --db names an empty
database.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, insert

from station_desk.cases.trace import Trace, trace_of
from station_desk.district import tables as t
from station_desk.district.bulk import put_rows
from station_desk.district.caseload import told_of
from station_desk.district.district import District, open_district
from station_desk.district.places import put_places
from station_desk.district.traces import NAMES, Station, _row
from tests.district.station import PHONE, STATION_NAME, CounterPC

CONNECTIONS = 32
GOAL, LONGEST_MS = 0.6, 5.0
AT_ONCE = 5_000
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


def main() -> int:
    """Prints both rates, their ratio and the slowest hundredth."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--seconds", type=float, default=4.0)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--db", default="")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = options.db or f"sqlite:///{Path(folder) / 'district.db'}"
        district = open_district(address)
        _fill(district, options.rows)
        district.close()
        random = Random(1)
        tokens = [_token(random.randrange(options.rows)) for _ in range(20_000)]
        rounds: dict[str, list[Asked]] = {WITHOUT: [], WITH: []}
        for _ in range(options.rounds):
            for program, done in rounds.items():
                with _served(program, address) as port:
                    done.append(asyncio.run(_ask(port, tokens, options.seconds)))
    limit, ours = (statistics.median(one.a_second for one in rounds[kind]) for kind in (WITHOUT, WITH))
    p99 = statistics.median(one.p99_ms for one in rounds[WITH])
    print(f"{options.rows} cases, load {os.getloadavg()[0]:.1f}")
    print(f"without a database  {limit:8.0f} pages/s")
    print(f"with the look-up    {ours:8.0f} pages/s, p99 {p99:.1f} ms (goal {LONGEST_MS})")
    print(f"ratio {ours / limit:.2f} (goal {GOAL})")
    return 0 if ours / limit >= GOAL and p99 <= LONGEST_MS else 1


def one_case() -> tuple[Trace, Station]:
    """A case as its page shows it, and its station."""
    pc = CounterPC()
    pc.advance(pc.accept(), "visit", "review")
    trace = told_of(pc.events).trace
    assert trace
    return trace, Station(STATION_NAME, PHONE, "青石桥路 1 号")


def _token(number: int) -> str:
    return f"{number:022d}"


def _fill(district: District, rows: int) -> None:
    trace, station = one_case()
    row = {"station": "QSQ001", "name": station.name, "phone": station.phone, "address": station.address}
    district.write(lambda connection: connection.execute(insert(t.station).values(row)))
    for start in range(0, rows, AT_ONCE):
        some = [
            msgspec.structs.replace(trace, number=f"N{n}", trace=trace_of(_token(n)))
            for n in range(start, min(start + AT_ONCE, rows))
        ]
        district.write(partial(_put, traces=some))


def _put(connection: Connection, traces: list[Trace]) -> None:
    put_rows(connection, t.trace, NAMES, [_row("QSQ001", trace) for trace in traces])
    put_places(connection, "QSQ001", traces)


@contextmanager
def _served(program: str, address: str) -> Iterator[int]:
    command = [sys.executable, "-c", program, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline().strip().rpartition(":")[2])
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
