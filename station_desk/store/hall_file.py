"""The desk's database as the display of the hall reads it: tickets only, nothing can be changed through it.

One connection stays open and idle, so that asking whether another process wrote something costs microseconds
(`data_version`); it holds no reader open between two looks.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from station_desk.cases.ticket import Ticket
from station_desk.core.errors import TroubleError
from station_desk.store.driver import connect_reading
from station_desk.store.profile import Profile, require_profile
from station_desk.store.schema import NEWEST
from station_desk.store.trouble import NewerProfile, disk_trouble
from station_desk.store.vault.opening import read_key

ABOUT = (
    "SELECT key, value FROM about WHERE key IN ('name', 'address', 'phone', 'complaint_phone', 'public_url')"
    " OR key GLOB 'setting:hall.*'"
)
OF_DAY = "SELECT body FROM tickets WHERE day = ?"
CALLS = (
    "SELECT place, ticket, counter, rank, others, among FROM calls WHERE day = ? AND NOT undone"
    " ORDER BY place DESC"
)


class DeskNotOpened(TroubleError):
    code = "hall.desk_not_opened"


@dataclass(frozen=True, slots=True)
class HallCall:
    """A number that was called out and not taken back. `place` only grows.

    `rank` is the row it was called from; with `others` somebody without priority waited then, `among` names
    the item types it was chosen from.
    """

    place: int
    ticket: str
    counter: str
    rank: int
    others: int
    among: str


@dataclass(frozen=True, slots=True)
class HallRows:
    """The public facts of the station with its wishes for the hall, every ticket of a day, and its calls, the
    newest first.
    """

    about: dict[str, str]
    tickets: tuple[Ticket, ...]
    calls: tuple[HallCall, ...] = ()


class HallFile:
    """Opened by the first look; after trouble the next look opens it anew. For one thread."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._connection: Any = None
        self._inode = 0
        self._version = -1

    def look(self, day: str) -> HallRows:
        """The queue of an ISO day.

        Raises NoProfile, NewerProfile, DeskNotOpened for an older one, KeyMissing, Damaged, disk trouble.
        """
        with disk_trouble(self._profile.database):
            connection = self._open()
            # Asked before the rows: what is written between the two is seen by the next question.
            self._version = self._data_version()
            about = dict(connection.execute(ABOUT).fetchall())
            rows = connection.execute(OF_DAY, (day,)).fetchall()
            calls = connection.execute(CALLS, (day,)).fetchall()
        tickets = tuple(msgspec.json.decode(body, type=Ticket) for (body,) in rows)
        return HallRows(about, tickets, tuple(HallCall(*row) for row in calls))

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
            self._require_version()
        return self._connection

    def _require_version(self) -> None:
        """Only the desk brings a database up to date: the display changes nothing."""
        found = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if found == NEWEST:
            return
        self.close()
        if found > NEWEST:
            raise NewerProfile(path=self._profile.database, found=found, known=NEWEST)
        raise DeskNotOpened(path=self._profile.folder)

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _file(self) -> int:
        try:
            return self._profile.database.stat().st_ino
        except OSError:
            return 0
