"""Many files in one: a zip archive that any program opens, written in exactly one way.

Files are stored, not compressed, sorted by name, dated 1980-01-01: the same files are the same bytes on every
machine. So the reader needs to understand one spelling only, and refuses whatever differs from it by a byte:
hidden, appended, overlapping or compressed content has no place to stand. Format: PKWARE APPNOTE 6.3, 4.3.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from station_desk.catalogue.edition.trouble import (
    BundlePacked,
    BundleTooLarge,
    BundleTruncated,
    NameTwice,
    NameUnsafe,
    NotABundle,
)

MEGABYTE = 1024 * 1024
LARGEST_MB = 10
LARGEST = LARGEST_MB * MEGABYTE
MOST_FILES = 5000
LONGEST_NAME = 200
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
"""Relative, with slashes, no part begins with a dot: neither `..`, nor `/etc`, nor `C:` can be written."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _STORED, _FIRST_OF_1980 = 20, 0, 0x21
_MADE_ON_UNIX, _PLAIN_FILE = 3 << 8 | _VERSION, 0o100644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files by name. Raises NameUnsafe, NameTwice, BundleTooLarge."""
    body, directory = bytearray(), bytearray()
    _require_names(files)
    for name in sorted(files):
        content = files[name]
        size = len(content)
        shared = (0, _STORED, 0, _FIRST_OF_1980, zlib.crc32(content), size, size, len(name), 0)
        directory += _CENTRAL.pack(
            _CENTRAL_MARK, _MADE_ON_UNIX, _VERSION, *shared, 0, 0, 0, _PLAIN_FILE, len(body)
        )
        directory += name.encode()
        body += _LOCAL.pack(_LOCAL_MARK, _VERSION, *shared) + name.encode() + content
    count = len(files)
    end = _END.pack(_END_MARK, 0, 0, count, count, len(directory), len(body), 0)
    archive = bytes(body + directory + end)
    _require_size(archive)
    return archive


def unpack(archive: bytes) -> dict[str, bytes]:
    """The files of an archive that `pack` wrote.

    Raises BundleTooLarge, NotABundle, BundleTruncated, BundlePacked, NameUnsafe, NameTwice.
    """
    _require_size(archive)
    if not archive.startswith(_LOCAL_MARK):
        raise NotABundle
    if archive[-_END.size : -_END.size + 4] != _END_MARK:
        raise BundleTruncated
    files: dict[str, bytes] = {}
    place = 0
    while archive.startswith(_LOCAL_MARK, place):
        name, content, place = _entry(archive, place)
        if name in files:
            raise NameTwice(file=name)
        files[name] = content
        if len(files) > MOST_FILES:
            raise NotABundle
    if pack(files) != archive:
        raise NotABundle
    return files


def _entry(archive: bytes, place: int) -> tuple[str, bytes, int]:
    """The name and the content of the entry at `place`, and where the next one begins."""
    begins = place + _LOCAL.size
    if begins > len(archive):
        raise NotABundle
    _, _, flags, method, _, _, _, packed, size, length, extra = _LOCAL.unpack_from(archive, place)
    name = archive[begins : begins + length].decode("ascii", "backslashreplace")
    _require_name(name)
    if method != _STORED:
        raise BundlePacked(file=name)
    ends = begins + length + size
    if flags or extra or packed != size or ends > len(archive):
        raise NotABundle
    return name, archive[begins + length : ends], ends


def _require_size(archive: bytes) -> None:
    if len(archive) > LARGEST:
        raise BundleTooLarge(limit=LARGEST_MB)


def _require_names(files: Mapping[str, bytes]) -> None:
    seen: set[str] = set()
    for name in files:
        _require_name(name)
        # Windows would unpack both into one file.
        if name.lower() in seen:
            raise NameTwice(file=name)
        seen.add(name.lower())
    for name in files:
        if any(folder.as_posix().lower() in seen for folder in PurePosixPath(name).parents):
            raise NameUnsafe(file=name)


def _require_name(name: str) -> None:
    if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        raise NameUnsafe(file=name[:LONGEST_NAME])
