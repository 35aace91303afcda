"""Opens the key of a profile by what somebody typed: the passphrase, or the recovery key of the envelope."""

from dataclasses import dataclass

from station_desk.core.errors import RuleError
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import in_force
from station_desk.store.vault.recovery_key import looks_like_one
from station_desk.store.vault.ring import Ring, read_ring
from station_desk.store.vault.sealing import opened_by
from station_desk.store.vault.trouble import NoEnvelope, WrongSecret


@dataclass(frozen=True, slots=True)
class EnvelopeOpened:
    """Somebody had the recovery key of this profile in hand; made by `open_envelope` alone."""

    made: str


def open_envelope(profile: Profile, typed: str) -> EnvelopeOpened:
    """Proves that somebody has the envelope in force; a passphrase, which clerks know, proves nothing.

    Raises KeyMissing, WrongSecret, NoEnvelope, GroupWrong, GroupsMissing.
    """
    ring = read_ring(profile)
    envelope = ring.by("recovery")
    if envelope is None:
        raise NoEnvelope(path=profile.folder)
    if opened_by(ring.name, envelope, typed) is None:
        raise WrongSecret(path=profile.folder)
    return EnvelopeOpened(str(envelope.facts.get("made", "")))


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
    return in_force(profile, ring, key)


def refused(ring: Ring, profile: Profile, typed: str) -> WrongSecret | NoEnvelope:
    """Why what was typed does not open."""
    if looks_like_one(typed) and ring.by("recovery") is None:
        return NoEnvelope(path=profile.folder)
    return WrongSecret(path=profile.folder)


def _by_words(ring: Ring, typed: str) -> str | None:
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
