"""Opens the key of a profile: by this PC without a question, else by what somebody typed."""

from station_desk.core.errors import RuleError
from station_desk.store.profile import Profile
from station_desk.store.vault.device import key_by
from station_desk.store.vault.recovery_key import looks_like_one
from station_desk.store.vault.ring import DEVICE, Ring, check_of, read_ring
from station_desk.store.vault.trouble import KeyAway, NoEnvelope, PassphraseNeeded, WrongSecret


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
    return _settled(profile, ring, key)


def unlock(profile: Profile, typed: str) -> str:
    """The key by a passphrase or a recovery key.

    Raises KeyMissing, WrongSecret, NoEnvelope, GroupWrong, GroupsMissing.
    """
    ring = read_ring(profile)
    if ring.plain:
        return ring.plain
    key = _by_words(ring, typed)
    if key is None and ring.next:
        key = _by_words(ring.next, typed)
    if key is None:
        raise refused(ring, profile, typed)
    return _settled(profile, ring, key)


def asked_for(ring: Ring, profile: Profile) -> PassphraseNeeded | KeyAway:
    """What somebody must bring now."""
    if ring.by("passphrase"):
        return PassphraseNeeded(path=profile.folder)
    return KeyAway(path=profile.folder)


def refused(ring: Ring, profile: Profile, typed: str) -> WrongSecret | NoEnvelope:
    """Why what was typed does not open."""
    if looks_like_one(typed) and ring.by("recovery") is None:
        return NoEnvelope(path=profile.folder)
    return WrongSecret(path=profile.folder)


def opens_by_itself(ring: Ring) -> bool:
    """Whether this PC opens the profile without a question."""
    return bool(ring.plain) or _by_this_pc(ring) is not None


def _by_this_pc(ring: Ring) -> str | None:
    for one in (ring, ring.next):
        for wrap in one.wraps if one else ():
            if one and wrap.by in DEVICE and (key := key_by(wrap)) and check_of(key) == one.check:
                return key
    return None


def _by_words(ring: Ring, typed: str) -> str | None:
    from station_desk.store.vault.sealing import opened_by

    passphrase, recovery = ring.by("passphrase"), ring.by("recovery")
    if passphrase and (key := opened_by(ring.name, passphrase, typed)):
        return key
    if recovery is None:
        return None
    try:
        return opened_by(ring.name, recovery, typed)
    except RuleError:
        # With a passphrase beside it a text of another form is a wrong passphrase, not a mistyped envelope.
        if passphrase and not looks_like_one(typed):
            return None
        raise


def _settled(profile: Profile, ring: Ring, key: str) -> str:
    if ring.next is None:
        return key
    from station_desk.store.vault.rotation import settled

    return settled(profile, ring, key)
