"""The papers folder of a profile: papers about people lie in it sealed, and are taken out when asked for."""

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station_desk.core.errors import IntegrityError, RuleError
from station_desk.printing.printers.folder import FolderPrinter

ENDING, NONCE = ".pdf.sealed", 12
TRIAL = "trial-"
"""So begins the name of a trial print, which says nothing of anybody and stays plain."""


class PaperNotKept(RuleError):
    """No paper of that name lies in the folder. Values: name, folder."""

    code = "papers.not_kept"


class PaperDamaged(IntegrityError):
    """A kept paper is not what was written. Values: name, folder."""

    code = "papers.damaged"


class SealedFolder:
    """Puts each paper into a folder as `<name>.pdf.sealed`, readable with `key` (64 hex digits) only."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._key = AESGCM(bytes.fromhex(key))

    def send(self, paper: bytes, name: str, /) -> None:
        """Keeps the paper whole or not at all. Raises FolderFull, FolderUnwritable."""
        if name.startswith(TRIAL):
            FolderPrinter(self._folder).send(paper, name)
            return
        nonce = secrets.token_bytes(NONCE)
        sealed = nonce + self._key.encrypt(nonce, paper, name.encode())
        FolderPrinter(self._folder, ENDING).send(sealed, name)

    def names(self) -> list[str]:
        """The papers that lie here."""
        return sorted(file.name.removesuffix(ENDING) for file in self._folder.glob(f"*{ENDING}"))

    def paper(self, name: str) -> bytes:
        """A kept paper as PDF. Raises PaperNotKept, PaperDamaged."""
        if name not in self.names():
            raise PaperNotKept(name=name, folder=self._folder)
        raw = (self._folder / f"{name}{ENDING}").read_bytes()
        try:
            return self._key.decrypt(raw[:NONCE], raw[NONCE:], name.encode())
        except InvalidTag:
            raise PaperDamaged(name=name, folder=self._folder) from None
