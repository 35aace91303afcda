"""What is on its way to the district at this very moment, so that any program of this PC can see it.

The note holds only while the program that sends is alive and waits for the answer: the system lets go of its
lock when it ends. Nothing here is remembered: after the answer, or after a kill, nothing is on its way.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = "on-its-way"
FAR = 1 << 30
"""The byte that is locked: beyond the note, so that the note itself can be read."""

MOST = 4096


class OnItsWay(msgspec.Struct, frozen=True):
    """The events and the dossiers of a message, from the first number to the last; 0 where there are none."""

    writer: str = ""
    first: int = 0
    last: int = 0
    first_dossier: int = 0
    last_dossier: int = 0

    def has_event(self, writer: str, seq: int) -> bool:
        """Whether an event is in the message."""
        return writer == self.writer and 0 < self.first <= seq <= self.last

    def has_dossier(self, writer: str, number: int) -> bool:
        """Whether a dossier is in the message."""
        return writer == self.writer and 0 < self.first_dossier <= number <= self.last_dossier


NOTHING = OnItsWay()


@contextmanager
def on_its_way(folder: Path, message: OnItsWay) -> Iterator[None]:
    """Notes what is being sent, as long as the block runs. A disk that takes no note does not stop it."""
    handle: IO[bytes] | None = None
    with suppress(OSError):
        handle = (folder / FILE).open("w+b")
        _lock(handle, shared=False)
        handle.write(msgspec.json.encode(message))
        handle.flush()
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):
                handle.truncate(0)
            with suppress(OSError):
                _unlock(handle)
            with suppress(OSError):
                handle.close()


def now_on_its_way(folder: Path) -> OnItsWay:
    """What some program of this PC is sending now."""
    try:
        with (folder / FILE).open("rb") as handle:
            said = handle.read(MOST)
            return msgspec.json.decode(said, type=OnItsWay) if said and _is_held(handle) else NOTHING
    except (OSError, msgspec.MsgspecError):
        return NOTHING


def _is_held(handle: IO[bytes]) -> bool:
    """Whether the program that wrote the note is still alive."""
    try:
        _lock(handle, shared=True)
    except OSError:
        return True
    with suppress(OSError):
        _unlock(handle)
    return False


def _lock(handle: IO[bytes], *, shared: bool) -> None:
    """Raises OSError where a reader finds the lock held; a sender waits until no reader looks."""
    if sys.platform == "win32":
        handle.seek(FAR)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK if shared else msvcrt.LK_LOCK, 1)
        handle.seek(0)
    else:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB if shared else fcntl.LOCK_EX)


def _unlock(handle: IO[bytes]) -> None:
    if sys.platform == "win32":
        handle.seek(FAR)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_UN)
