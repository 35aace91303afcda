"""A process of its own that tries a PIN and is killed (kill -9) in the moment in which it is checked.

    python wrong_pin.py PROFILE NAME PIN DAYS HOURS COUNTING

DAYS: how far the clock is wrong. HOURS: how much longer the PC is running by now.
COUNTING: `before`, as the program does, or `after`: the planted fault that counts a try only once its
answer is known.
"""

import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from station_desk.cases.staff import Acting
from station_desk.core.clock import now
from station_desk.core.errors import DeskError
from station_desk.core.uptime import Uptime, uptime
from station_desk.counter.desk import Desk
from station_desk.counter.staff.hashing import Argon
from station_desk.counter.staff.signing_in import NotRight, found, unlock_by_pin
from station_desk.main.open_desk import open_desk
from station_desk.store import staff as kept


class Deadly(Argon):
    """Checks, and takes its process with it before anybody hears the answer."""

    def fits(self, hashed: str, secret: str, /) -> bool:
        super().fits(hashed, secret)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def counting_after(desk: Desk, acting: Acting, pin: str) -> None:
    """The fault: the answer first, the count after it."""
    with desk.store.reading() as unit:
        member = found(unit, acting.name)
        assert member
        hashed = kept.hash_of(unit.connection, member.id, "pin")
        if kept.tries_of(unit.connection, member.id, "pin").wrong >= 5:
            raise NotRight(left=0)
    if not Deadly(8, 1, 1).fits(hashed, pin):
        with desk.store.writing() as unit:
            kept.count_try(unit.connection, member.id, "pin", uptime())
        raise NotRight(left=1)


def later(hours: int) -> Uptime:
    """The running time of this PC, so many hours on."""
    boot, seconds = uptime()
    return Uptime(boot, seconds + 3600 * hours)


def main() -> int:
    folder, name, pin, days, hours, counting = sys.argv[1:]
    desk = open_desk(Path(folder), "zh-Hans", lambda: now() + timedelta(days=int(days)))
    acting = Acting(name, "clerk")
    try:
        if counting == "after":
            counting_after(replace(desk, acting=acting), acting, pin)
        else:
            unlock_by_pin(desk, acting, pin, Deadly(8, 1, 1), lambda: later(int(hours)))
    except DeskError as error:
        print(error.code)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
