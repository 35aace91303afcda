"""The printer that is always there: a folder into which papers are written as PDF."""

import errno
from pathlib import Path, PureWindowsPath

from station_desk.core.errors import TroubleError
from station_desk.core.whole_file import write_whole

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FolderFull(TroubleError):
    """The disk of the folder has no room for the paper. Values: folder, name."""

    code = "printer.folder_full"


class FolderUnwritable(TroubleError):
    """The folder is not there, or nothing may be written into it. Values: folder, name, reason."""

    code = "printer.folder_unwritable"


class FolderPrinter:
    """Puts each paper into a folder as `<name>.pdf`; the newer of two papers of one name stays."""

    def __init__(self, folder: Path, ending: str = ".pdf") -> None:
        self.folder = folder
        self._ending = ending

    def send(self, paper: bytes, name: str, /) -> None:
        """Write the paper whole or not at all, readable for its owner only; on the disk when this returns.

        Raises FolderFull and FolderUnwritable; ValueError when the name is no plain file name.
        """
        if name in {"", ".", ".."} or PureWindowsPath(name).name != name:
            raise ValueError(f"{name!r} is no plain file name")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(paper, self.folder / f"{name}{self._ending}")
        except OSError as error:
            if error.errno in NO_ROOM:
                raise FolderFull(folder=self.folder, name=name) from error
            reason = error.strerror or str(error)
            raise FolderUnwritable(folder=self.folder, name=name, reason=reason) from error
