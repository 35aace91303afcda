"""10,000 finished cases from 40 counters into a district on PostgreSQL, beside COPY of the same rows.

usage: python -m tests.bench.district_sync [--cases 10000] [--rounds 3]
The client is the desk's own sync (signed, checked, batches of at most 256 events), the server the district
as it is served; both processors' seconds are counted, PostgreSQL's own are not. The limit is COPY of the
very same event and dossier rows into tables with the same keys and indexes, in one transaction.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import psycopg

from station_desk.core.clock import now, stamp
from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.rows import dossier_values, event_values
from station_desk.district.verify import verify
from station_desk.sync.client import Wire
from station_desk.sync.run import sync_once
from tests.bench.private_database import fresh_database
from tests.conftest import private_postgres
from tests.district.station import CounterPC, Sender, enrolled

STATIONS = 40
GOAL = 0.45
PROGRAM = """
import sys
from station_desk.main.district import serve
serve(sys.argv[1], "127.0.0.1", 0, "", ready=lambda url: print(url, flush=True))
"""


def main() -> int:
    """Prints cases a second of both ways, and their ratio."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    pcs = _made(options.cases)
    events = sum(len(pc.events) for pc in pcs)
    print(f"{options.cases} cases of {len(pcs)} counters: {events} events, load {os.getloadavg()[0]:.1f}")
    copied, synced = [], []
    with private_postgres() as server:
        for _ in range(options.rounds):
            with fresh_database(server) as url:
                copied.append(_copied(url, pcs))
            with fresh_database(server) as url:
                synced.append(_synced(url, pcs))
    limit, ours = statistics.median(copied), statistics.median(done[0] for done in synced)
    processor = statistics.median(done[1] for done in synced)
    ratio = limit / ours
    print(f"COPY of the same rows   {options.cases / limit:9.0f} cases/s")
    print(
        f"sync to the district    {options.cases / ours:9.0f} cases/s, {processor:.2f} s of client and server"
    )
    print(f"ratio {ratio:.3f} (goal {GOAL})")
    return 0 if ratio >= GOAL else 1


def _made(cases: int) -> list[CounterPC]:
    pcs = [CounterPC(station=f"BEN{number:03d}") for number in range(min(STATIONS, cases))]
    for number in range(cases):
        pc = pcs[number % len(pcs)]
        pc.finish(pc.accept())
    return pcs


def _copied(url: str, pcs: list[CounterPC]) -> float:
    """Seconds for COPY of all rows into tables like ours."""
    open_district(url).close()
    at = stamp(now())
    rows = {
        "event": [event_values(e, pc.station, at, waiting=False) for pc in pcs for e in pc.events],
        "dossier": [dossier_values(d, pc.station, at) for pc in pcs for d in pc.finished],
    }
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor() as cursor:
        began = time.perf_counter()
        for table, some in rows.items():
            names = ", ".join(some[0])
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
                for row in some:
                    copy.write_row(tuple(row.values()))
        connection.commit()
        return time.perf_counter() - began


@contextmanager
def _served(url: str) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-c", PROGRAM, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().strip(), server.pid
        finally:
            server.terminate()


def _synced(url: str, pcs: list[CounterPC]) -> tuple[float, float]:
    """Seconds on the clock, and seconds of both processors, for every counter's sync."""
    with closing(open_district(url)) as district, _served(url) as (address, pid):
        with httpx2.Client(base_url=address, trust_env=False) as http:
            senders = [enrolled(http, new_enrol_code(district, pc.station), pc.station) for pc in pcs]
        before = _seconds_of(pid) + time.process_time()
        began = time.perf_counter()
        for pc, sender in zip(pcs, senders, strict=True):
            _sync(address, pc, sender)
        took = time.perf_counter() - began
        processor = _seconds_of(pid) + time.process_time() - before
        assert verify(district) == []
        return took, processor


def _sync(address: str, pc: CounterPC, sender: Sender) -> None:
    with Wire(address, sender.device, sender.key, now) as wire:
        sync_once(pc, wire, now, lambda _progress: None)


def _seconds_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
