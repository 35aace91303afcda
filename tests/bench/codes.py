"""Every code of every receipt is read: 1,000 varied receipts at 203 dpi, turned, blurred, JPEG quality 40.

    python tests/bench/codes.py [--receipts 1000] [--seed 1] [--blur 1.25] [--jobs 2]

Items, names, stations, hosts, languages, lengths and sensitivities vary. Goal: 100 % decoded and equal. At
the end, how far beyond the asked blur the codes still are read, a hundred receipts each.
"""

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from station_desk.catalogue.read import read_catalogue
from station_desk.core import paths
from tests.paper.varied import MOST_BLUR, printed, read, scanned

AT_ONCE = 50
BEYOND = (1.5, 1.75)


def main() -> int:
    """Prints how many codes were read of how many; 0 when every one was."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--receipts", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--blur", type=float, default=MOST_BLUR)
    options.add_argument("--jobs", type=int, default=2)
    asked = options.parse_args()
    with ProcessPoolExecutor(asked.jobs) as pool:
        good = measure(pool, asked.receipts, asked.seed, asked.blur)
        for blur in BEYOND:
            measure(pool, min(100, asked.receipts), asked.seed, blur)
    return 0 if good else 1


def measure(pool: ProcessPoolExecutor, receipts: int, seed: int, blur: float) -> bool:
    """Reads so many receipts; says what was missed."""
    began, counted = time.monotonic(), Counter[str]()
    batches = [range(start, min(start + AT_ONCE, receipts)) for start in range(0, receipts, AT_ONCE)]
    for done, batch in enumerate(pool.map(partial(read_batch, seed, blur), batches), 1):
        counted += batch
        print(
            f"  {min(done * AT_ONCE, receipts)} receipts · codes read {counted['read']} of {counted['codes']}"
            f" · {time.monotonic() - began:.0f} s",
            flush=True,
        )
    kinds = {kind: n for kind, n in sorted(counted.items()) if kind not in ("read", "codes")}
    share = counted["read"] / counted["codes"]
    read_of_all = f"codes read {counted['read']} of {counted['codes']} = {share:.2%} (goal 100 %)"
    print(f"blur {blur}: receipts {receipts} · {read_of_all} · {kinds}")
    return share == 1 and not counted["misread"]


def read_batch(seed: int, blur: float, numbers: range) -> Counter[str]:
    """Each receipt has dice of its own, so that any one can be made again alone."""
    catalogue, counted = read_catalogue(paths.FORMS), Counter[str]()
    for number in numbers:
        dice = Random(f"{seed} {number}")
        paper = printed(dice, catalogue)
        found = read(scanned(dice, paper.pdf, blur))
        missed = [code for code in paper.codes if code not in found]
        counted.update(codes=len(paper.codes), read=len(paper.codes) - len(missed))
        counted.update((paper.language, paper.sensitivity))
        for code in missed:
            counted["missed"] += 1
            print(f"  receipt {number} (seed {seed}): missed {code}", flush=True)
        if strange := found.difference(paper.codes):
            counted["misread"] += len(strange)
            print(f"  receipt {number} (seed {seed}): read {strange}", flush=True)
    return counted


if __name__ == "__main__":
    sys.exit(main())
