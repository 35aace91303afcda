"""How it stands with the disk under this counter, and what was stored there and perhaps never told."""

import msgspec

from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.store.place import cloud_of
from station_desk.store.room import MB, State, room_of
from station_desk.store.unsaid import Unsaid


class StorageState(msgspec.Struct, frozen=True):
    """The disk for every screen that shows it.

    `room`: plenty, short (somebody should make room), stop (no new case); sizes in MB. `cloud`: which program
    carries the folder away. `set_aside`: the damaged database that was put aside last.
    """

    folder: str
    room: State
    free: int
    stop_below: int
    reserve: bool
    cloud: str
    set_aside: str
    unsaid: list[Unsaid]


def storage_state(desk: Desk) -> StorageState:
    """The state of now, from the desk's own files."""
    profile = desk.store.profile
    room = room_of(profile)
    return StorageState(
        folder=str(profile.folder), room=room.state, free=room.free // MB, stop_below=room.stop_below // MB,
        reserve=profile.reserve.exists(), cloud=cloud_of(profile.folder),
        set_aside=str(profile.set_aside() or ""), unsaid=desk.store.unsaid(),
    )  # fmt: skip


def storage_notices(state: StorageState, texts: Texts) -> list[str]:
    """What a clerk must be told of it, the most urgent first."""
    notices = []
    if state.room != "plenty":
        notices.append(texts(f"storage.{state.room}", folder=state.folder, needed=state.stop_below))
    if state.cloud:
        notices.append(texts("storage.cloud", folder=state.folder, cloud=state.cloud))
    if state.set_aside:
        notices.append(texts("storage.set_aside", path=state.set_aside))
    return notices + [texts("storage.unsaid", id=one.id) for one in state.unsaid]
