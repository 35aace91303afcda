"""Many files of a folder changed together: all of them, or none, whatever breaks in between.

What is new, and a copy of what it replaces, is first brought into a journal within the folder; then files
only change places. As long as the journal lies there the change is not done and can be undone, by this
program or by a later one. It goes away by one rename.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from station_desk.core.errors import RuleError
from station_desk.core.whole_file import settle

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

JOURNAL = ".import"
"""The journal of a change that is under way."""

_PART, _DONE, _LOCK = f"{JOURNAL}-part-", f"{JOURNAL}-done-", f"{JOURNAL}-lock"
_NAMES, _OLD, _NEW = "names", "old", "new"


class ChangeUnderWay(RuleError):
    code = "workbook.under_way"


def change_all(folder: Path, changes: Mapping[str, bytes | None]) -> None:
    """Writes, or for None removes, files of the folder by their names with slashes.

    Raises OSError, with every file as it was before; ChangeUnderWay.
    """
    with _alone(folder):
        if is_broken_off(folder):
            raise ChangeUnderWay(folder=folder, journal=JOURNAL)
        _write_journal(folder, changes)
        try:
            for name, content in changes.items():
                _move(None if content is None else folder / JOURNAL / _NEW / name, folder / name)
        except BaseException:
            _undo(folder)
            raise
        _close(folder)


def is_broken_off(folder: Path) -> bool:
    """Whether a change of the folder was begun and neither done nor undone."""
    return (folder / JOURNAL).is_dir()


def undo(folder: Path) -> bool:
    """Brings back what was before a change that was broken off; False when there was none.

    Raises ChangeUnderWay while the change is being made, OSError.
    """
    if not is_broken_off(folder):
        return False
    with _alone(folder):
        _undo(folder)
    return True


def _undo(folder: Path) -> None:
    journal = folder / JOURNAL
    for line in (journal / _NAMES).read_text("utf-8").splitlines():
        kind, name = line.split(" ", 1)
        copy = journal / _OLD / name
        if kind == _NEW:
            _move(None, folder / name)
        elif copy.exists():  # else it was moved back before, by an undoing that was broken off itself
            _move(copy, folder / name)
    _close(folder)


def _write_journal(folder: Path, changes: Mapping[str, bytes | None]) -> None:
    part = Path(tempfile.mkdtemp(prefix=_PART, dir=folder))
    try:
        lines: list[str] = []
        for name, content in changes.items():
            there = (folder / name).is_file()
            lines.append(f"{_OLD if there else _NEW} {name}\n")
            if there:
                _write((folder / name).read_bytes(), part / _OLD / name, folder / name)
            if content is not None:
                _write(content, part / _NEW / name, folder / name)
        _write("".join(lines).encode(), part / _NAMES, folder / _NAMES)
        part.rename(folder / JOURNAL)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    settle(folder)


def _move(source: Path | None, target: Path) -> None:
    """Puts a file in its place; None takes away what is there."""
    if source is None:
        target.unlink(missing_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
    if target.parent.is_dir():
        settle(target.parent)


def _close(folder: Path) -> None:
    """The change is done, or undone: from this rename on, whatever breaks."""
    done = Path(tempfile.mkdtemp(prefix=_DONE, dir=folder))
    (folder / JOURNAL).replace(done / JOURNAL)
    settle(folder)
    for left in (*folder.glob(f"{_DONE}*"), *folder.glob(f"{_PART}*")):
        shutil.rmtree(left, ignore_errors=True)


def _write(content: bytes, file: Path, like: Path) -> None:
    """Writes a new file, with the rights of another if that is there, and brings it to the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    if like.exists():
        shutil.copymode(like, file)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else changes the folder meanwhile. The system lets go of the lock when a program ends."""
    file = folder / _LOCK
    with file.open("a+b") as handle:
        if not _is_locked_by_us(handle) or not _is_there(file, handle):
            raise ChangeUnderWay(folder=folder, journal=_LOCK)
        try:
            yield
        finally:
            # Windows removes no open file; there the empty lock stays and does no harm.
            with suppress(OSError):
                file.unlink()


def _is_locked_by_us(handle: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_there(file: Path, handle: IO[bytes]) -> bool:
    """Whether the file we hold is the one that others would open: it may have been removed in between."""
    try:
        return os.path.samestat(file.stat(), os.fstat(handle.fileno()))
    except OSError:
        return False
