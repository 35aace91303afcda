"""How long a profile of some size takes to check: at a start, deeply, and a plain reading of it beside them.

    python -m tests.bench.verify --folder DIR [--megabytes 1000]

The profile is a real one: every event sealed, every row projected by the program itself, some thousand a
transaction. It is made once and found again in the folder. Limits: fast 3 s, deep 60 s and 4 plain readings.
The floor is what the cipher alone takes: the seal of each page once, and every row decrypted twice.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from station_desk.counter.desk import Desk

LIMITS = {"fast": 3.0, "deep": 60.0}


def plain(desk: "Desk") -> None:
    """Every row of every table, read and thrown away."""
    tables = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case\\_words%' ESCAPE '\\'"
    )
    with desk.store.snapshot() as connection:
        for (table,) in connection.execute(tables).fetchall():
            for _ in connection.execute(f"SELECT * FROM {table}"):
                pass


def seals(desk: "Desk") -> None:
    """The seal of every page and nothing else: what SQLCipher takes for a look at the whole file."""
    with desk.store.snapshot() as connection:
        connection.execute("PRAGMA cipher_integrity_check").fetchall()


def took(work: Callable[[], object]) -> tuple[float, float, object]:
    """Seconds by the clock, seconds of this process, and the answer."""
    began, used = time.perf_counter(), time.process_time()
    answer = work()
    return time.perf_counter() - began, time.process_time() - used, answer


def helpers_cpu() -> float:
    """Seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    # The processes that help load this file again: not all of the program with it, as at a counter.
    from station_desk.store.verify import verify_fast
    from station_desk.store.verifying.apart import verify_apart
    from tests.bench.sized_profile import made

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--megabytes", type=int, default=1000)
    asked = options.parse_args()
    desk = made(asked.folder, asked.megabytes)
    store = desk.store
    size = store.profile.database.stat().st_size / 1e6
    reading, plain_cpu, _ = took(lambda: plain(desk))
    _, seals_cpu, _ = took(lambda: seals(desk))
    beside = helpers_cpu()
    fast, fast_cpu, found = took(lambda: verify_fast(store))
    fast_cpu += helpers_cpu() - beside
    beside = helpers_cpu()
    deep, _, wrong = took(lambda: verify_apart(store, lambda _done, _total: None))
    events = store.read("SELECT count(*) FROM events")[0][0]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    cpu = helpers_cpu() - beside
    sys.stdout.write(
        f"{size:.0f} MB, {events} events; plain reading {reading:.1f} s; fast {fast:.1f} s (limit 3);"
        f" deep {deep:.1f} s (limit 60), {deep / reading:.1f} plain readings (limit 4), {cpu:.1f} s of CPU"
        f" in two processes of {peak} MB; plain and fast in CPU {plain_cpu:.1f} s, {fast_cpu:.1f} s;"
        f" floor of the cipher in CPU: {seals_cpu:.1f} s for the seals as SQLCipher tells them,"
        f" {seals_cpu + 2 * plain_cpu:.1f} s deep; load {os.getloadavg()[0]:.1f};"
        f" findings: {found} {wrong}\n"
    )
    return int(fast > LIMITS["fast"] or deep > LIMITS["deep"])


if __name__ == "__main__":
    sys.exit(main())
