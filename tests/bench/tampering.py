"""500 changes behind the log by somebody who has the key: `verify --deep` must name each, and nothing else.

    python -m tests.bench.tampering [--changes 500] [--seed 1]

One thing is changed at a time: an event edited, deleted, moved, the log cut short; a row of the tables that
screens and papers are made of edited or deleted. Between them the untouched profile must be found whole. The
control looks as each start does: that must miss some.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from station_desk.core.clock import now
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key
from station_desk.store.verify import verify_deep, verify_fast
from tests.faults.full_day import full_day
from tests.faults.tampering import Done, tamper

LOOK_BETWEEN = 25


def main() -> int:
    """Changes, verifies, counts; 0 when each change was named and nothing else was."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--changes", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        profile = full_day(Path(place) / "profile")
        unnamed, false_alarms = trial(profile, asked.changes, Random(asked.seed))
        few = max(10, asked.changes // 10)
        missed, _ = trial(profile, few, Random(asked.seed), quick_findings)
    for kind, count in sorted(Counter(done.kind for done in unnamed).items()):
        example = next(done.what for done in unnamed if done.kind == kind)
        print(f"  not named: {kind} × {count}   ({example})")
    print(f"changes {asked.changes} · named {asked.changes - len(unnamed)} · false alarms {false_alarms}")
    print("limit: all named, 0 false alarms")
    print(f"control, a look at pages and heads alone: {len(missed)} of {few} not named · must be above 0")
    return 1 if unnamed or false_alarms or not missed else 0


def trial(
    profile: Profile, changes: int, dice: Random, look: Callable[[Profile], int] | None = None
) -> tuple[list[Done], int]:
    """What was changed and not named, and how often an untouched profile was blamed."""
    good, findings = profile.database.read_bytes(), look or deep_findings
    unnamed, false_alarms = [], 0
    for turn in range(changes):
        profile.database.write_bytes(good)
        if turn % LOOK_BETWEEN == 0:
            false_alarms += bool(findings(profile))
        done = changed(profile, dice)
        if not findings(profile):
            unnamed.append(done)
    profile.database.write_bytes(good)
    return unnamed, false_alarms


def changed(profile: Profile, dice: Random) -> Done:
    """Changes one thing with the key in hand, and closes the database as if nothing were."""
    connection = connect(profile.database, read_key(profile))
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        return tamper(connection, dice)
    finally:
        connection.close()


def deep_findings(profile: Profile) -> int:
    """How many things a deep look names."""
    store = open_store(profile.folder, now)
    try:
        return len(verify_deep(store, lambda done, total: None))
    finally:
        store.close()


def quick_findings(profile: Profile) -> int:
    """The control: what the look at every start names, which follows no chain and makes no table again."""
    store = open_store(profile.folder, now)
    try:
        return len(verify_fast(store))
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
