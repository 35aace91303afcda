"""Wrong passwords and PINs: how long to wait after how many, whatever somebody does to the clock.

A try is counted before it is checked. The wait runs by how long the PC has been running; after it was started
anew, only the time since then counts. So neither another date nor a pulled plug makes it shorter.
"""

from typing import NamedTuple

from station_desk.core.uptime import Uptime

FREE = 5
"""So many wrong ones before the first wait."""
MOST = 10
"""So many, and only the head of the station helps."""
FIRST_WAIT, LONGEST_WAIT = 60.0, 86_400.0


class Tries(NamedTuple):
    """How many were wrong in a row, and when the last one was, by the running time of the PC."""

    wrong: int = 0
    boot: str = ""
    since: float = 0.0


def wait_after(wrong: int) -> float:
    """Seconds to wait after so many wrong ones: a minute after five, then twice as long each time."""
    return 0.0 if wrong < FREE else min(FIRST_WAIT * 2.0 ** (wrong - FREE), LONGEST_WAIT)


def is_locked(tries: Tries) -> bool:
    """Whether waiting does not help any more."""
    return tries.wrong >= MOST


def seconds_left(tries: Tries, now: Uptime) -> float:
    """How much of the wait is left; never less than the truth."""
    return max(0.0, wait_after(tries.wrong) - _passed(tries, now))


def _passed(tries: Tries, now: Uptime) -> float:
    same_start = tries.boot == now.boot and now.seconds >= tries.since
    return now.seconds - tries.since if same_start else now.seconds
