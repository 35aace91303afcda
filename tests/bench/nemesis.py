"""Five counters and their district through a line that fails in every way: nothing lost, nothing twice.

    python -m tests.bench.nemesis [--seeds 100] [--steps 300] [--first 1] [--design NAME] [--no-clones]

Each seed: refused, cut going up and coming down, lost replies, replayed bytes, a slow line, a login page,
kill -9 of the district and of counters, both restored from old copies, copied PCs, clocks that jump, kinds
that no district knows. Then a calm day, and the count. `--design` plants one of the wrong designs instead.
"""

import argparse
import sys
import time
from collections import Counter

from tests.nemesis.runs import Runs
from tests.nemesis.wrong_designs import DESIGNS, planted

COUNTED = ("acked", "lost", "twice", "disagree", "behind", "stuck")


def main() -> int:
    """Runs the seeds; 0 when all are good, or with a planted design when it was found out."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seeds", type=int, default=100)
    options.add_argument("--steps", type=int, default=300)
    options.add_argument("--first", type=int, default=1)
    options.add_argument("--design", choices=sorted(DESIGNS), default="")
    options.add_argument("--no-clones", action="store_true")
    asked = options.parse_args()
    began = time.monotonic()
    total: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    bad = 0
    with planted(asked.design), Runs() as runs:
        for seed in range(asked.first, asked.first + asked.seeds):
            verdict, met = runs.run(seed, asked.steps, clones=not asked.no_clones)
            for name in COUNTED:
                total[name] += getattr(verdict, name)
            faults += met
            bad += not verdict.is_good
            for word in verdict.why[:6]:
                print(f"  seed {seed}: {word}")
            sys.stdout.flush()
            print(f"seed {seed}: {'good' if verdict.is_good else 'bad'}", file=sys.stderr)
    print(f"{asked.seeds} seeds x {asked.steps} steps in {time.monotonic() - began:.0f} s, {bad} bad")
    print(
        ", ".join(
            f"{total[name]} {name}" for name in ("acked", "lost", "twice", "disagree", "behind", "stuck")
        )
    )
    print(f"{sum(faults.values())} faults: {', '.join(f'{n} {name}' for name, n in sorted(faults.items()))}")
    return int(bool(bad) != bool(asked.design))


if __name__ == "__main__":
    sys.exit(main())
