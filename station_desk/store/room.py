"""Room on the disk: when a counter warns, when it takes no new case, the reserve for what must be finished.

All numbers stand here. On a small volume (a memory stick) they shrink with it, so that it can be used at all.
"""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from station_desk.core.errors import TroubleError
from station_desk.store.profile import Profile

MB = 1024 * 1024
WARN_BELOW, WARN_SHARE = 1000 * MB, 5
"""With less free than this, or than a fifth of a small volume, everybody is told."""
STOP_BELOW, STOP_SHARE = 200 * MB, 10
"""With less free than this no new case begins; what was begun is finished."""
RESERVE, RESERVE_SHARE = 64 * MB, 20
"""So much is set aside, to be given up when nothing else is left."""
FINISH_BELOW, FINISH_SHARE = 16 * MB, 100
"""With less free than this before a commit the reserve is given up."""
READ_BELOW, READ_SHARE = 1 * MB, 100
"""With less free than this even reading needs it: the index that programs share finds no room."""
State = Literal["plenty", "short", "stop"]


class DiskNearlyFull(TroubleError):
    code = "store.disk_nearly_full"


class NoRoomToMigrate(TroubleError):
    code = "store.no_room_to_migrate"


@dataclass(frozen=True, slots=True)
class Room:
    """What is free on the volume of a profile, of how much, in bytes."""

    free: int
    total: int

    @property
    def state(self) -> State:
        """`stop`: no new case may begin. `short`: somebody should make room soon."""
        if self.free < self.stop_below:
            return "stop"
        return "short" if self.free < min(WARN_BELOW, self.total // WARN_SHARE) else "plenty"

    @property
    def stop_below(self) -> int:
        """With less free than this no new case may begin."""
        return min(STOP_BELOW, self.total // STOP_SHARE)

    @property
    def reserve(self) -> int:
        """How large the reserve is on this volume."""
        return min(RESERVE, self.total // RESERVE_SHARE)

    @property
    def is_used_up(self) -> bool:
        """Whether only the reserve can help to finish what must be finished."""
        return self.free < min(FINISH_BELOW, self.total // FINISH_SHARE)


def room_of(profile: Profile) -> Room:
    """The room on the volume of a profile. Raises OSError."""
    total, _, free = shutil.disk_usage(profile.folder)
    return Room(free, total)


def require_room(profile: Profile) -> None:
    """Raises DiskNearlyFull where no new case may begin."""
    with suppress(OSError):
        room = room_of(profile)
        if room.state == "stop":
            raise DiskNearlyFull(
                path=profile.folder, free=in_megabytes(room.free), needed=in_megabytes(room.stop_below)
            )


def keep_reserve(profile: Profile) -> bool:
    """Sets the reserve aside where it is missing and there is room for it; answers whether it is there."""
    if profile.reserve.exists():
        return True
    part = profile.reserve.with_suffix(".part")
    try:
        room = room_of(profile)
        if room.free < room.stop_below + room.reserve:
            return False
        with part.open("wb") as file:
            _fill(file.fileno(), room.reserve)
        part.replace(profile.reserve)
    except OSError:
        # Without it the counter works all the same; the next start tries again.
        with suppress(OSError):
            part.unlink()
        return False
    return True


def give_up_reserve(profile: Profile) -> bool:
    """Makes room for what must be finished; answers whether there was something to give up."""
    with suppress(OSError):
        profile.reserve.unlink()
        return True
    return False


def make_room(profile: Profile) -> None:
    """Before something is written that must be finished: gives the reserve up where nothing else is left."""
    with suppress(OSError):
        if room_of(profile).is_used_up:
            give_up_reserve(profile)


def make_room_to_read(profile: Profile) -> None:
    """Before a database is opened: gives the reserve up where not even the shared index would find room."""
    with suppress(OSError):
        room = room_of(profile)
        if room.free < min(READ_BELOW, room.total // READ_SHARE):
            give_up_reserve(profile)


def in_megabytes(size: int) -> str:
    """A size as people are told it."""
    return f"{size / MB:.1f}" if size < 10 * MB else f"{size // MB}"


def _fill(handle: int, size: int) -> None:
    """Room that is really taken: a file with holes would set nothing aside."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
        return
    block = b"\0" * MB
    for start in range(0, size, MB):
        os.write(handle, block[: size - start])
