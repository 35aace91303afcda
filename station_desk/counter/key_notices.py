"""What the window says of the key for as long as it is so: no envelope, or one that nobody checked."""

from station_desk.core.texts import Say
from station_desk.store.profile import Profile
from station_desk.store.trouble import KeyMissing
from station_desk.store.vault.ring import read_ring


def key_notices(profile: Profile, say: Say) -> list[str]:
    """The sentences of the strip; none while all is well."""
    try:
        envelope = read_ring(profile).by("recovery")
    except KeyMissing as error:
        # The window is open and could still make an envelope of what it holds; the next start could not.
        return [say("key.notice.missing", path=error.values["path"])]
    if envelope is None:
        return [say("key.notice.no_envelope")]
    if not envelope.facts.get("proved"):
        return [say("key.notice.not_proved", day=envelope.facts.get("made", ""))]
    return []
