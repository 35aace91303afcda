"""Where papers go: a printer takes a finished PDF; the one built in puts it into a folder."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Protocol

from station_desk.core.errors import TroubleError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Printer(Protocol):
    """Takes a paper: when `send` returns it has the whole paper, when it raises it has nothing of it."""

    def send(self, pdf: bytes, name: str) -> None: ...


class FolderFull(TroubleError):
    """The disk of the folder has no room for the paper. Values: folder, name."""

    code = "printer.folder_full"


class FolderUnwritable(TroubleError):
    """The folder is not there, or nothing may be written into it. Values: folder, name, reason."""

    code = "printer.folder_unwritable"


class FolderPrinter:
    """Puts each paper into a folder as `<name>.pdf`; the newer of two papers of one name stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, pdf: bytes, name: str) -> None:
        """Write the paper whole or not at all, readable for its owner only; on the disk when this returns.

        Raises FolderFull and FolderUnwritable; ValueError when the name is no plain file name.
        """
        if name in {"", ".", ".."} or PureWindowsPath(name).name != name:
            raise ValueError(f"{name!r} is no plain file name")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(pdf, self.folder / f"{name}.pdf")
        except OSError as error:
            if error.errno in NO_ROOM:
                raise FolderFull(folder=self.folder, name=name) from error
            reason = error.strerror or str(error)
            raise FolderUnwritable(folder=self.folder, name=name, reason=reason) from error


def write_whole(content: bytes, target: Path) -> None:
    """Writes a file whole or not at all, for its owner only, on the disk when it returns. Raises OSError."""
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Make the rename itself outlast a power cut, where the system can (Windows opens no folders)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
