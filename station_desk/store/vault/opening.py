"""Opens the key of a profile by this PC, without a question. What is typed opens it in `typed.py`."""

from station_desk.store.profile import Profile
from station_desk.store.vault.device import key_by
from station_desk.store.vault.ring import DEVICE, Ring, check_of, read_ring
from station_desk.store.vault.trouble import KeyAway, PassphraseNeeded


def read_key(profile: Profile) -> str:
    """The key of the database as 64 hex digits: the one it was opened with, else the one this PC opens.

    Raises KeyMissing, PassphraseNeeded, KeyAway.
    """
    if profile.key:
        return profile.key
    ring = read_ring(profile)
    if ring.plain:
        return ring.plain
    key = _by_this_pc(ring)
    if key is None:
        raise asked_for(ring, profile)
    return in_force(profile, ring, key)


def key_among(profile: Profile, *keys: str) -> str:
    """The key of a profile: one of these where it fits, else the one this PC opens. Raises as `read_key`."""
    ring = read_ring(profile)
    fitting = (key for key in keys if key and not ring.plain and check_of(key) == ring.check)
    return next(fitting, "") or read_key(profile)


def asked_for(ring: Ring, profile: Profile) -> PassphraseNeeded | KeyAway:
    """What somebody must bring now."""
    if ring.by("passphrase"):
        return PassphraseNeeded(path=profile.folder)
    return KeyAway(path=profile.folder)


def opens_by_itself(ring: Ring) -> bool:
    """Whether this PC opens the profile without a question."""
    return bool(ring.plain) or _by_this_pc(ring) is not None


def _by_this_pc(ring: Ring) -> str | None:
    for one in (ring, ring.next):
        for wrap in one.wraps if one else ():
            if one and wrap.by in DEVICE and (key := key_by(wrap)) and _fits(key, one, ring):
                return key
    return None


def in_force(profile: Profile, ring: Ring, key: str) -> str:
    """The key that holds, once a change of keys that was broken off is ended."""
    if ring.next is None:
        return key
    from station_desk.store.vault.rotation import settled

    return settled(profile, ring, key)


def require_right_key(profile: Profile, key: str) -> None:
    """What the right key does not open is damaged; a wrong one raises KeyAway."""
    ring = read_ring(profile)
    if not ring.plain and check_of(key) not in (ring.check, ring.next.check if ring.next else ""):
        raise asked_for(ring, profile)


def _fits(key: str, one: Ring, whole: Ring) -> bool:
    # Usually there is one ring, and the database itself says whether the key is right.
    return whole.next is None or check_of(key) == one.check
