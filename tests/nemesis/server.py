"""The district as a process of its own, served over its real doors, to be killed and restored."""

import logging
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station_desk.main.district import serve

PATIENCE_S = 20.0
WITH_DATABASE = ("", "-wal", "-shm")


class Server:
    """A district on `database`; `port` is None while it does not run."""

    def __init__(self, database: Path, public_url: str) -> None:
        self.database, self._public_url = database, public_url
        self.port: int | None = None
        self._pid = 0

    def start(self, spare: Callable[[], None]) -> int:
        """Forks a server and waits until it listens."""
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            self._be_a_district(writing, spare)
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            said = told.readline().strip()
        assert said, "the district did not start"
        self.port = int(said)
        return self.port

    def kill(self) -> None:
        """Kill -9."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        self._pid, self.port = 0, None

    def back_up(self, place: Path) -> None:
        """A copy of the database as it is at one moment, by SQLite's own way."""
        with closing(sqlite3.connect(self.database)) as source, closing(sqlite3.connect(place)) as copy:
            source.backup(copy)

    def restore(self, place: Path) -> None:
        """The killed server's database is an old one again."""
        assert self.port is None
        for end in WITH_DATABASE:
            self.database.with_name(self.database.name + end).unlink(missing_ok=True)
        shutil.copy(place, self.database)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What its database answers, read beside it."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as connection:
            return list(connection.execute(sql))

    def _be_a_district(self, pipe: int, spare: Callable[[], None]) -> None:
        try:
            os.closerange(3, pipe)
            os.closerange(pipe + 1, 4096)
            spare()
            logging.disable(logging.CRITICAL)

            def ready(url: str) -> None:
                os.write(pipe, url.rpartition(":")[2].encode() + b"\n")
                os.close(pipe)

            serve(str(self.database), "127.0.0.1", 0, self._public_url, ready=ready)
        finally:
            os._exit(1)
