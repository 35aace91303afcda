"""Which cases were erased, kept outside the database: a backup of before must not bring them back.

A line for each, with the case as a digest only. It lies in the profile, beside its backups, the ones on a
stick too, and in each backup as it was then. What any of them knows a restore applies, and what any log in
reach tells: only an old backup alone in the world knows nothing, until the district gives back the log.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from station_desk.cases.data_rights import Ground
from station_desk.core.whole_file import write_whole

NAME = "erased.list"


class Erasure(msgspec.Struct, frozen=True):
    """One erased case: its digest, on what ground, by which destruction record, when."""

    case: str
    ground: Ground
    record: str
    at: str


def digest_of(number: str) -> str:
    """By what a case is known on the list."""
    return hashlib.sha256(f"station-desk erased {number}".encode()).hexdigest()


def listed(folders: Iterable[Path]) -> dict[str, Erasure]:
    """All erasures that lists in these folders know, by the digest of the case; nonsense is passed over."""
    found: dict[str, Erasure] = {}
    for folder in folders:
        with suppress(OSError):
            for line in (folder / NAME).read_bytes().splitlines():
                with suppress(msgspec.DecodeError):
                    one = msgspec.json.decode(line, type=Erasure)
                    found.setdefault(one.case, one)
    return found


def enter(folders: Iterable[Path], erasures: Mapping[str, Erasure]) -> None:
    """Enters erasures into the list of each folder that is there; what one of them knows, all know then.

    A stick that is away learns it with its next backup. Raises OSError where the first folder, the profile's,
    cannot be written: the erasure is not ended then.
    """
    there = [folder for folder in folders if folder.is_dir()]
    known = {**listed(there), **erasures}
    content = b"".join(msgspec.json.encode(one) + b"\n" for _, one in sorted(known.items()))
    for place, folder in enumerate(there):
        if known and listed([folder]) != known:
            try:
                write_whole(content, folder / NAME)
            except OSError:
                if place == 0:
                    raise
