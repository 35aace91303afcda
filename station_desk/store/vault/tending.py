"""What every opening does for the key: a plain one of version 1 is sealed, both copies are made equal."""

from contextlib import suppress

from station_desk.core.errors import DeskError
from station_desk.store.profile import Profile
from station_desk.store.trouble import DiskFault, DiskFull, NotWritable, disk_trouble
from station_desk.store.vault.changes import Keeping, bring_over, make_key, sweep_plain
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.ring import read_ring
from station_desk.store.vault.ring_file import sweep_copy, tend_copies
from station_desk.store.vault.trouble import NoKeyPlace


def tend(profile: Profile) -> None:
    """Does what can be done; where the disk or this PC does not allow it, the profile opens all the same."""
    with suppress(OSError, DiskFault, DiskFull, NotWritable, NoKeyPlace):
        if read_ring(profile).plain:
            bring_over(profile)
        else:
            sweep_plain(profile)
            tend_copies(profile)
            sweep_copy(profile)


def key_for_new(profile: Profile, keeping: Keeping) -> str:
    """The key of a database that is about to be made.

    A key without a database is what a set-up leaves that was killed half-way, and is used; one that does not
    open is laid aside: it may belong to a database that somebody brings back.
    Raises NoKeyPlace, PassphraseShort, DiskFault.
    """
    if profile.key_file.exists():
        if not keeping.passphrase:
            with suppress(DeskError):
                key = read_key(profile)
                bring_over(profile)
                return key
        with disk_trouble(profile.key_file):
            profile.key_file.replace(profile.folder / "key.before-init.json")
    return make_key(profile, keeping)
