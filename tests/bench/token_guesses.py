"""Guessing at tracking pages: none of a million guesses hits, and nothing tells one dead token from another.

    python -m tests.bench.token_guesses [--guesses 1000000] [--cases 2000] [--asked 3000]

Unknown, expired and never-public tokens are asked of the real server, in its own process so that no network
hides a difference, in a random order. The chance to tell two of them apart by the time of the answer is given
as the area under the curve (0.5: none).
"""

import argparse
import itertools
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import httpx2
from sqlalchemy import Connection, func, select
from starlette.testclient import TestClient

from station_desk.cases.trace import trace_of
from station_desk.district import tables as t
from station_desk.district.app import make_app
from station_desk.district.district import District, open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.traces import SHOWN_FOR, find_trace, shown_since
from station_desk.main.district import Served
from tests.district.conftest import DistrictClock
from tests.district.station import CounterPC, enrolled

MOST_AUC = 0.55
AT_ONCE, MANY = 100, 1000


def main() -> int:
    """Guesses, asks and compares; 0 when nothing was found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--guesses", type=int, default=1_000_000)
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--asked", type=int, default=3000)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database, clock = str(Path(folder) / "district.db"), DistrictClock()
        kinds = filled(database, clock, asked.cases)
        began = time.monotonic()
        with closing(open_district(database, clock=clock)) as district:
            hits = guess(district, asked.guesses)
        seconds = time.monotonic() - began
        print(f"{asked.guesses} guesses at {asked.cases} cases in {seconds:.0f} s: {hits} hits")
        worst, answers = told_apart(database, clock, kinds, asked.asked)
    print(f"{len(answers)} different answers; AUC at most {worst:.3f} (limit {MOST_AUC})")
    return int(bool(hits) or len(answers) != 1 or worst > MOST_AUC)


def filled(database: str, clock: DistrictClock, cases: int) -> dict[str, list[str]]:
    """Fills a district with cases that ended too long ago and others; their tokens, with unknown ones."""
    with (
        Served(database, clock=clock) as served,
        httpx2.Client(base_url=served.url, transport=httpx2.HTTPTransport(verify=False)) as http,
    ):
        pc, sender = CounterPC(), enrolled(http, new_enrol_code(served.district, "QSQ001"))
        kinds: dict[str, list[str]] = {"unknown": [], "expired": [], "never public": []}
        for _ in range(max(cases // AT_ONCE, 1)):
            first, number = len(pc.events), len(pc.finished)
            for place in range(AT_ONCE // 2):
                case = pc.accept("S3" if place % 2 else "S1")
                pc.finish(case)
                kinds["never public" if place % 2 else "expired"].append(case.token)
                kinds["unknown"].append(secrets.token_urlsafe(16))
            for at in range(first, len(pc.events), 250):
                sender.push(pc.events[at : at + 250])
            sender.push(dossiers=pc.finished[number:])
    clock.moment += SHOWN_FOR + timedelta(days=30)
    return kinds


def guess(district: District, guesses: int) -> int:
    """So many random tokens, looked up by what the page is looked up by; a hundredth as the page does it."""
    since, hits = shown_since(district.clock()), 0
    for _ in range(max(guesses // MANY, 1)):
        tokens = [secrets.token_urlsafe(16) for _ in range(MANY)]
        hits += district.read(partial(_found, tokens=tokens[: MANY // 100], since=since))
        asked = select(func.count().label("hits")).where(t.trace.c.trace.in_(list(map(trace_of, tokens))))
        hits += district.rows(asked)[0]["hits"]
    return hits


def _found(connection: Connection, tokens: Sequence[str], since: str) -> int:
    return sum(find_trace(connection, token, since) is not None for token in tokens)


def told_apart(
    database: str, clock: DistrictClock, kinds: dict[str, list[str]], asked: int
) -> tuple[float, set[tuple[int, bytes]]]:
    """The largest area under the curve between two kinds of dead tokens, and all the answers there were."""
    dice = Random(1)
    questions = [(kind, dice.choice(tokens)) for kind, tokens in kinds.items() for _ in range(asked)]
    dice.shuffle(questions)
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    answers: set[tuple[int, bytes]] = set()
    # Each guess comes a minute after the one before: nobody is slowed down.
    minutes = itertools.count(0.0, 61.0)
    with (
        closing(open_district(database, clock=clock)) as district,
        TestClient(make_app(district, lambda: next(minutes))) as http,
    ):
        for kind, token in questions:
            began = time.perf_counter()
            answer = http.get(f"/t/{token}")
            times[kind].append(time.perf_counter() - began)
            answers.add((answer.status_code, answer.content))
    names = list(kinds)
    pairs = [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
    return max(_area(times[one], times[other]) for one, other in pairs), answers


def _area(one: Sequence[float], other: Sequence[float]) -> float:
    """The chance that the slower of a pair is named rightly; at least a half."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, of) in enumerate(ranked, 1) if of)
    area = (ranks - len(other) * (len(other) + 1) / 2) / (len(one) * len(other))
    return max(area, 1 - area)


if __name__ == "__main__":
    sys.exit(main())
