"""What `key.json` says: by which ways the key of the database is opened. The key itself never stands in it.

Loaded before the first paint: nothing but the standard library. A second copy lies beside it, a third one in
a folder of this user, more in the backups, so that lost files close nobody out. Version 1 held the key plain;
it is brought over at the next opening.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from station_desk.store.profile import Profile
from station_desk.store.trouble import KeyMissing

DEVICE = ("store", "file")
"""Ways that this PC opens by itself."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """One way to the key: `by` the system's key store, a file of this user, a passphrase or the envelope."""

    by: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ring:
    """All ways to one key. `plain` is the key of a profile of version 1.

    `next` is the ring of a change of keys that is under way, and `bridge` leads from each key to the other.
    """

    name: str
    check: str
    wraps: tuple[Wrap, ...]
    was_plain: bool = False
    plain: str = field(default="", repr=False)
    next: "Ring | None" = None
    bridge: dict[str, str] = field(default_factory=dict)

    def ways(self) -> tuple[str, ...]:
        """By what it opens."""
        return tuple(wrap.by for wrap in self.wraps)

    def by(self, way: str) -> Wrap | None:
        """The wrap of a way, if there is one."""
        return next((wrap for wrap in self.wraps if wrap.by == way), None)


def check_of(key: str) -> str:
    """By what a key is known to be the right one; it tells nothing of 256 random bits."""
    # Its library takes as long to load as the database's: the first paint does without it.
    import hashlib

    return hashlib.sha256(b"station-desk key " + bytes.fromhex(key)).hexdigest()[:16]


def read_ring(profile: Profile) -> Ring:
    """The ring of a profile, from its other copies where the first is lost. Raises KeyMissing.

    One out of a backup may be older than the last envelope: better an old way to the data than none.
    """
    ring = current_ring(profile) or _first_of(profile.key_in_backups)
    if ring is None:
        raise KeyMissing(path=profile.key_file)
    return ring


def current_ring(profile: Profile) -> Ring | None:
    """The ring that is in force; None where all its copies are lost but those of backups."""
    # Where the third copy lies is found out only if it is needed: the first paint loads nothing for it.
    return _first_of(profile.key_files) or _first_of((profile.key_spare,))


def _first_of(files: Iterable[Path]) -> Ring | None:
    return next((ring for file in files if (ring := _read(file))), None)


def _read(file: Path) -> Ring | None:
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        told = json.loads(file.read_text("utf-8"))
        if told.get("version", 1) == 1:
            return Ring("", "", (), plain=_hex(told["key"], 32))
        return _ring(told)
    return None


def _ring(told: dict[str, Any]) -> Ring:
    wraps = tuple(Wrap(str(wrap.pop("by")), wrap) for wrap in map(dict[str, Any], told["wraps"]))
    for wrap in wraps:
        if wrap.by in _FORMS:
            _FORMS[wrap.by](wrap.facts)
    coming = told.get("next")
    bridge = {name: str(told["bridge"][name]) for name in ("there", "back")} if coming else {}
    return Ring(
        str(told["id"]), _hex(told["check"], 8), wraps, bool(told.get("was_plain", False)),
        next=_ring(coming) if coming else None, bridge=bridge,
    )  # fmt: skip


def _hex(text: str, count: int) -> str:
    raw = bytes.fromhex(text)
    if len(raw) != count:
        raise ValueError(text)
    return raw.hex()


def _device(facts: dict[str, Any]) -> None:
    _hex(facts["pad"], 32)
    _hex(facts["half"], 16)


def _sealed(facts: dict[str, Any]) -> None:
    _hex(facts["sealed"], 12 + 32 + 16)
    _hex(facts["salt"], 16)


def _passphrase(facts: dict[str, Any]) -> None:
    _sealed(facts)
    # A file that was tampered with must not make us ask for all the memory there is.
    if not (8 <= facts["memory"] <= 1 << 21 and 1 <= facts["passes"] <= 64 and 1 <= facts["lanes"] <= 16):
        raise ValueError(facts)


_FORMS: dict[str, Callable[[dict[str, Any]], None]] = {
    "store": _device, "file": _device, "passphrase": _passphrase, "recovery": _sealed,
}  # fmt: skip
