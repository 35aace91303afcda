"""A district that publishes editions as a test says, and a counter that takes them in."""

import shutil
from collections.abc import Callable
from pathlib import Path

from station_desk.catalogue.edition.bundle import make, published_files, sign
from station_desk.catalogue.edition.keys import SigningKey, new_key
from station_desk.catalogue.edition.root import signed_root
from station_desk.catalogue.read import read_edition
from station_desk.core.clock import Clock
from station_desk.core.paths import FORMS
from station_desk.counter.desk import Desk
from station_desk.counter.new_edition import Installed, install_ahead, install_edition, trust_root
from station_desk.store.editions import InUse, edition_in_use

CLIENT = "0.1.0"
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


class Counter:
    """The counter of the test: what an operator does with editions there."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.profile = desk.store.profile
        self.clock = clock

    def trust(self, text: str) -> None:
        trust_root(self.profile, text, FORMS)

    def install(self, bundle: bytes, client: str = CLIENT) -> Installed:
        return install_edition(self.profile, bundle, FORMS, self.clock, client)

    def install_ahead(self, bundle: bytes) -> Installed:
        return install_ahead(self.profile, bundle, FORMS, self.clock, CLIENT)

    def in_use(self, client: str = CLIENT) -> InUse:
        return edition_in_use(self.profile, FORMS, self.clock().date(), client)

    @property
    def number(self) -> str:
        return self.in_use().forms.edition.number

    def file(self, number: str, name: str) -> Path:
        return self.profile.editions / number / name
