"""Backups of this counter: made when something changed, carried to a second place, their age told."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec

from station_desk.cases.event import Head
from station_desk.core.clock import stamp
from station_desk.core.errors import TroubleError
from station_desk.core.settings import value_in
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.store.backups.drill import Drilled, drill
from station_desk.store.backups.kept import (
    Backup,
    NoBackup,
    PlaceMissing,
    backups_in,
    place_of,
    places,
    second_place,
)
from station_desk.store.backups.making import carry, heads_of, make_backup, name_at, thin
from station_desk.store.desk_store import DeskStore
from station_desk.store.erased_list import enter

Progress = Callable[[int, int], None]
SECOND_AT, TROUBLE = "backup_second_at", "backup_trouble"
DRILL_AT = "backup_drill_at"
LATE = timedelta(hours=1)
"""So long after its time a backup is late, and its age is shown in red."""

OLD = timedelta(days=1)
"""Work that lies in no backup for so long is told to everybody, in one line."""

HOUR, MOST_HOURS = 60, 48
"""Up to so many hours an age is told in hours."""

SLOWER = 20
"""Between two backups lies at least so many times what the last one took: a big profile is copied seldom."""

QUICKLY_COPIED = 1024**3
"""At most so large, in bytes, is a profile that is copied once more as the window closes: in seconds."""


class BackedUp(msgspec.Struct, frozen=True):
    """A backup that was made. `second` says how it went with the second place: empty where none is chosen."""

    folder: str
    made: str
    events: int
    cases: int
    size: int
    seconds: float
    second: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class BackupState:
    """When the last good backup was made (empty: never), whether something changed since, what is the matter.

    `minutes` is its age; `due`: it is time for one; `late`: it is shown in red; `old`: it is told as well.
    """

    made: str
    minutes: int
    changed: bool
    due: bool
    late: bool
    second_made: str
    trouble: str
    drilled: str
    on: bool
    old: bool = False


def backup_state(desk: Desk) -> BackupState:
    """How it stands with the backups, from the folders themselves."""
    about, now = desk.store.about(), desk.clock()
    found = backups_in(place_of(desk.store.profile.folder))
    last = found[0] if found else None
    heads = _heads(desk.store)
    changed = heads != dict(last.manifest.heads) if last else any(head.seq for head in heads.values())
    age = max(now - last.made, timedelta()) if last else timedelta.max
    every = timedelta(minutes=int(value_in(about, "backup.minutes")))
    pause = max(every, timedelta(seconds=SLOWER * (last.manifest.took if last else 0)))
    on = value_in(about, "backup.on") == "yes"
    second, trouble = second_place(about), about.get(TROUBLE, "")
    old = changed and age >= max(OLD, pause + LATE) if last else bool(changed and trouble)
    return BackupState(
        last.manifest.at if last else "", int(age.total_seconds() // 60) if last else 0, changed,
        on and changed and age >= pause, changed and age >= pause + LATE,
        about.get(SECOND_AT, "") if second else "", trouble, about.get(DRILL_AT, ""), on, old,
    )  # fmt: skip


def back_up(desk: Desk, progress: Progress) -> BackedUp:
    """Makes a backup now, and carries it to the second place if there is one; thins both.

    Raises what `make_backup` raises. A second place that is not there or full is said, and does not fail.
    """
    began, store = time.monotonic(), desk.store
    first = place_of(store.profile.folder)
    try:
        made = make_backup(store, _free_name(first, stamp(desk.clock())), desk.clock, progress)
        thin(first, desk.clock)
    except TroubleError as trouble:
        store.set_about({TROUBLE: desk.texts.error(trouble)})
        raise
    second, why = _carried(desk, made, progress)
    if second == "made":
        with suppress(OSError):
            # A stick that was away learns what was erased meanwhile.
            enter([store.profile.folder, *places(store.profile.folder, store.about())], {})
    store.set_about({TROUBLE: why, **({SECOND_AT: made.manifest.at} if second == "made" else {})})
    return _told(made, second, why, time.monotonic() - began)


def back_up_to(desk: Desk, folder: Path, progress: Progress) -> BackedUp:
    """Makes one backup where somebody wants it: in a new folder of this name."""
    began = time.monotonic()
    made = make_backup(desk.store, folder, desk.clock, progress)
    return _told(made, "", "", time.monotonic() - began)


def back_up_if_due(desk: Desk, progress: Progress, *, closing: bool = False) -> BackedUp | None:
    """The same when it is time for it; at closing whenever something changed and it takes no minutes."""
    state = backup_state(desk)
    if closing:
        small = desk.store.profile.database.stat().st_size <= QUICKLY_COPIED
        is_wanted = state.on and state.changed and small
    else:
        is_wanted = state.due
    return back_up(desk, progress) if is_wanted else None


def known_backups(desk: Desk) -> list[Backup]:
    """The backups in both places, the newest first."""
    found = [
        backup
        for place in places(desk.store.profile.folder, desk.store.about())
        for backup in backups_in(place)
    ]
    return sorted(found, key=lambda backup: backup.made, reverse=True)


def drill_now(desk: Desk, progress: Progress) -> Drilled:
    """Restores the last backup beside everything and tells how that went. Raises NoBackup, restore's."""
    found = known_backups(desk)
    if not found:
        raise NoBackup(path=place_of(desk.store.profile.folder))
    told = drill(desk.store, found[0], desk.clock, progress)
    if not told.findings:
        desk.store.set_about({DRILL_AT: stamp(desk.clock())})
    return told


def age_words(say: Say, state: BackupState) -> str:
    """How old the last backup is, in words."""
    if not state.made:
        return say("backup.age.none")
    if not state.changed:
        return say("backup.age.all", time=state.made[11:16], day=state.made[:10])
    if state.minutes < HOUR:
        return say("backup.age.minutes", count=state.minutes)
    if state.minutes < MOST_HOURS * HOUR:
        return say("backup.age.hours", count=state.minutes // HOUR)
    return say("backup.age.days", count=state.minutes // (24 * HOUR))


def short_age(say: Say, state: BackupState, today: str) -> str:
    """The same for a narrow place; of a backup that holds everything, when it was made."""
    if not state.made:
        return say("backup.short.none")
    if not state.changed:
        when = state.made[11:16] if state.made[:10] == today else state.made[5:10]
        return say("backup.short.all", when=when)
    if state.minutes < HOUR:
        return say("backup.short.minutes", count=state.minutes)
    if state.minutes < MOST_HOURS * HOUR:
        return say("backup.short.hours", count=state.minutes // HOUR)
    return say("backup.short.days", count=state.minutes // (24 * HOUR))


def _carried(desk: Desk, made: Backup, progress: Progress) -> tuple[str, str]:
    """How it went with the second place: nothing, `made`, `absent`, or `failed` with the sentence."""
    place = second_place(desk.store.about())
    if place is None:
        return "", ""
    if not place.parent.is_dir():
        return "absent", desk.texts.error(PlaceMissing(path=place.parent))
    try:
        carry(made, place, desk.store.key_for_helper(), progress)
        thin(place, desk.clock)
    except (TroubleError, OSError) as error:
        trouble = error if isinstance(error, TroubleError) else PlaceMissing(path=place.parent)
        return "failed", desk.texts.error(trouble)
    return "made", ""


def _free_name(place: Path, at: str) -> Path:
    folder, count = place / name_at(at), 1
    while folder.exists():
        count += 1
        folder = place / f"{name_at(at)}-{count}"
    return folder


def _told(made: Backup, second: str, trouble: str, seconds: float) -> BackedUp:
    told = made.manifest
    return BackedUp(
        str(made.folder), told.at, told.events, told.cases, told.size, round(seconds, 2), second, trouble
    )


def _heads(store: DeskStore) -> dict[str, Head]:
    with store.snapshot() as connection:
        return heads_of(connection)
