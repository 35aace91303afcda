"""What a restore can reach that knows of erasures: lists, later backups, the log that is moved aside."""

from contextlib import suppress

import msgspec

from station_desk.cases.data_rights import ERASED, ErasedPublic
from station_desk.core.errors import DeskError
from station_desk.store.backups.kept import Backup, backups_in, place_of
from station_desk.store.driver import look, sqlcipher
from station_desk.store.erased_list import Erasure, digest_of, listed
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import key_among

TOLD = (
    "SELECT subject, at, public FROM events WHERE kind = ?1"
    " UNION ALL SELECT subject, at, public FROM events_aside WHERE kind = ?1"
)


def known_erasures(backup: Backup, there: Profile, key: str) -> dict[str, Erasure]:
    """All erasures that the lists and logs around a backup and the profile in its place know.

    `key` opens the backup. A log that cannot be read any more tells nothing: damage may be why somebody
    restores.
    """
    near = backups_in(backup.folder.parent)
    by_themselves = backups_in(place_of(there.folder))
    known = listed([backup.folder, *(one.folder for one in (*near, *by_themselves))])
    later = [one for one in (*near[:1], *by_themselves[:1]) if one.made > backup.made]
    for profile in (there, *(Profile(one.folder) for one in later)):
        known |= _told_by(profile, there.key, key)
    return known


def _told_by(profile: Profile, *keys: str) -> dict[str, Erasure]:
    """What a log tells of erasures; nothing where there is none, or none that opens."""
    found: dict[str, Erasure] = {}
    if not profile.database.exists():
        return found
    with suppress(DeskError, sqlcipher.DatabaseError, msgspec.DecodeError, OSError):
        opened = key_among(profile, *keys)
        rows = look(profile.database, opened, lambda log: log.execute(TOLD, (ERASED,)).fetchall())
        for subject, at, public in rows:
            told = msgspec.json.decode(public, type=ErasedPublic)
            found[digest_of(subject)] = Erasure(digest_of(subject), told.ground, told.record, at)
    return found
