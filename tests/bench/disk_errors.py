"""ENOSPC and EIO at each of the first 300 writes and syncs of `batch`: a sentence, no answer without its row.

    python -m tests.bench.disk_errors [--calls 300] [--step 1] [--quick]

Each call fails once, and in a second round from that call on for good: a full disk, a dead one. A run is good
when it ends with exit code 5 or, where nothing was refused, 0; when each refusal has its sentence; when no
traceback came; and when all that was answered is there. The control tells answers before their commit.
`--step 25` takes every 25th call, `--quick` only two of the four rounds.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.disk_errors import Outcome, outcomes, points_of
from tests.faults.system_log import has_strace

ROUNDS = (("ENOSPC", False), ("EIO", True), ("ENOSPC", True), ("EIO", False))


def main() -> int:
    """Fails, counts; 0 when no run was bad, and the control was."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--calls", type=int, default=300)
    options.add_argument("--step", type=int, default=1)
    options.add_argument("--quick", action="store_true")
    wanted = options.parse_args()
    if not has_strace():
        print("strace is missing or forbidden here: apt-get install strace")
        return 2
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        points = points_of(place, wanted.calls)[:: wanted.step]
        for error, for_good in ROUNDS[: 2 if wanted.quick else len(ROUNDS)]:
            found = outcomes(place, points, error, for_good=for_good)
            bad += report(f"{error}{' from then on' if for_good else ''}", found)
        few = points[:: max(1, len(points) // (8 if wanted.quick else 60))]
        red = outcomes(place, few, "EIO", for_good=True, mutant="told before the commit")
    found_out = sum(bool(one.wrong) for one in red)
    print(f"bad {bad} · limit 0")
    print(f"control, told before the commit: {found_out} of {len(red)} runs bad · must be above 0")
    return 0 if not bad and found_out else 1


def report(name: str, found: list[Outcome]) -> int:
    """Says how the runs with one kind of error went; answers how many were bad."""
    wrong = [one for one in found if one.wrong]
    five = sum(one.exit_code == 5 for one in found)
    print(f"{name}: {len(found)} calls · exit code 5: {five} · bad {len(wrong)}", flush=True)
    for one in wrong[:3]:
        print(f"  {one}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
