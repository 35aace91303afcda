"""500 bits turned in the database file, one at a time: refused or read right 500 times, never wrong.

    python -m tests.bench.bit_flips [--flips 500] [--seed 1]

The control is the same data in a file of plain SQLite: there wrong data must be shown.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.faults.bit_flips import as_plain_sqlite_reads, as_the_desk_reads, flips, plain_copy
from tests.faults.full_day import full_day


def main() -> int:
    """Turns, reads, counts; 0 when nothing wrong was shown, and plain SQLite showed some."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--flips", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        profile = full_day(Path(place) / "profile")
        plain = plain_copy(profile, Path(place) / "plain.db")
        refused, right, wrong = flips(profile.database, asked.flips, Random(asked.seed), as_the_desk_reads)
        control = flips(plain, asked.flips, Random(asked.seed), as_plain_sqlite_reads)
    print(f"flips {asked.flips} · refused {refused} · read right {right} · read wrong {wrong} · limit 0")
    print(f"control, plain SQLite: refused {control[0]} · read wrong {control[2]} · must be above 0")
    return 0 if not wrong and control[2] else 1


if __name__ == "__main__":
    sys.exit(main())
