"""What can go wrong with the disk under the desk's database, said as errors a clerk can act on."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from station_desk.core.errors import IntegrityError, RuleError, TroubleError
from station_desk.store.driver import sqlcipher


class NoProfile(TroubleError):
    code = "store.no_profile"


class ProfileExists(RuleError):
    code = "store.profile_exists"


class NewerProfile(TroubleError):
    code = "store.newer_profile"


class Damaged(IntegrityError):
    code = "store.damaged"


class Quarantined(IntegrityError):
    code = "store.quarantined"


class KeyMissing(TroubleError):
    code = "store.key_missing"


class DiskFull(TroubleError):
    code = "store.disk_full"


class DiskFault(TroubleError):
    code = "store.disk_fault"


class NotWritable(TroubleError):
    code = "store.not_writable"


class Busy(TroubleError):
    code = "store.busy"


LEAST_ROOM = 1024 * 1024
"""With less free than this, in bytes, a failed write is called a full disk."""


FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
OF_THE_DISK = frozenset({8, 10, 11, 13, 14, 26})
"""SQLite's codes READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB."""


DAMAGE = frozenset({11, 26})


@contextmanager
def disk_trouble(path: Path) -> Iterator[None]:
    """Turns the driver's errors of the world below the database at `path` into ours.

    Other errors are bugs, and pass.
    """
    try:
        yield
    except sqlcipher.DatabaseError as error:
        trouble = _trouble(error, path)
        if trouble is None:
            raise
        raise trouble from error
    except OSError as error:
        raise file_trouble(error, path) from error


def file_trouble(error: OSError, path: Path) -> TroubleError:
    """What a file operation met, as an error a clerk can act on."""
    if error.errno in FULL:
        return DiskFull(path=path)
    if error.errno in CLOSED:
        return NotWritable(path=path)
    return DiskFault(path=path, why=error.strerror or str(error))


def is_of_the_disk(error: Any) -> bool:
    """Whether the driver met the disk's trouble: what was open is not to be trusted any further."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in OF_THE_DISK


def is_damage(error: Any) -> bool:
    """Whether the driver says that a page is not what was written."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE


def _is_full(path: Path) -> bool:
    # SQLite calls it an I/O error when the small file beside the log finds no room. Imported here: the first
    # paint of the window waits for this module.
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < LEAST_ROOM
    except OSError:
        return False


def _trouble(error: Any, path: Path) -> TroubleError | None:
    code: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match code:
        case 13:
            return DiskFull(path=path)
        case 3 | 8:
            return NotWritable(path=path)
        case 10 if _is_full(path):
            return DiskFull(path=path)
        case 10:
            return DiskFault(path=path, why=str(error))
        case 14:
            return NotWritable(path=path)
        case 5 | 6:
            return Busy(path=path)
        case 11 | 26:
            return Damaged(path=path)
        case _:
            return None
