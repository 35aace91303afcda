"""Papers about people in the profile's folder: kept sealed, taken out by name; plain ones of before too."""

import secrets
from pathlib import Path

from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.counter.access import note_read
from station_desk.counter.desk import Desk
from station_desk.printing.printers.sealed import TRIAL, SealedFolder
from station_desk.store.desk_store import DeskStore
from station_desk.store.vault.device import overwrite

KEEP_FIRST = "INSERT OR IGNORE INTO about (key, value) VALUES (?, ?)"
PAPERS_KEY = "papers_key"
"""Its key lies in the database: a change of the database's key leaves the papers as they are."""


def kept_papers(store: DeskStore) -> SealedFolder:
    """The folder of this profile."""
    key = store.about().get(PAPERS_KEY, "")
    if not key:
        with store.writing() as unit:
            # Another program may have made one meanwhile: the first one counts.
            unit.connection.execute(KEEP_FIRST, (PAPERS_KEY, secrets.token_hex(32)))
        key = store.about()[PAPERS_KEY]
    return SealedFolder(store.profile.papers, key)


def is_about_people(name: str) -> bool:
    """Whether a paper of this name (`<number>-<kind>-<copy>`) says something of a resident."""
    return not name.startswith(TRIAL) and bool(_kind_of(name))


def take_out(desk: Desk, name: str) -> bytes:
    """A kept paper as PDF. What is about people is written down before anybody has it.

    Raises NotAllowed, PaperNotKept, PaperDamaged.
    """
    desk.require("print")
    paper = kept_papers(desk.store).paper(name)
    if is_about_people(name):
        note_read(desk, name.partition(f"-{_kind_of(name)}-")[0], "paper", "command", _kind_of(name))
    return paper


def _kind_of(name: str) -> str:
    return next((kind for kind in PAPER_KINDS if f"-{kind}-" in f"-{name}-"), "")


def seal_plain_papers(store: DeskStore) -> int:
    """Seals what an older program left plain, and writes noughts over it; how many there were.

    Raises OSError, FolderFull, FolderUnwritable; what was not sealed yet stays as it was.
    """
    plain = [file for file in _plain(store.profile.papers) if is_about_people(file.stem)]
    folder = kept_papers(store) if plain else None
    for file in plain:
        if folder:
            folder.send(file.read_bytes(), file.stem)
            overwrite(file)
            file.unlink()
    return len(plain)


def _plain(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf")) if folder.is_dir() else []
