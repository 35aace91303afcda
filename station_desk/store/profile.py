"""The folder of one counter PC: the encrypted database, its key, the printed papers, the editions.

`key.json` says by which ways the key is opened (`store/vault`); the key itself lies nowhere in the folder.
"""

from dataclasses import dataclass, field
from pathlib import Path

from station_desk.store.trouble import NoProfile


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
        """What a backup takes along: without one of the two nobody opens the database."""
        return self.key_file, self.key_copy

    @property
    def papers(self) -> Path:
        return self.folder / "papers"

    @property
    def editions(self) -> Path:
        return self.folder / "editions"


def require_profile(profile: Profile) -> None:
    """Raises unless a station was set up in the folder."""
    if not profile.database.exists():
        raise NoProfile(path=profile.folder)
