"""The editions of a profile: which one the desk opens, and how it is read without waiting.

    editions/root.toml               whose signatures count
    editions/2026.12/edition.zip     the bundle as it came
    editions/2026.12/admitted.json   that it was verified here: its SHA-256, who signed it, when
    editions/2026.12/compiled        what the desk reads at its start
    editions/shipped                 the same of the forms that came with the program

Signatures are verified once, when an edition is admitted: keys may change later. Afterwards each start holds
the bundle against the SHA-256 of its admission. The newest edition that is whole, effective and made for this
program is opened; where there is none, the shipped forms are.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from station_desk.catalogue.edition.number import NUMBER, client_is_new_enough, rank
from station_desk.catalogue.edition.published import PublishedForms, compiled, read_compiled, read_published
from station_desk.catalogue.edition.trouble import ClientTooOld, EditionDamaged, EditionWithdrawn
from station_desk.catalogue.item import Edition
from station_desk.core.errors import DeskError
from station_desk.core.whole_file import write_whole
from station_desk.store.profile import Profile

BUNDLE, ADMITTED, COMPILED, SHIPPED = "edition.zip", "admitted.json", "compiled", "shipped"


class Admitted(msgspec.Struct, frozen=True):
    """That a bundle was verified at this counter: SHA-256 of the whole file, who signed it, a stamp.

    `day` is since when it holds by the word of the district, empty where only the edition itself says so;
    `withdrawn`: the district took it back.
    """

    bundle: str
    signers: tuple[str, ...]
    at: str
    day: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """An installed edition that is not used, and why."""

    number: str
    why: DeskError


@dataclass(frozen=True, slots=True)
class InUse:
    """The forms that the desk works with; `installed` is false for those that came with the program.

    `shipped` is where those lie. `waiting` are newer editions that take effect on a later day, which is the
    `effective` one here.
    """

    forms: PublishedForms
    installed: bool
    shipped: Path
    waiting: tuple[Edition, ...] = ()
    refused: tuple[Refused, ...] = ()


def edition_in_use(profile: Profile, shipped: Path, today: date, client: str) -> InUse:
    """What the desk works with today; `shipped` is the folder `forms/` of the program, `client` its version.

    Raises BrokenForm only for the shipped forms: a faulty installed edition is passed over and named.
    """
    waiting: list[Edition] = []
    refused: list[Refused] = []
    for number in installed_numbers(profile):
        word = admission(profile, number)
        if word and word.withdrawn:
            refused.append(Refused(number, EditionWithdrawn(number=number)))
            continue
        try:
            forms = installed_forms(profile, number)
        except DeskError as error:
            refused.append(Refused(number, error))
            continue
        starts = max(forms.edition.effective, _day(word))
        needed = forms.edition.min_client
        if not client_is_new_enough(client, needed):
            refused.append(Refused(number, ClientTooOld(number=number, needed=needed, ours=client)))
        elif starts > today:
            waiting.append(msgspec.structs.replace(forms.edition, effective=starts))
        else:
            return InUse(forms, True, shipped, tuple(waiting), tuple(refused))
    return InUse(shipped_forms(profile, shipped), False, shipped, tuple(waiting), tuple(refused))


def forms_under(profile: Profile, in_use: InUse, number: str, digest: str) -> PublishedForms | None:
    """The forms of the edition that a case was begun under; None when they lie on this PC no more."""
    if in_use.forms.catalogue.digest == digest:
        return in_use.forms
    try:
        if number in installed_numbers(profile):
            forms = installed_forms(profile, number)
            if forms.catalogue.digest == digest:
                return forms
        forms = shipped_forms(profile, in_use.shipped)
    except DeskError:
        return None
    return forms if forms.catalogue.digest == digest else None


def installed_numbers(profile: Profile) -> list[str]:
    """The numbers of all editions that were installed here, newest first."""
    try:
        names = [entry.name for entry in os.scandir(profile.editions) if entry.is_dir()]
    except OSError:
        return []
    return sorted((name for name in names if NUMBER.fullmatch(name)), key=rank, reverse=True)


def admission(profile: Profile, number: str) -> Admitted | None:
    """What was noted when an edition was admitted here; None where it cannot be read."""
    try:
        return msgspec.json.decode((profile.editions / number / ADMITTED).read_bytes(), type=Admitted)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def installed_forms(profile: Profile, number: str) -> PublishedForms:
    """What an installed edition says. Raises EditionDamaged, and BrokenForm when we cannot read it."""
    folder = profile.editions / number
    try:
        bundle = (folder / BUNDLE).read_bytes()
    except OSError as error:
        raise EditionDamaged(number=number) from error
    digest = hashlib.sha256(bundle).hexdigest()
    kept = _kept(folder / COMPILED, digest)
    if kept is None or kept.edition.number != number:
        kept = _from_bundle(profile, number, bundle, digest)
        _keep(folder / COMPILED, kept, digest)
    return kept


def shipped_forms(profile: Profile, shipped: Path) -> PublishedForms:
    """The forms that came with the program; a profile keeps them compiled. Raises BrokenForm.

    A kept copy counts for as long as every file has the size and the times it was read with. The time of the
    last change of the file itself (ctime) is among them: who rewrites a file cannot set that back.
    """
    place = profile.editions / SHIPPED
    source = "\n".join(sorted(_files(shipped)))
    kept = _kept(place, source)
    if kept is None:
        kept = _read_once(shipped, source)
        if profile.database.exists():
            _keep(place, kept, source)
    return kept


@lru_cache(maxsize=1)
def _read_once(shipped: Path, _source: str) -> PublishedForms:
    """What the folder says for as long as its sizes and times hold: the first run asks for it three times."""
    return read_published(shipped)


def _day(word: Admitted | None) -> date:
    with contextlib.suppress(ValueError):
        return date.fromisoformat(word.day) if word and word.day else date.min
    return date.min


def _from_bundle(profile: Profile, number: str, bundle: bytes, digest: str) -> PublishedForms:
    # What signs and verifies is loaded only when a compiled copy must be made anew.
    from station_desk.catalogue.edition.bundle import opened
    from station_desk.catalogue.edition.inside import forms_inside

    admitted = admission(profile, number)
    if admitted is None or admitted.bundle != digest:
        raise EditionDamaged(number=number)
    forms = forms_inside(opened(bundle))
    if forms.edition.number != number:
        raise EditionDamaged(number=number)
    return forms


def _kept(place: Path, source: str) -> PublishedForms | None:
    try:
        return read_compiled(place.read_bytes(), source)
    except OSError:
        return None


def _keep(place: Path, forms: PublishedForms, source: str) -> None:
    """A desk that cannot keep a copy (full disk, rights) reads more slowly next time, and that is all."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        write_whole(compiled(forms, source), place)


def _files(folder: Path) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(Path(entry.path))
        else:
            about = entry.stat()
            yield f"{entry.path} {about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"
