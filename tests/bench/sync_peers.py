"""Our sync beside Anki's own and PouchDB's, in one run: the same cases, one document each.

usage: python -m tests.bench.sync_peers [--cases 10000] [--rounds 3] [--at-once 4] [--anki-python PYTHON]
       [--node-modules FOLDER]
A document is one whole case: what the resident's finished case is. We send it as it is here, four signed
and chained events and a dossier, from 40 counters into a district on PostgreSQL, which makes of it a page,
a place and the counts. The peers get the very same text as one note or one JSON document, from one client,
which is how they sync. PYTHON is one that has the package `anki`, FOLDER is where `npm install pouchdb
express-pouchdb express` was run; without them that peer is left out. Processor is that of client and
server, as the goals count it; that of PostgreSQL stands beside it, for the peers store in their own
process.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from tests.bench.district_sync import Took, made, synced, whole
from tests.bench.private_database import fresh_database
from tests.conftest import private_postgres
from tests.district.station import CounterPC

HERE = Path(__file__).parent
BATCH = 500
Way = Callable[[], Took]
OURS, ANKI, POUCH = "ours", "Anki", "PouchDB"
FASTER = {ANKI: 1.4, POUCH: 5.0}
LESS_PROCESSOR = {ANKI: 0.5}


class Peer(msgspec.Struct):
    """What a peer's program says it took."""

    clock: float
    client: float
    server: float


def main() -> int:
    """Prints cases a second of each and the ratios; 0 when every goal is reached."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--at-once", type=int, default=4)
    asked.add_argument("--anki-python", type=Path, default=None)
    asked.add_argument("--node-modules", type=Path, default=None)
    options = asked.parse_args()
    pcs = made(options.cases, whole)
    with tempfile.TemporaryDirectory() as folder, private_postgres() as server:
        documents = Path(folder, "documents")
        size = _write(documents, pcs)
        print(f"{options.cases} whole cases, one document each, {size} bytes; load {os.getloadavg()[0]:.1f}")
        ways: dict[str, Way] = {OURS: partial(_ours, server, pcs, options.at_once)}
        ways |= _peers(documents, options)
        took: dict[str, list[Took]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, way in ways.items():
                took[name].append(way())
    return _told({name: _middle(each) for name, each in took.items()}, options.cases)


def _write(documents: Path, pcs: list[CounterPC]) -> int:
    """One line a case, `number<tab>JSON` of all its events and its dossier; the mean size of one."""
    lines = []
    for pc in pcs:
        of_case: dict[str, list[object]] = {}
        for event in pc.events:
            of_case.setdefault(event.subject, []).append(event)
        for dossier in pc.finished:
            body = {"events": of_case[dossier.case], "dossier": dossier}
            lines.append(f"{dossier.case}\t{msgspec.json.encode(body).decode()}\n")
    text = "".join(lines).encode()
    documents.write_bytes(text)
    return len(text) // len(lines)


def _ours(server: str, pcs: list[CounterPC], at_once: int) -> Took:
    with fresh_database(server) as url:
        return synced(url, pcs, at_once)


def _peers(documents: Path, options: argparse.Namespace) -> dict[str, Way]:
    ways: dict[str, Way] = {}
    if options.anki_python:
        anki = [str(options.anki_python), str(HERE / "sync_peer_anki.py"), str(documents)]
        ways[ANKI] = lambda: _peer(lambda folder: [*anki, folder])
    if options.node_modules:
        pouch = ["node", str(HERE / "sync_peer_pouchdb.js"), str(options.node_modules), str(documents)]
        ways[POUCH] = lambda: _peer(lambda folder: [*pouch, folder, str(BATCH)])
    return ways


def _peer(command: Callable[[str], list[str]]) -> Took:
    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run(command(folder), stdout=subprocess.PIPE, check=True).stdout
    told = msgspec.json.decode(said.splitlines()[-1], type=Peer)
    return Took(told.clock, told.client, told.server, 0.0)


def _middle(each: list[Took]) -> Took:
    return Took(*map(statistics.median, zip(*each, strict=True)))


def _told(took: dict[str, Took], cases: int) -> int:
    for name, one in took.items():
        processor = f"client {one.client:.2f} s, server {one.server:.2f} s"
        beside = f", PostgreSQL {one.postgres:.2f} s" if one.postgres else ""
        print(f"  {name:8} {cases / one.clock:8.0f} cases/s, processor: {processor}{beside}")
    ours, reached = took[OURS], True
    for name, goal in FASTER.items():
        if name in took:
            ratio = took[name].clock / ours.clock
            reached = reached and ratio >= goal
            print(f"  ours is {ratio:.2f} x {name} (goal {goal})")
    for name, goal in LESS_PROCESSOR.items():
        if name in took:
            theirs = took[name].client + took[name].server
            ratio = (ours.client + ours.server) / theirs
            reached = reached and ratio <= goal
            print(f"  processor of client and server {ratio:.2f} x {name} (goal {goal}), ", end="")
            print(f"with PostgreSQL {(ours.client + ours.server + ours.postgres) / theirs:.2f}")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
