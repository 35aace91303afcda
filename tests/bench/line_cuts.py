"""The line cut after every byte of a push and of its answer; the district killed after each acknowledgement.

    python -m tests.bench.line_cuts [--every 1] [--kills 200]

After each cut a real sync must bring both sides together; after each kill all that was acknowledged must be
there.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.nemesis.acknowledged import kill_after_acknowledgements
from tests.nemesis.cuts import cut_everywhere
from tests.nemesis.stage import fast_place


def main() -> int:
    """Cuts and kills; 0 when nothing was missing."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--kills", type=int, default=200)
    asked = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=fast_place()) as folder:
        missing = kill_after_acknowledgements(Path(folder), asked.kills)
    print(
        f"{asked.kills} kills after an acknowledgement in {time.monotonic() - began:.0f} s: {missing} missing"
    )
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=fast_place()) as folder:
        bad = cut_everywhere(Path(folder), asked.every)
    print(
        f"cut after every {asked.every} bytes in {time.monotonic() - began:.0f} s: {len(bad)} bad {bad[:3]}"
    )
    return int(bool(missing or bad))


if __name__ == "__main__":
    sys.exit(main())
