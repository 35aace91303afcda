"""The queue with few and with very many tickets behind it: each act must take the same time.

usage: python tests/bench/queue_rows.py [--rounds 60]
The limit is 1.5 times the time with 1,000 tickets (issue 5, figures). The median of each act, in ms.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.counter.queue import (
    CallNext,
    MoveTicket,
    TakeTicket,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk
from station_desk.store import rows
from station_desk.store.unit import PUT_TICKET

LIMIT = 1.5
SIZES = (1_000, 100_000)
WAITING = 40


def main() -> int:
    """Prints each act at each size and the ratio beside the limit; 1 when one is above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    found = [_measured(size, rounds) for size in SIZES]
    worst = 0.0
    for act in found[0]:
        few, many = (one[act] for one in found)
        worst = max(worst, many / few)
        print(f"{act:8} {few:7.2f} ms with {SIZES[0]:,} {many:7.2f} ms with {SIZES[1]:,} {many / few:.2f} ×")
    print(f"limit {LIMIT}, worst {worst:.2f}")
    return 1 if worst > LIMIT else 0


def _measured(size: int, rounds: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        desk = set_up_desk(Path(folder) / "p", SetUp("QSQ001", "x", "2"), "zh-Hans", now)
        try:
            _fill(desk, size)
            for _ in range(WAITING):
                take_ticket(desk, TakeTicket("LS-001"), uuid4().hex)
            return _acts(desk, rounds)
        finally:
            desk.store.close()


def _fill(desk: Desk, size: int) -> None:
    """Tickets of earlier days, as many a day as a large station has."""
    name = take_ticket(desk, TakeTicket("LS-001"), uuid4().hex).answer.id
    like = desk.store.ticket(name)
    with desk.store.writing() as unit:
        for n in range(size):
            day = (now() - timedelta(days=1 + n // 300)).date().isoformat()
            old = replace(like, id=f"T{day[2:4]}{day[5:7]}{day[8:]}-Z{n:06d}", day=day, state="done")
            unit.connection.execute(PUT_TICKET, rows.ticket_row(old))


def _acts(desk: Desk, rounds: int) -> dict[str, float]:
    spent: dict[str, list[float]] = {}

    def timed(name: str, act: Callable[[], object]) -> object:
        began = time.perf_counter()
        answer = act()
        spent.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        return answer

    for _ in range(rounds):
        timed("take", lambda: take_ticket(desk, TakeTicket("LS-001"), uuid4().hex))
        called = call_next(desk, CallNext(), uuid4().hex).answer.id
        timed("serve", partial(move_ticket, desk, MoveTicket(called, "serving"), uuid4().hex))
        timed("done", partial(move_ticket, desk, MoveTicket(called, "done"), uuid4().hex))
        timed("call", lambda: call_next(desk, CallNext(), uuid4().hex))
        timed("look", lambda: queue_now(desk))
    return {name: statistics.median(times) for name, times in spent.items()}


if __name__ == "__main__":
    sys.exit(main())
