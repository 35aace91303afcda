"""How a new edition of the catalogue comes to this counter, and whose signatures count.

A refusal leaves everything as it is. A new edition is used from the next start of the desk on; a case keeps
the one it was accepted under for ever.
"""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from station_desk.catalogue.edition.bundle import Circumstances, Verified, verify, verify_ahead
from station_desk.catalogue.edition.inside import forms_inside
from station_desk.catalogue.edition.root import (
    RootKey,
    RootList,
    fingerprint,
    read_root,
    require_successor,
    root_text,
)
from station_desk.catalogue.edition.trouble import EditionDamaged
from station_desk.catalogue.fault import BrokenForm
from station_desk.catalogue.item import Words
from station_desk.core.clock import Clock, stamp
from station_desk.store.admission import keep_edition, keep_root, trusted_root
from station_desk.store.editions import (
    Admitted,
    admission,
    edition_in_use,
    installed_forms,
    installed_numbers,
)
from station_desk.store.profile import Profile, require_profile

Verify = Callable[[bytes, RootList, Circumstances], Verified]


class Installed(msgspec.Struct, frozen=True):
    """An edition that came in: who signed it, and which number the desk uses now."""

    number: str
    publisher: Words
    effective: date
    expires: date
    expired: bool
    signers: tuple[str, ...]
    fingerprint: str
    in_use: str


class Trusted(msgspec.Struct, frozen=True):
    """The list of keys that counts from now on; its fingerprint is compared by telephone."""

    version: int
    threshold: int
    keys: tuple[RootKey, ...]
    fingerprint: str


def install_edition(profile: Profile, bundle: bytes, shipped: Path, clock: Clock, client: str) -> Installed:
    """Takes in an edition that holds today; the desk opens with it from now on.

    `shipped` is the folder `forms/` of the program, `client` its version. Raises NoProfile, what `verify`
    raises, BrokenForm and DiskFault; then the old edition stays in use.
    """
    return _install(profile, bundle, shipped, clock, client, verify)


def install_ahead(profile: Profile, bundle: bytes, shipped: Path, clock: Clock, client: str) -> Installed:
    """Takes in an edition that may take effect later: then the desk changes to it by itself, also offline.

    Raises like `install_edition`, but for NotYetEffective.
    """
    return _install(profile, bundle, shipped, clock, client, verify_ahead)


def install_offered(
    profile: Profile, bundle: bytes, shipped: Path, clock: Clock, client: str, day: str
) -> Installed:
    """Takes in an edition that the district put in force from `day` on.

    The signatures count as ever, the district's word only says since when. Raises like `install_ahead`.
    """
    return _install(profile, bundle, shipped, clock, client, verify_ahead, day)


def trust_root(profile: Profile, text: str, shipped: Path) -> Trusted:
    """Sets whose signatures count. The first list is taken by hand, later ones when the old keys signed them.

    Raises NoProfile, RootNotUnderstood, NoRoot, RootNotNewer, SignatureBad, SignatureTwice, RootTooFewKeys.
    """
    require_profile(profile)
    new = read_root(text)
    require_successor(trusted_root(profile, shipped), new)
    keep_root(profile, text)
    return Trusted(new.version, new.threshold, new.key, fingerprint(root_text(new)))


def _install(
    profile: Profile, bundle: bytes, shipped: Path, clock: Clock, client: str, verified_by: Verify,
    day: str = "",
) -> Installed:  # fmt: skip
    require_profile(profile)
    now = clock()
    here = _circumstances(profile, now.date(), client)
    verified = verified_by(bundle, trusted_root(profile, shipped), here)
    forms = forms_inside(verified.bundle)
    names = tuple(key.name for key in verified.signers)
    admitted = Admitted(hashlib.sha256(bundle).hexdigest(), names, stamp(now), day)
    keep_edition(profile, bundle, forms, admitted)
    facts = forms.edition
    in_use = edition_in_use(profile, shipped, now.date(), client).forms.edition.number
    return Installed(
        facts.number, facts.publisher, facts.effective, facts.expires, verified.expired, names,
        fingerprint(verified.bundle.text), in_use,
    )  # fmt: skip


def _circumstances(profile: Profile, today: date, client: str) -> Circumstances:
    newest = next((number for number in installed_numbers(profile) if not _is_withdrawn(profile, number)), "")
    mends = newest if newest and is_damaged(profile, newest) else ""
    return Circumstances(newest, today, client, mends)


def _is_withdrawn(profile: Profile, number: str) -> bool:
    """What the district took back stands in the way of nothing: the one before it may come again."""
    word = admission(profile, number)
    return word is not None and word.withdrawn


def is_damaged(profile: Profile, number: str) -> bool:
    """Whether an installed edition is not what was verified any more, so that it may come again."""
    try:
        installed_forms(profile, number)
    except EditionDamaged:
        return True
    except BrokenForm:
        # Whole, but of a shape that this program does not read: the same bundle would not help.
        return False
    return False
