"""How long this PC has been running: a time that nobody can set, for waits that must not be cut short."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Uptime(NamedTuple):
    """`seconds` since the PC was started, sleep counted in; `boot` names that start where the system does."""

    boot: str
    seconds: float


UptimeOf = Callable[[], Uptime]


def uptime() -> Uptime:
    """How long this PC has been running now."""
    return Uptime(_boot(), seconds_up())


def seconds_up() -> float:
    """The seconds alone: nothing is read from a file."""
    clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    # Elsewhere the running clock of the system counts sleep in by itself, or stops with it.
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def _boot() -> str:
    try:
        return BOOT_ID.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
