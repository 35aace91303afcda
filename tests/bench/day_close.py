"""Days with injected faults (missing acknowledgement, reprint, void, crash, lost number): each must be named.

python tests/bench/day_close.py [--faults 1000] [--seed 1]
Prints how many faults were injected, how many gaps and notes were due, named, and named falsely.
"""

import argparse
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from station_desk.counter.day_close import close_of
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk
from tests.store.a_day import spend
from tests.store.conftest import TestClock, pension_application
from tests.store.test_day_close import enrol

CASES_A_DAY = 100


def fresh() -> str:
    """A command id that was never used."""
    return uuid4().hex


def main() -> int:
    """Spends days until enough faults were injected; 1 when one was not named or named falsely."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--faults", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    dice, faults, due, named, false, days, took = Random(asked.seed), 0, 0, 0, 0, 0, 0.0
    while faults < asked.faults:
        with tempfile.TemporaryDirectory() as folder:
            clock = TestClock()
            clock.moment += timedelta(days=7 * days)
            wish = SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新")
            desk = set_up_desk(Path(folder, "profile"), wish, "zh-Hans", clock)
            enrol(desk)
            day = spend(desk, pension_application(), fresh, dice, CASES_A_DAY, Path(folder))
            began = time.perf_counter()
            close = close_of(desk, clock().date())
            took = max(took, time.perf_counter() - began)
            said, wanted = {*close.gaps, *close.notes}, {*day.gaps, *day.notes}
            faults, due, days = faults + day.faults, due + len(wanted), days + 1
            named, false = named + len(said & wanted), false + len(said - wanted)
            desk.store.close()
        print(f"days {days} · faults {faults} · due {due} · named {named} · false {false}", flush=True)
    print(f"slowest reckoning of {CASES_A_DAY} cases {took * 1000:.1f} ms")
    return 0 if due == named and not false else 1


if __name__ == "__main__":
    sys.exit(main())
