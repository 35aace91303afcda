"""What may be told of the key: by which ways it opens, how old the envelope is. Never the key."""

from dataclasses import dataclass

from station_desk.store.profile import Profile
from station_desk.store.vault.opening import opens_by_itself
from station_desk.store.vault.ring import Ring, read_ring


@dataclass(frozen=True, slots=True)
class KeyState:
    """`way`: store, file, passphrase or plain. `envelope`: the day it was made, empty without one.

    `proved`: somebody read it back. `opens`: this PC opens the profile without a question now. `was_plain`:
    the key lay plain in an older profile, so it should be changed. `changing`: a change was broken off.
    """

    way: str
    opens: bool
    envelope: str
    proved: bool
    was_plain: bool
    changing: bool


def key_state(profile: Profile) -> KeyState:
    """How the profile is opened. Raises KeyMissing."""
    ring = read_ring(profile)
    envelope = ring.by("recovery")
    return KeyState(
        daily_way(ring), opens_by_itself(ring), str(envelope.facts.get("made", "")) if envelope else "",
        bool(envelope and envelope.facts.get("proved")), ring.was_plain or bool(ring.plain),
        ring.next is not None,
    )  # fmt: skip


def daily_way(ring: Ring) -> str:
    """By what the profile is opened from day to day."""
    if ring.plain:
        return "plain"
    return next((way for way in ("store", "file", "passphrase") if ring.by(way)), "envelope")
