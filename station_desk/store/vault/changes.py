"""Makes and changes the ways to the key: set up, brought over from version 1, new envelope, passphrase."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble
from station_desk.store.vault.device import forget_half, keep_half, overwrite
from station_desk.store.vault.recovery_key import SECRET_BYTES
from station_desk.store.vault.ring import DEVICE, Ring, Wrap, check_of, read_ring
from station_desk.store.vault.ring_file import write_ring


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a new profile is opened: by a passphrase, or without a question by this PC.

    `way` is "file" where the system's key store shall not be asked.
    """

    passphrase: str = ""
    way: str = ""


THIS_PC = Keeping()


def make_key(profile: Profile, keeping: Keeping = THIS_PC) -> str:
    """A fresh 256-bit key, its ways on the disk before anything is encrypted with it.

    Raises NoKeyPlace, PassphraseShort, DiskFault.
    """
    key = secrets.token_hex(32)
    write_ring(profile, ring_for(profile, key, keeping))
    return key


def ring_for(profile: Profile, key: str, keeping: Keeping) -> Ring:
    """A fresh ring for a key, without an envelope yet."""
    name = secrets.token_hex(8)
    return Ring(name, check_of(key), (_daily(profile, name, key, keeping),))


def bring_over(profile: Profile) -> None:
    """A profile of version 1: its key is kept by this PC, and the plain one written over.

    Killed at any point either file opens it. Raises NoKeyPlace, DiskFault; then all is as before.
    """
    ring = read_ring(profile)
    if not ring.plain:
        return
    made = ring_for(profile, ring.plain, THIS_PC)
    with disk_trouble(profile.key_file):
        # The old file stays reachable through this second name until noughts stand in it.
        # Where a disk knows no second names, the file is replaced all the same.
        with suppress(FileExistsError, NotImplementedError, PermissionError):
            os.link(profile.key_file, profile.plain_key)
        write_ring(profile, replace(made, was_plain=True))
        sweep_plain(profile)


def sweep_plain(profile: Profile) -> None:
    """Takes away what is left of a plain key after it was brought over."""
    with suppress(FileNotFoundError):
        overwrite(profile.plain_key)
        profile.plain_key.unlink()


def keep_here(profile: Profile, key: str) -> Wrap:
    """This PC opens the profile by itself again; what it held before is forgotten. Raises NoKeyPlace."""
    ring = read_ring(profile)
    before = [wrap for wrap in ring.wraps if wrap.by in DEVICE]
    made = keep_half(profile, key)
    write_ring(profile, replace(ring, wraps=(made, *_others(ring, *DEVICE))))
    for wrap in before:
        forget_half(wrap)
    return made


def set_passphrase(profile: Profile, key: str, passphrase: str) -> None:
    """From now on the profile opens with this passphrase, not by itself. Raises PassphraseShort."""
    from station_desk.store.vault.sealing import by_passphrase

    ring = read_ring(profile)
    before = [wrap for wrap in ring.wraps if wrap.by in DEVICE]
    made = by_passphrase(ring.name, key, passphrase)
    write_ring(profile, replace(ring, wraps=(made, *_others(ring, *DEVICE, "passphrase"))))
    for wrap in before:
        forget_half(wrap)


def drop_passphrase(profile: Profile, key: str) -> Wrap:
    """From now on this PC opens the profile by itself, and no passphrase does. Raises NoKeyPlace."""
    made = keep_here(profile, key)
    ring = read_ring(profile)
    write_ring(profile, replace(ring, wraps=_others(ring, "passphrase")))
    return made


def new_envelope(profile: Profile, key: str, day: date, then: Callable[[bytes], None]) -> bytes:
    """The secret of a fresh envelope; the one before opens nothing from now on.

    `then` brings it onto paper first: what it raises leaves the old one in force. Raises DiskFault.
    """
    from station_desk.store.vault.sealing import by_envelope

    ring, secret = read_ring(profile), secrets.token_bytes(SECRET_BYTES)
    made = by_envelope(ring.name, key, secret, day.isoformat())
    then(secret)
    write_ring(profile, replace(ring, wraps=(*_others(ring, "recovery"), made)))
    return secret


def note_proved(profile: Profile) -> None:
    """Somebody read two groups of the envelope back: it is there."""
    ring = read_ring(profile)
    envelope = ring.by("recovery")
    if envelope:
        proved = Wrap("recovery", {**envelope.facts, "proved": True})
        write_ring(profile, replace(ring, wraps=(*_others(ring, "recovery"), proved)))


def forget_profile(profile: Profile) -> None:
    """The profile is thrown away: this PC forgets its halves."""
    for wrap in read_ring(profile).wraps:
        if wrap.by in DEVICE:
            forget_half(wrap)
    with suppress(OSError):
        profile.key_spare.unlink()


def _daily(profile: Profile, name: str, key: str, keeping: Keeping) -> Wrap:
    if keeping.passphrase:
        from station_desk.store.vault.sealing import by_passphrase

        return by_passphrase(name, key, keeping.passphrase)
    return keep_half(profile, key, keeping.way)


def _others(ring: Ring, *ways: str) -> tuple[Wrap, ...]:
    return tuple(wrap for wrap in ring.wraps if wrap.by not in ways)
