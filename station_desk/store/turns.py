"""Two programs on one profile write in turns: whoever waits is seen, and the other one gives way.

SQLite's own waiting looks again after up to 100 ms. A program that writes without a pause leaves the file
free for some microseconds between two transactions, so one that waited could miss every gap for ten seconds
and be told "busy". Here whoever waits holds a shared lock on a small file; who is about to write again and
finds it held rests for longer than the other takes to look again.
"""

import os
import sys
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from station_desk.store.driver import BUSY_SECONDS, sqlcipher

if sys.platform != "win32":
    import fcntl

NAME = "desk.turn"
LOOK_MS = 20
"""SQLite looks again after 1, 2, 5 and 10 ms; then we begin anew, so nobody sleeps longer."""
REST_SECONDS = 0.015
BUSY = (5, 6)


class Turns:
    """The turns of one program that writes into a profile."""

    def __init__(self, folder: Path) -> None:
        self._file = -1
        if sys.platform != "win32":
            # Where nothing may be written, nobody writes in turns either.
            with suppress(OSError):
                self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                self._end = weakref.finalize(self, os.close, self._file)

    def begin(self, connection: Any) -> None:
        """Begins a unit of writing; waits up to ten seconds for its turn. Raises the driver's "busy"."""
        self._give_way()
        connection.execute(f"PRAGMA busy_timeout={LOOK_MS}")
        until = time.monotonic() + BUSY_SECONDS
        try:
            while not _begun(connection, until):
                self._lock(shared=True)
        finally:
            self._unlock()
            connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")

    def close(self) -> None:
        """Lets go of the file."""
        if self._file >= 0:
            self._file = -1
            self._end()

    def _give_way(self) -> None:
        if self._file >= 0 and not self._lock(shared=False):
            time.sleep(REST_SECONDS)
        self._unlock()

    def _lock(self, *, shared: bool) -> bool:
        if self._file >= 0 and sys.platform != "win32":
            try:
                fcntl.flock(self._file, fcntl.LOCK_NB | (fcntl.LOCK_SH if shared else fcntl.LOCK_EX))
            except OSError:
                return False
        return True

    def _unlock(self) -> None:
        if self._file >= 0 and sys.platform != "win32":
            with suppress(OSError):
                fcntl.flock(self._file, fcntl.LOCK_UN)


def _begun(connection: Any, until: float) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlcipher.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in BUSY or time.monotonic() > until:
            raise
        return False
    return True
