"""40 stations send 100,000 cases over a line that drops, doubles and reorders, to a district that is killed.

    python -m tests.bench.stations [--stations 40] [--cases 100000] [--seed 1]

In the end the district must hold the union of what the stations wrote, the ends of all logs equal, no gap.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.nemesis.many_stations import Outcome, run_stations
from tests.nemesis.stage import fast_place


def main() -> int:
    """Runs the stations; 0 when all arrived once."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--stations", type=int, default=40)
    options.add_argument("--cases", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=fast_place()) as folder:
        outcome: Outcome = run_stations(Path(folder), asked.stations, asked.cases, asked.seed)
    took, worked = time.monotonic() - began, _worked()
    print(f"{asked.stations} stations, {asked.cases} cases in {took:.0f} s: {outcome}")
    print(
        f"{asked.cases / took:.0f} cases/s; {worked:.0f} s of processor, {asked.cases / worked:.0f} a second"
    )
    return int(not outcome.is_good)


def _worked() -> float:
    """Seconds of a processor that the stations and their districts took: what a busy machine hides."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    sys.exit(main())
