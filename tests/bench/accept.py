"""How long the clerk waits for an acceptance to be safe on the disk, beside the disk's own limit.

    python tests/bench/accept.py [--n 400] [--dir FOLDER]

Each round appends 4 KB and syncs them (the limit), then accepts one application through the real act into the
real encrypted store; the rounds are interleaved, so a slow moment of the machine hits both. Goal: p50 at most
4 times the limit.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from station_desk.cases.parts import Applicant
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk

GOAL = 4.0
WARM_UP = 20
FORM = Application(
    "LS-008",
    Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678", "青石桥社区 3 组 12 号"),
    {"payment_grade": "500", "payment_mode": "自行缴费"},
    {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
)


def main() -> int:
    """Prints both medians and their ratio."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--n", type=int, default=400)
    options.add_argument("--dir", type=Path, default=None)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.dir) as folder:
        measure(Path(folder), asked.n)
    return 0


def measure(folder: Path, rounds: int) -> None:
    """Interleaved rounds of the limit and of the act, on the same file system."""
    desk = set_up_desk(folder / "profile", SetUp("QSQ001", "青石桥", "2"), "en", now)
    sheet = os.open(folder / "limit", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    block = b"x" * 4096
    limit: list[float] = []
    ours: list[float] = []
    for n in range(rounds + WARM_UP):
        phone = f"139{n:08d}"
        form = msgspec.structs.replace(FORM, applicant=msgspec.structs.replace(FORM.applicant, phone=phone))
        limit.append(timed(partial(append, sheet, block)))
        ours.append(timed(partial(accept, desk, form, f"command-{n}")))
    desk.store.close()
    tell("limit: append 4 KB + fdatasync", limit[WARM_UP:], limit[WARM_UP:])
    tell("accept, durable and encrypted", ours[WARM_UP:], limit[WARM_UP:])
    ratio = statistics.median(ours[WARM_UP:]) / statistics.median(limit[WARM_UP:])
    print(f"goal: p50 at most {GOAL:.1f} x the limit; measured {ratio:.2f} x")


def append(sheet: int, block: bytes) -> None:
    """The least a durable write can cost here."""
    os.write(sheet, block)
    os.fdatasync(sheet)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def tell(name: str, times: list[float], limit: list[float]) -> None:
    """One row: median, 99th percentile, ratio of the medians."""
    ordered = sorted(times)
    p50, p99 = statistics.median(ordered), ordered[int(len(ordered) * 0.99)]
    print(f"{name:34} p50 {p50:7.3f} ms  p99 {p99:7.3f} ms  x {p50 / statistics.median(limit):5.2f}")


if __name__ == "__main__":
    sys.exit(main())
