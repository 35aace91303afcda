"""10,000 × kill -9 at random points of `batch`: nothing answered may be lost, nothing half written.

    python -m tests.bench.batch_kill [--kills 10000] [--workers 3] [--seed 1]

Each worker has a counter of its own and kills one `station-desk batch` after the other, while it opens or
while it works. What was not answered is sent again to the next one: a repeated command must answer the same.
After each kill, what was done without being answered must be among what the next start offers. The control
tells answers before their commit; there the same check must find losses.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.faults.kills import kill_often, load_everything, telling_before_the_commit
from tests.faults.trial import Verdict, made_counter, verdict_of

CONTROL_KILLS, CONTROL_ROUNDS = 50, 8
Wish = tuple[Path, int, int]
Result = tuple[int, int, int, int, int, Verdict]


def main() -> int:
    """Kills, counts, verifies; 0 when nothing was lost, and the control was found out."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=10_000)
    options.add_argument("--workers", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    load_everything()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        share = -(-asked.kills // asked.workers)
        wishes = [(Path(place) / str(n), share, asked.seed + n) for n in range(asked.workers)]
        with multiprocessing.get_context("fork").Pool(asked.workers) as pool:
            results = pool.map(trial, wishes, chunksize=1)
        told, found_out = control(Path(place) / "control", asked.seed)
    bad = sum(report(*result) for result in results)
    minutes = (time.monotonic() - began) / 60
    kills = sum(result[0] for result in results)
    print(f"kills {kills} · bad {bad} · limit 0 · {minutes:.1f} min")
    print(f"control, told before the commit: {found_out.lost} of {told} lost · must be above 0")
    return 0 if not bad and found_out.lost else 1


def trial(wish: Wish) -> Result:
    """One counter that lives through its share of the kills."""
    folder, kills, seed = wish
    profile = made_counter(folder)
    tally = kill_often(profile, kills, Random(seed))
    verdict = verdict_of(profile, tally.told)
    return tally.kills, len(tally.told), tally.unannounced, tally.not_offered, tally.changed, verdict


def control(folder: Path, seed: int) -> tuple[int, Verdict]:
    """The planted fault under the same check, until it is found out."""
    told, verdict = 0, Verdict()
    for turn in range(CONTROL_ROUNDS):
        profile = made_counter(folder / str(turn))
        tally = kill_often(profile, CONTROL_KILLS, Random(seed + turn), telling_before_the_commit)
        told, verdict = told + len(tally.told), verdict_of(profile, tally.told, deep=False)
        if verdict.lost:
            break
    return told, verdict


def report(kills: int, told: int, unannounced: int, not_offered: int, changed: int, verdict: Verdict) -> int:
    """Says how one counter fared; answers how many things were wrong."""
    print(
        f"kills {kills} · answered {told} · done without an answer {unannounced}, of them not offered"
        f" {not_offered} · answered otherwise {changed + verdict.changed} · lost {verdict.lost}"
        f" · torn {verdict.torn} {verdict.unreadable}"
    )
    return not_offered + changed + verdict.changed + verdict.lost + verdict.torn + bool(verdict.unreadable)


if __name__ == "__main__":
    sys.exit(main())
