"""Work that nobody waits for comes last: it leaves the processor and the disk to whoever wants them."""

import os
import sys
import time
from collections.abc import Callable

NICEST = 19
IDLE_PRIORITY_CLASS = 0x40
REST_SHARE, LONGEST_REST = 0.5, 0.2
"""Between two steps lies a rest of half as long as the step took, in seconds at most so many."""


def resting(progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """The same `progress`, with a rest after each step: disk and processor are free for whoever waits."""
    ended = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal ended
        progress(done, total)
        time.sleep(min((time.monotonic() - ended) * REST_SHARE, LONGEST_REST))
        ended = time.monotonic()

    return told


def process_comes_last() -> None:
    """The process that calls this, with all of its threads, comes after all others."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), IDLE_PRIORITY_CLASS)
    else:
        os.nice(NICEST)
