"""The folder of one counter PC: the encrypted database, its key, the printed papers, the editions.

`key.json` says by which ways the key is opened (`store/vault`); the key itself lies nowhere in the folder.
"""

from dataclasses import dataclass, field
from pathlib import Path

from station_desk.core import paths
from station_desk.store.trouble import NoProfile, Quarantined, disk_trouble

SET_ASIDE = "desk.damaged-"
"""So begin the names of databases that were put aside; they are never deleted by us."""

ASIDE = "aside-"
"""So begin the folders into which a restore moved what was there; they are never deleted by us either."""

READY = ".restore"
"""A restored profile that is whole and only has to be moved into its place."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the parts of a station's own data lie. `key` is given once it was opened."""

    folder: Path
    key: str = field(default="", repr=False, compare=False)

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def key_file(self) -> Path:
        return self.folder / "key.json"

    @property
    def key_copy(self) -> Path:
        return self.folder / "key.json.bak"

    @property
    def key_files(self) -> tuple[Path, Path]:
        """Without one of the two nobody opens the database."""
        return self.key_file, self.key_copy

    @property
    def key_spare(self) -> Path:
        """A third copy of `key.json` in a folder of this user, found by where the profile lies."""
        import hashlib

        name = hashlib.sha256(str(self.folder.absolute()).encode()).hexdigest()[:32]
        return paths.user_rings() / f"{name}.json"

    @property
    def key_in_backups(self) -> list[Path]:
        """The copies that the backups of this profile carry, the newest first."""
        return sorted(self.folder.glob("backups/backup-*/key.json"), reverse=True)

    @property
    def plain_key(self) -> Path:
        """The key file of version 1, for the moment in which noughts are written over it."""
        return self.folder / "key.v1.json"

    @property
    def sidecars(self) -> tuple[Path, ...]:
        """The small files beside the database without which it is of no use: what opens it, first of all."""
        there = {*self.folder.glob("*.json"), *filter(Path.exists, self.key_files)}
        return tuple(sorted(there - {self.plain_key}))

    @property
    def reserve(self) -> Path:
        """Room set aside for a full disk."""
        return self.folder / "reserve.bin"

    @property
    def suspect(self) -> Path:
        """Lies there when a bad page was met in the database: the next opening looks at every page."""
        return self.folder / "desk.suspect"

    def set_aside(self) -> Path | None:
        """The damaged database that was put aside last."""
        return max(self.folder.glob(f"{SET_ASIDE}*.db"), default=None)

    @property
    def papers(self) -> Path:
        return self.folder / "papers"

    @property
    def editions(self) -> Path:
        return self.folder / "editions"


def require_profile(profile: Profile) -> None:
    """Raises NoProfile unless a station was set up in the folder, Quarantined if its data were put aside.

    Ends a restore that was broken off at its last step.
    """
    if (profile.folder / READY).is_dir():
        from station_desk.store.backups.restoring import finish_restore

        with disk_trouble(profile.folder):
            finish_restore(profile.folder)
    if not profile.database.exists():
        if aside := profile.set_aside():
            raise Quarantined(path=aside, folder=profile.folder)
        raise NoProfile(path=profile.folder)
