"""The folder of one counter PC: the encrypted database, its key, the printed papers, the editions.

The key lies in a file of its own with rights for its owner only. It protects a database or a backup that went
astray without its folder; the wrapping by the system's key store and the recovery envelope come with the
issue "Trust at the desk".
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from station_desk.store.trouble import KeyMissing, NoProfile, Quarantined, disk_trouble

SET_ASIDE = "desk.damaged-"
"""So begin the names of databases that were put aside; they are never deleted by us."""

READY = ".restore"
"""A restored profile that is whole and only has to be moved into its place."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the parts of a station's own data lie."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    @property
    def key_file(self) -> Path:
        return self.folder / "key.json"

    @property
    def sidecars(self) -> tuple[Path, ...]:
        """The small files beside the database without which it is of no use: what opens it, first of all."""
        return tuple(sorted(self.folder.glob("*.json")))

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


def read_key(profile: Profile) -> str:
    """The key of the database as 64 hex digits."""
    try:
        key = json.loads(profile.key_file.read_text("utf-8"))["key"]
        return bytes.fromhex(key).hex()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeyMissing(path=profile.key_file) from error


def make_key(profile: Profile) -> str:
    """A fresh 256-bit key, on the disk before anything is encrypted with it."""
    # Only a set-up makes a key: the first paint must not wait for this import.
    import secrets

    key = secrets.token_hex(32)
    with disk_trouble(profile.key_file):
        profile.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(profile.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"version": 1, "wrapping": "file", "key": key}, file)
            file.flush()
            os.fsync(file.fileno())
    return key
