"""10,000 finished cases from 40 counters into a district on PostgreSQL, beside COPY of the same rows.

usage: python -m tests.bench.district_sync [--cases 10000] [--rounds 3] [--at-once 4]
The client is the desk's own sync (signed, checked, batches of at most 1,024 events), the server the district
as it is served. The limit is COPY of the very same event and dossier rows into tables with the same keys and
indexes, in one transaction. A whole case is five rows (acceptance, two steps, finish, dossier) from which a
page, a caseload row and sums follow; the second part sends as many cases of one event each, as Anki's notes
and PouchDB's documents are. Beside it: what the checks alone take (chain, promises, signatures), which no
quicker storing can save. Processor: client, server, PostgreSQL.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import httpx2
import msgspec
import psycopg

from station_desk.cases.event import hash_of
from station_desk.core.clock import now, stamp
from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.receive import commitment_of
from station_desk.district.rows import DOSSIER_NAMES, EVENT_NAMES, dossier_values, event_values, parts_text
from station_desk.district.verify import verify
from station_desk.protocol import signing
from station_desk.protocol.messages import MOST_EVENTS, VERSION, Push
from station_desk.sync.client import Wire
from station_desk.sync.run import sync_once
from tests.bench.private_database import fresh_database, postgres_seconds, seconds_of
from tests.conftest import private_postgres
from tests.district.station import CounterPC, Sender, enrolled

STATIONS = 40
GOAL = 0.45
PROGRAM = """
import sys
from station_desk.main.district import serve
serve(sys.argv[1], "127.0.0.1", 0, "", ready=lambda url: print(url, flush=True))
"""


class Took(NamedTuple):
    """Seconds on the clock, and of the processors of client, server and PostgreSQL."""

    clock: float
    client: float
    server: float
    postgres: float


def main() -> int:
    """Prints cases a second of both ways, and their ratio."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--at-once", type=int, default=4)
    options = asked.parse_args()
    ratio = _compared("whole cases", made(options.cases, whole), options)
    _compared("one event each", made(options.cases, _begun), options)
    return 0 if ratio >= GOAL else 1


def _compared(what: str, pcs: list[CounterPC], options: argparse.Namespace) -> float:
    cases: int = options.cases
    copied: list[Took] = []
    sent: list[Took] = []
    with private_postgres() as server:
        for _ in range(options.rounds):
            with fresh_database(server) as url:
                copied.append(_copied(url, pcs))
            with fresh_database(server) as url:
                sent.append(synced(url, pcs, options.at_once))
    limit, ours = (Took(*map(statistics.median, zip(*each, strict=True))) for each in (copied, sent))
    ratio, checks = limit.clock / ours.clock, _checks(pcs)
    print(
        f"{what}: {cases} cases of {len(pcs)} counters, {sum(len(pc.events) for pc in pcs)} events, ", end=""
    )
    print(f"{options.at_once} counters at once, load {os.getloadavg()[0]:.1f}")
    print(f"  COPY of the same rows   {cases / limit.clock:9.0f} cases/s, PostgreSQL {limit.postgres:.2f} s")
    print(
        f"  sync to the district    {cases / ours.clock:9.0f} cases/s, client {ours.client:.2f} s, "
        f"server {ours.server:.2f} s, PostgreSQL {ours.postgres:.2f} s"
    )
    print(f"  its checks alone        {cases / checks:9.0f} cases/s")
    print(f"  ratio {ratio:.3f} (goal {GOAL}), of processor {_of_processor(limit, ours):.3f}")
    return ratio


def _of_processor(limit: Took, ours: Took) -> float:
    return sum(limit[1:]) / sum(ours[1:])


def whole(pc: CounterPC) -> None:
    pc.finish(pc.accept())


def _begun(pc: CounterPC) -> None:
    pc.accept()


def made(cases: int, make: Callable[[CounterPC], None]) -> list[CounterPC]:
    pcs = [CounterPC(station=f"BEN{number:03d}") for number in range(min(STATIONS, cases))]
    for number in range(cases):
        make(pcs[number % len(pcs)])
    return pcs


def _copied(url: str, pcs: list[CounterPC]) -> Took:
    """COPY of all rows into tables like ours."""
    open_district(url).close()
    at = stamp(now())
    rows: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = {
        ("event", EVENT_NAMES): [
            event_values(e, pc.station, at, waiting=False) for pc in pcs for e in pc.events
        ],
        ("dossier", DOSSIER_NAMES): [
            dossier_values(d, parts_text(d), pc.station, at) for pc in pcs for d in pc.finished
        ],
    }
    before, client = postgres_seconds(url), time.process_time()
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor() as cursor:
        began = time.perf_counter()
        for (table, names), some in rows.items():
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN".encode()) as copy:
                for row in some:
                    copy.write_row(row)
        connection.commit()
        took = time.perf_counter() - began
        client = time.process_time() - client
        return Took(took, client, 0.0, postgres_seconds(url) - before)


@contextmanager
def _served(url: str) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-c", PROGRAM, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().strip(), server.pid
        finally:
            server.terminate()


def synced(url: str, pcs: list[CounterPC], at_once: int) -> Took:
    """Every counter's sync, so many at once."""
    with closing(open_district(url)) as district, _served(url) as (address, pid):
        with httpx2.Client(base_url=address, trust_env=False) as http:
            senders = [enrolled(http, new_enrol_code(district, pc.station), pc.station) for pc in pcs]
        before = Took(time.perf_counter(), time.process_time(), seconds_of(pid), postgres_seconds(url))
        with ThreadPoolExecutor(at_once) as lanes:
            list(lanes.map(lambda each: _sync(address, *each), zip(pcs, senders, strict=True)))
        after = Took(time.perf_counter(), time.process_time(), seconds_of(pid), postgres_seconds(url))
        assert verify(district) == []
        return Took(*(end - begin for end, begin in zip(after, before, strict=True)))


def _sync(address: str, pc: CounterPC, sender: Sender) -> None:
    with Wire(address, sender.device, sender.key, now) as wire:
        sync_once(pc, wire, now, lambda _progress: None)


def _checks(pcs: list[CounterPC]) -> float:
    """Seconds for what proves the same messages: hashes, promises, a signature each way."""
    key = signing.new_key()
    public = signing.public_key_of(key)
    bodies = [
        msgspec.json.encode(Push(VERSION, tuple(pc.events[start : start + MOST_EVENTS])))
        for pc in pcs
        for start in range(0, len(pc.events), MOST_EVENTS)
    ]
    began = time.perf_counter()
    for pc in pcs:
        assert all(hash_of(event) == event.hash for event in pc.events)
        assert all(commitment_of(part) for dossier in pc.finished for part in dossier.parts)
    for body in bodies:
        asked = signing.sign(key, "POST", "/v1/push", body, "device")
        signing.verify(public, "POST", "/v1/push", asked, body)
        answer = signing.sign_reply(key, 200, b"{}", asked)
        signing.verify_reply(public, 200, answer, b"{}", asked)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
