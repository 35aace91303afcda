"""What a backup is: a folder with the database, what opens it, its settings and editions, and a manifest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from station_desk.cases.event import Head
from station_desk.core.clock import moment
from station_desk.core.errors import IntegrityError, RuleError, TroubleError
from station_desk.core.settings import value_in

MANIFEST = "backup.json"
DATABASE = "desk.db"
EDITIONS = "editions"
PC_SETTINGS = "pc-settings.json"
PREFIX, PART = "backup-", ".part"
FOLDER = "backups"
"""Where the backups of a profile lie in it."""


class NotABackup(RuleError):
    code = "backup.not_a_backup"


class NoBackup(RuleError):
    code = "backup.none"


class BackupFaulty(IntegrityError):
    code = "backup.faulty"


class NoRoom(TroubleError):
    code = "backup.no_room"


class PlaceMissing(TroubleError):
    code = "backup.place_missing"


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds, as the source said it in that very moment: the ends of the logs, and counts.

    `took` are the seconds that it took to make and prove it.
    """

    at: str
    station: str
    counter: str
    heads: dict[str, Head]
    events: int
    cases: int
    size: int
    program: str
    took: float = 0.0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """A good backup: it has a manifest, because it was opened and compared before it got its name."""

    folder: Path
    manifest: Manifest

    @property
    def made(self) -> datetime:
        return moment(self.manifest.at)

    @property
    def database(self) -> Path:
        return self.folder / DATABASE


def place_of(profile: Path) -> Path:
    """Where the backups of a profile lie by themselves."""
    return profile / FOLDER


def second_place(about: Mapping[str, str]) -> Path | None:
    """Where a second copy goes, a folder for each counter; None where nobody has chosen a place."""
    chosen_place = value_in(about, "backup.to")
    return Path(chosen_place) / f"{about['station']}.{about['counter']}" if chosen_place else None


def places(profile: Path, about: Mapping[str, str]) -> list[Path]:
    """Every place where backups of a profile may lie."""
    second = second_place(about)
    return [place_of(profile), *([second] if second else [])]


def read_backup(folder: Path) -> Backup:
    """The backup in a folder. Raises NotABackup."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        moment(manifest.at)
    except (OSError, ValueError, RecursionError) as error:
        raise NotABackup(path=folder) from error
    if not (folder / DATABASE).is_file():
        raise NotABackup(path=folder)
    return Backup(folder, manifest)


def backups_in(place: Path) -> list[Backup]:
    """The good backups of a place, the newest first; none where the place is missing."""
    return sorted(_found(place), key=lambda backup: (backup.made, backup.folder.name), reverse=True)


def chosen(source: Path) -> Backup:
    """The backup that somebody named: its folder, or the newest of a place. Raises NotABackup, NoBackup."""
    if (source / MANIFEST).exists():
        return read_backup(source)
    found = backups_in(source)
    if not found and not source.is_dir():
        raise NotABackup(path=source)
    if not found:
        raise NoBackup(path=source)
    return found[0]


def same_heads(one: Mapping[str, Head], other: Mapping[str, Head]) -> bool:
    """Whether two states hold the same logs up to the same ends."""
    return dict(one) == dict(other)


def _found(place: Path) -> Iterator[Backup]:
    try:
        names = sorted(place.iterdir())
    except OSError:
        return
    for folder in names:
        if folder.name.startswith(PREFIX) and not folder.name.endswith(PART):
            try:
                yield read_backup(folder)
            except NotABackup:
                continue
