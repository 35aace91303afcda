"""A restore drill: the last backup is restored beside everything, checked, compared, and taken away again."""

import shutil
import time

import msgspec

from station_desk.core.clock import Clock
from station_desk.store.backfill import Progress, unheard
from station_desk.store.backups.kept import Backup
from station_desk.store.backups.making import require_free
from station_desk.store.backups.restoring import rebuild
from station_desk.store.desk_store import DeskStore, open_store
from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble
from station_desk.store.verify import verify_deep
from station_desk.store.verifying.apart import verify_start
from station_desk.store.verifying.beside import ends_missing
from station_desk.store.verifying.finding import Finding

DRILL = ".drill"
DEEP = 100_000
"""Up to so many events the restored profile is checked deeply; a bigger one quickly."""


class Drilled(msgspec.Struct, frozen=True):
    """How a drill went: the backup, what was in it, how long it took, and what was wrong (nothing, mostly).

    `behind` counts the events that were written since, which a restore would leave to the district.
    """

    backup: str
    made: str
    events: int
    cases: int
    behind: int
    seconds: float
    deep: bool
    findings: tuple[tuple[str, str, str], ...]


def drill(store: DeskStore, backup: Backup, clock: Clock, progress: Progress) -> Drilled:
    """Rebuilds the backup in a folder of its own and tells how that went. Raises NoRoom, like `rebuild`."""
    began = time.monotonic()
    folder = store.profile.folder / DRILL
    shutil.rmtree(folder, ignore_errors=True)
    try:
        told = backup.manifest
        with disk_trouble(folder):
            require_free(store.profile.folder, told.size)
            rebuilt = rebuild(
                backup, folder, lambda done, total: progress(done, total + 2), store.key_for_helper()
            )
        deep = told.events <= DEEP
        found = [*_checked(rebuilt, clock, progress, deep=deep), *_compared(store, backup)]
        progress(5, 5)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    events = int(store.read("SELECT count(*) FROM events")[0][0])
    return Drilled(
        str(backup.folder), told.at, told.events, told.cases, events - told.events,
        round(time.monotonic() - began, 1), deep, tuple((f.code, f.what, f.detail) for f in found),
    )  # fmt: skip


def _checked(rebuilt: Profile, clock: Clock, progress: Progress, *, deep: bool) -> list[Finding]:
    restored = open_store(rebuilt.folder, clock, key=rebuilt.key)
    try:
        if deep:
            return verify_deep(restored, unheard)
        return verify_start(restored, lambda _done, _total: progress(3, 5))
    finally:
        restored.close()


def _compared(store: DeskStore, backup: Backup) -> list[Finding]:
    """The profile at work must hold all that the backup holds."""
    with store.snapshot() as connection:
        return list(ends_missing(connection, "backup", backup.manifest.heads, backup.manifest.at[:16]))
