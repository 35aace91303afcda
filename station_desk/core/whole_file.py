"""Files that are whole or not there: written beside their place, brought to the disk, moved into it."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(content: bytes, target: Path) -> None:
    """Writes or replaces a file, readable for its owner only; on the disk when this returns.

    Raises OSError; then the old file stands as it was.
    """
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
    settle(target.parent)


def settle(folder: Path) -> None:
    """Makes a rename itself outlast a power cut, where the system can (Windows opens no folders)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
