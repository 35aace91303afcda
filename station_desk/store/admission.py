"""Puts a verified edition, or a list of keys that count, into the profile: whole, or not at all."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from station_desk.catalogue.edition.published import PublishedForms, compiled
from station_desk.catalogue.edition.root import ROOT, RootList, read_root
from station_desk.core.whole_file import settle, write_whole
from station_desk.store.editions import ADMITTED, BUNDLE, COMPILED, Admitted, admission
from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble

ROOT_HERE = "root.toml"
COMING, GONE = ".coming-", ".gone-"


def trusted_root(profile: Profile, shipped: Path) -> RootList:
    """Whose signatures count at this counter: the list that was set here, else the one of the program.

    Raises RootNotUnderstood, DiskFault.
    """
    here = profile.editions / ROOT_HERE
    place = here if here.exists() else shipped / ROOT
    with disk_trouble(place):
        raw = place.read_bytes()
    return read_root(raw.decode("utf-8", "replace"))


def keep_root(profile: Profile, text: str) -> None:
    """Sets the list of keys that count from now on. Raises DiskFault; then the old one stands."""
    place = profile.editions / ROOT_HERE
    with disk_trouble(place):
        profile.editions.mkdir(exist_ok=True)
        write_whole(text.encode(), place)


def keep_edition(profile: Profile, bundle: bytes, forms: PublishedForms, admitted: Admitted) -> None:
    """Puts a verified bundle and what it says into its folder in one move; a damaged one makes way for it.

    Raises DiskFault; then nothing of it is there.
    """
    with disk_trouble(profile.editions):
        profile.editions.mkdir(exist_ok=True)
        _sweep(profile.editions)
        coming = Path(mkdtemp(dir=profile.editions, prefix=COMING))
        try:
            write_whole(bundle, coming / BUNDLE)
            write_whole(msgspec.json.encode(admitted), coming / ADMITTED)
            write_whole(compiled(forms, admitted.bundle), coming / COMPILED)
            _move(coming, profile.editions / forms.edition.number)
        finally:
            shutil.rmtree(coming, ignore_errors=True)
        settle(profile.editions)
        _sweep(profile.editions)


def keep_word(profile: Profile, number: str, day: str, *, withdrawn: bool) -> None:
    """Keeps what the district says of an edition that is installed here. Raises DiskFault."""
    known = admission(profile, number)
    if known is None or (known.day, known.withdrawn) == (day, withdrawn):
        return
    place = profile.editions / number / ADMITTED
    with disk_trouble(place):
        write_whole(msgspec.json.encode(msgspec.structs.replace(known, day=day, withdrawn=withdrawn)), place)


def _move(coming: Path, place: Path) -> None:
    if place.exists():
        place.replace(Path(mkdtemp(dir=place.parent, prefix=GONE), place.name))
    coming.replace(place)


def _sweep(editions: Path) -> None:
    """Takes away what a power cut left half-way."""
    for prefix in (COMING, GONE):
        for left in editions.glob(f"{prefix}*"):
            shutil.rmtree(left, ignore_errors=True)
