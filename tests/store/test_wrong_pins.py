"""Eleven wrong PINs, the process killed at each, the clock a day on: still locked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from station_desk.cases.staff import Acting
from station_desk.counter.desk import Desk
from station_desk.counter.staff.accounts import set_pin
from tests.store.staffed import CLERK, HANDS, PASSWORDS, PIN, acting_as, staffed

WRONG = "739154"
CHILD = Path(__file__).with_name("wrong_pin.py")
ROOT = CHILD.parents[2]


def try_killed(desk: Desk, pin: str, days: int, hours: int = 0, counting: str = "before") -> tuple[int, str]:
    """What became of a try in a process of its own: its end, and what it said."""
    folder = str(desk.store.profile.folder)
    done = subprocess.run(
        [sys.executable, str(CHILD), folder, CLERK, pin, str(days), str(hours), counting],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    return done.returncode, done.stdout.strip() + done.stderr.strip()


@pytest.fixture
def with_pin(desk: Desk) -> Desk:
    """A clerk with a PIN."""
    staffed(desk)
    set_pin(acting_as(desk, CLERK), Acting(CLERK, "clerk"), PASSWORDS[CLERK], PIN, "pin", HANDS)
    return desk


def wrong(desk: Desk) -> int:
    return sum(count for (count,) in desk.store.read("SELECT wrong FROM staff_tries WHERE way = 'pin'"))


@pytest.mark.long
def test_eleven_wrong_pins_with_a_kill_at_each_and_another_clock(with_pin: Desk) -> None:
    ended = [try_killed(with_pin, WRONG, days) for days in (0, 0, 1, -1, 0)]
    assert ended == [(-signal.SIGKILL, "")] * 5
    assert wrong(with_pin) == 5
    # While the wait lasts nothing is checked at all: not the wrong one, and not the right one.
    refused = [try_killed(with_pin, pin, days) for pin, days in ((WRONG, 0), (PIN, 1), (PIN, -30))]
    assert refused == [(7, "staff.wait_first")] * 3
    ended = [try_killed(with_pin, WRONG, 1, hours) for hours in range(1, 6)]
    assert ended == [(-signal.SIGKILL, "")] * 5
    assert [try_killed(with_pin, PIN, 1, hours) for hours in (5, 5000)] == [(7, "staff.pin_locked")] * 2


def test_counting_after_the_answer_would_be_found(with_pin: Desk) -> None:
    for _ in range(3):
        assert try_killed(with_pin, WRONG, 0, 0, "after") == (-signal.SIGKILL, "")
    assert wrong(with_pin) == 0
