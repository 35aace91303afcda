"""A district that publishes: three keys, a root list, editions of the shipped forms, edited by a test."""

import shutil
from collections.abc import Callable
from pathlib import Path

from station_desk.catalogue.edition.bundle import make, published_files, sign
from station_desk.catalogue.edition.keys import SigningKey, new_key
from station_desk.catalogue.edition.root import signed_root
from station_desk.catalogue.read import read_edition
from station_desk.core.paths import FORMS

Edit = Callable[[Path], None]


class Publisher:
    """Works in a folder of its own; the private keys are made for one test and never leave it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = [new_key() for _ in range(3)]
        self._made = 0

    def root(self, version: int = 1, keys: list[SigningKey] | None = None) -> str:
        """A root list of these keys, of the publisher's own where none are named."""
        text = f"version = {version}\nthreshold = 2\n"
        for number, key in enumerate(self.keys if keys is None else keys, 1):
            text += f'\n[[key]]\nid = "{key.id}"\nname = "key {number}"\npublic = "{key.public}"\n'
        return text

    def signed_root(self, text: str, *signers: SigningKey) -> str:
        """A root list with signatures."""
        for key in signers:
            text = signed_root(text, key)
        return text

    def forms(self, number: str, *edits: Edit) -> Path:
        """A folder of forms: what is shipped under another number, then edited."""
        self._made += 1
        forms = shutil.copytree(FORMS, self.folder / f"forms-{self._made}")
        replaced(forms / "edition.toml", 'number = "2026.11"', f'number = "{number}"')
        for edit in edits:
            edit(forms)
        return forms

    def bundle(self, number: str, *edits: Edit, signers: tuple[int, ...] = (0, 1)) -> bytes:
        """An edition, signed by these of the three keys."""
        forms = self.forms(number, *edits)
        made = make(read_edition(forms), published_files(forms))
        for place in signers:
            made = sign(made, self.keys[place])
        return made


def replaced(file: Path, old: str, new: str) -> None:
    """Puts a text into a file for another that must be there."""
    text = file.read_text("utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), "utf-8", newline="\n")


def edited(file: str, old: str, new: str) -> Edit:
    """An edit of one file below the forms."""
    return lambda forms: replaced(forms / file, old, new)
