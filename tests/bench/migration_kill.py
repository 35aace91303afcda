"""An upgrade killed at 200 random points: the old schema or the new one, no third; the next start goes on.

    python -m tests.bench.migration_kill [--kills 200] [--seed 1]

A profile of the first version, with cases, is opened and killed. The control commits each step of the way by
itself: there the same check must find a third schema.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.faults.migrations import committing_between, kill_migrations, old_counter


def main() -> int:
    """Kills, looks, opens; 0 when there was no third schema, and the control had one."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        old = old_counter(Path(place))
        found = kill_migrations(old, asked.kills, Random(asked.seed))
        few = max(20, asked.kills // 5)
        red = kill_migrations(old, few, Random(asked.seed), committing_between)
    print(f"kills {asked.kills} · old {found['old']} · new {found['new']} · third {found['third']} · limit 0")
    print(f"did not open well afterwards {found['bad afterwards']} · limit 0")
    print(f"control, steps committed by themselves: third {red['third']} of {few} · must be above 0")
    return 0 if not found["third"] and not found["bad afterwards"] and red["third"] else 1


if __name__ == "__main__":
    sys.exit(main())
