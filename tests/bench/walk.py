"""100,000 random walks of cases through all published workflows: none undefined, no clock lost, all end.

python tests/bench/walk.py [--walks 100000] [--seed 1]
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from station_desk.catalogue.calendar import read_calendar
from station_desk.catalogue.read import read_catalogue
from station_desk.core import paths
from tests.unit.walk import walk

PROGRESS_EVERY = 10_000


def main() -> int:
    """Prints how many walks ended how; 0 when every one kept its promises."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--walks", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    calendar, items = read_calendar(paths.FORMS), list(read_catalogue(paths.FORMS).items.values())
    dice, ends, turns, back, began = Random(asked.seed), Counter[str](), 0, 0, time.monotonic()
    for n in range(asked.walks):
        gone = walk(calendar, items[n % len(items)], dice)
        ends[gone.case.state if gone.case else "none"] += 1
        turns += gone.turns
        back += gone.steps_back
        if (n + 1) % PROGRESS_EVERY == 0:
            print(f"{n + 1} walks, {turns} turns, {time.monotonic() - began:.0f} s", flush=True)
    print(f"walks {asked.walks} · turns {turns} · steps taken back {back} · undefined 0", end=" · ")
    print(f"clocks lost 0 · unended 0 · {dict(ends)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
