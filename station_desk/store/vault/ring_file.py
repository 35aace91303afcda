"""Writes what `ring.py` reads: both copies whole, always equal, and a third elsewhere."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from station_desk.core.whole_file import write_whole
from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble
from station_desk.store.vault.ring import Ring, current_ring, read_ring

VERSION = 2
COPY = "desk.before-key.db"
"""The database under its old key, for as long as a change of keys goes on."""


def write_ring(profile: Profile, ring: Ring) -> None:
    """Both copies, each whole; the first one counts. Raises DiskFault."""
    with disk_trouble(profile.key_file):
        profile.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in (profile.key_file, profile.key_copy):
            write_whole(_encoded(ring), file)
    _write_spare(profile, ring)


def tend_copies(profile: Profile) -> None:
    """Makes the second copy equal to the first, or the first anew out of the second. Raises DiskFault."""
    ring = read_ring(profile)
    if ring.plain:
        return
    if not all(_holds(file, _encoded(ring)) for file in profile.key_files):
        write_ring(profile, ring)
    elif not _holds(profile.key_spare, _encoded(ring)):
        _write_spare(profile, ring)


def keep_ways(there: Profile, restored: Profile) -> None:
    """A restored database opens in the ways of the profile it replaces, where it is of the same key.

    Else an envelope or a passphrase that was changed since would hold again.
    Raises DiskFault, KeyMissing for the restored one.
    """
    ring = current_ring(there)
    if ring and ring.check and ring.next is None and ring.check == read_ring(restored).check:
        write_ring(restored, ring)


def _write_spare(profile: Profile, ring: Ring) -> None:
    # Where this user has no folder for it, the two copies of the profile must do.
    with suppress(OSError):
        profile.key_spare.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(_encoded(ring), profile.key_spare)


def sweep_copy(profile: Profile) -> None:
    """Takes away what a change of keys left that was broken off before it began to write."""
    for left in profile.folder.glob(f"{COPY}*"):
        left.unlink(missing_ok=True)


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.read_bytes() == content
    except OSError:
        return False


def _encoded(ring: Ring) -> bytes:
    return (json.dumps(_told(ring), indent=1) + "\n").encode()


def _told(ring: Ring) -> dict[str, Any]:
    told: dict[str, Any] = {"version": VERSION, "id": ring.name, "check": ring.check}
    if ring.was_plain:
        told["was_plain"] = True
    told["wraps"] = [{"by": wrap.by, **wrap.facts} for wrap in ring.wraps]
    if ring.next:
        told |= {"next": _told(ring.next), "bridge": ring.bridge}
    return told
