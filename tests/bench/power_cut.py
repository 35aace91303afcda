"""1,000 power cuts in a run of `batch`: nothing that was answered may be lost, every profile must open.

    python -m tests.bench.power_cut [--cuts 1000] [--cases 120] [--seed 1]

The writes and syncs of a real run are logged with strace; at each cut the unsynced writes are dropped, torn
or reordered, and the program opens what is left. The control is the same run on a disk that lies about
syncing: there the same check must find losses.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from station_desk.store.profile import Profile
from tests.faults.power_cut import cuts, lay, lying
from tests.faults.system_log import Call, has_strace
from tests.faults.trial import answered, verdict_of
from tests.faults.watched_batch import watched_batches


def main() -> int:
    """Cuts, opens, counts; 0 when nothing was lost, and the lying disk was found out."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cuts", type=int, default=1000)
    options.add_argument("--cases", type=int, default=120)
    options.add_argument("--seed", type=int, default=1)
    wanted = options.parse_args()
    if not has_strace():
        print("strace is missing or forbidden here: apt-get install strace")
        return 2
    with tempfile.TemporaryDirectory() as place:
        base, calls = watched_batches(Path(place), wanted.cases)
        print(f"{len(calls)} calls, {sum(call.what == 'sync' for call in calls)} of them syncs")
        good = bad_cuts(calls, base, Path(place), wanted.cuts, Random(wanted.seed))
        print(f"cuts {wanted.cuts} · lost or unreadable {good} · limit 0", flush=True)
        few = max(10, wanted.cuts // 10)
        red = bad_cuts(lying(calls), base, Path(place), few, Random(wanted.seed))
        print(f"control, a disk that lies: {red} of {few} cuts lost something · must be above 0")
    return 0 if good == 0 and red else 1


def bad_cuts(calls: Sequence[Call], base: Path, place: Path, wanted: int, dice: Random) -> int:
    """How many cuts lost what was answered, or left what does not open or is not whole."""
    bad = 0
    after = Profile(place / "after")
    for files, said in cuts(calls, base, wanted, dice):
        lay(files, base, after.folder)
        verdict = verdict_of(after, answered(said))
        bad += not verdict.is_good
        if not verdict.is_good and bad <= 3:
            print(f"  {verdict}")
    return bad


if __name__ == "__main__":
    sys.exit(main())
