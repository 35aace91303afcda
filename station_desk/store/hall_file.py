"""The desk's database as the display of the hall reads it: tickets only, nothing can be changed through it.

One connection stays open and idle, so that asking whether another process wrote something costs microseconds
(`data_version`); it holds no reader open between two looks.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from station_desk.cases.ticket import Ticket
from station_desk.store.driver import connect_reading
from station_desk.store.profile import Profile, read_key, require_profile
from station_desk.store.trouble import disk_trouble

ABOUT = (
    "SELECT key, value FROM about WHERE key IN ('name', 'address', 'phone', 'complaint_phone', 'public_url')"
)
OF_DAY = "SELECT body FROM tickets WHERE day = ?"


@dataclass(frozen=True, slots=True)
class HallRows:
    """The public facts of the station, and every ticket of a day."""

    about: dict[str, str]
    tickets: tuple[Ticket, ...]


class HallFile:
    """Opened by the first look; after trouble the next look opens it anew. For one thread."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._connection: Any = None
        self._inode = 0
        self._version = -1

    def look(self, day: str) -> HallRows:
        """The tickets of an ISO day. Raises NoProfile, KeyMissing, Damaged and other trouble of the disk."""
        with disk_trouble(self._profile.database):
            connection = self._open()
            # Asked before the rows: what is written between the two is seen by the next question.
            self._version = self._data_version()
            about = dict(connection.execute(ABOUT).fetchall())
            rows = connection.execute(OF_DAY, (day,)).fetchall()
        tickets = tuple(msgspec.json.decode(body, type=Ticket) for (body,) in rows)
        return HallRows(about, tickets)

    def has_changed(self) -> bool:
        """Whether somebody wrote since the last look, or the file was put in the place of another."""
        if self._connection is None or self._file() != self._inode:
            return True
        with disk_trouble(self._profile.database):
            return self._data_version() != self._version

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> Any:
        if self._connection is not None and self._file() != self._inode:
            self.close()
        if self._connection is None:
            require_profile(self._profile)
            self._inode = self._file()
            self._connection = connect_reading(self._profile.database, read_key(self._profile))
        return self._connection

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _file(self) -> int:
        try:
            return self._profile.database.stat().st_ino
        except OSError:
            return 0
