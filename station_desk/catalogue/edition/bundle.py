"""An edition as one file: the published files, a text that names each by its SHA-256, signatures under it.

Made by the publisher, signed by two of three, verified by each counter before anything of it is used. Inside:
`forms/…` as in the folder, `signed.toml` (the text), `signatures.toml`. Version, expiry, threshold and root
list are those of TUF, without its machinery: see the decision record 0008.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from station_desk.catalogue.edition.keys import Signature, SigningKey, signature_text, signed
from station_desk.catalogue.edition.number import CLIENT, NUMBER, client_is_new_enough, is_newer
from station_desk.catalogue.edition.parcel import pack, unpack
from station_desk.catalogue.edition.root import RootKey, RootList, signers
from station_desk.catalogue.edition.trouble import (
    ClientTooOld,
    EditionOlder,
    FileExtra,
    FileMissing,
    FileSwapped,
    NoRoot,
    NotYetEffective,
    SignatureTwice,
    TextNotUnderstood,
    TooFewKeys,
)
from station_desk.catalogue.edition.written import line, quoted
from station_desk.catalogue.item import Edition, Words
from station_desk.catalogue.sheet import sheet_bytes, sheet_names

T = TypeVar("T")
TEXT, SIGNATURES, FORMS = "signed.toml", "signatures.toml", "forms/"
SHEETS = "**/*.toml"
NOT_PUBLISHED = "editions/"
"""Below `forms/`, what says who may publish is no part of what is published."""


class SignedText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the signatures stand under; `files` holds the SHA-256 of each file in hex."""

    format: Literal[1]
    number: str
    publisher: Words
    area: Words
    effective: date
    expires: date
    min_client: str
    files: dict[str, str]


class SignatureList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `signatures.toml`."""

    signature: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle taken apart, each file the one that its text names; the signatures were not looked at yet."""

    text: bytes
    edition: SignedText
    signatures: tuple[Signature, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The counter that a bundle comes to: the newest edition it ever had (empty: none), its day, its program.

    `mends` is the number of an edition that lies damaged on the disk and so may come again.
    """

    newest: str
    today: date
    client: str
    mends: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle that this counter may use; an expired one stays usable, with a warning."""

    bundle: Bundle
    signers: tuple[RootKey, ...]
    expired: bool


def published_files(forms: Path) -> dict[str, bytes]:
    """The files of a folder `forms/` that make an edition, with the line ends of Unix."""
    names = [name for name in sheet_names(forms, SHEETS) if not name.startswith(NOT_PUBLISHED)]
    return {name: sheet_bytes(forms, name) for name in names}


def make(edition: Edition, files: Mapping[str, bytes]) -> bytes:
    """The bundle of an edition, with no signature yet; the same files always make the same bytes.

    Raises NameUnsafe, NameTwice, BundleTooLarge.
    """
    return _packed(_text(edition, files), (), files)


def sign(bundle: bytes, key: SigningKey) -> bytes:
    """The bundle with the key's signature too; the order of signing leaves no trace.

    What is signed was looked at first: raises what `opened` raises, and SignatureTwice.
    """
    known = opened(bundle)
    if any(signature.key == key.id for signature in known.signatures):
        raise SignatureTwice(name=key.id)
    return _packed(known.text, (*known.signatures, signed(key, "edition", known.text)), known.files)


def joined(one: bytes, other: bytes) -> bytes:
    """The same edition with the signatures of both; where both have one of a key, that of the first stays.

    Raises what `opened` raises, and TextNotUnderstood when they are not the same edition.
    """
    first, second = opened(one), opened(other)
    if first.text != second.text:
        raise TextNotUnderstood(why=f"{first.edition.number} ≠ {second.edition.number}")
    known = {signature.key for signature in first.signatures}
    more = tuple(signature for signature in second.signatures if signature.key not in known)
    return _packed(first.text, (*first.signatures, *more), first.files)


def opened(bundle: bytes) -> Bundle:
    """The parts of a bundle, its files held against its text.

    Raises what `unpack` raises, TextNotUnderstood, FileMissing, FileExtra, FileSwapped.
    """
    parts = unpack(bundle)
    if TEXT not in parts or SIGNATURES not in parts:
        raise FileMissing(file=SIGNATURES if TEXT in parts else TEXT)
    text, signatures = parts.pop(TEXT), parts.pop(SIGNATURES)
    edition = _understood(text, SignedText)
    if not NUMBER.fullmatch(edition.number) or not CLIENT.fullmatch(edition.min_client):
        raise TextNotUnderstood(why=f"{edition.number}, {edition.min_client}")
    if stray := next((name for name in parts if not name.startswith(FORMS)), ""):
        raise FileExtra(file=stray)
    files = {name.removeprefix(FORMS): content for name, content in parts.items()}
    _require_named(files, edition.files)
    return Bundle(text, edition, _understood(signatures, SignatureList).signature, files)


def verify(bundle: bytes, root: RootList, here: Circumstances) -> Verified:
    """The bundle, when this counter may use it today. Raises NotYetEffective, and as `verify_ahead`."""
    verified = verify_ahead(bundle, root, here)
    edition = verified.bundle.edition
    if edition.effective > here.today:
        raise NotYetEffective(number=edition.number, effective=edition.effective)
    return verified


def verify_ahead(bundle: bytes, root: RootList, here: Circumstances) -> Verified:
    """The bundle, when this counter may use it today or from its effective day on.

    Raises what `opened` and `authentic` raise, EditionOlder, ClientTooOld.
    """
    known = opened(bundle)
    found = authentic(known, root)
    edition = known.edition
    if not is_newer(edition.number, here.newest) and edition.number != here.mends:
        raise EditionOlder(number=edition.number, newest=here.newest)
    if not client_is_new_enough(here.client, edition.min_client):
        raise ClientTooOld(number=edition.number, needed=edition.min_client, ours=here.client)
    return Verified(known, found, expired=here.today > edition.expires)


def authentic(bundle: Bundle, root: RootList) -> tuple[RootKey, ...]:
    """Who signed it. Raises NoRoot, SignatureBad, SignatureTwice, TooFewKeys."""
    if not root.key:
        raise NoRoot
    found = signers(root, "edition", bundle.text, bundle.signatures)
    if len(found) < root.threshold:
        raise TooFewKeys(found=len(found), needed=root.threshold)
    return found


def _text(edition: Edition, files: Mapping[str, bytes]) -> bytes:
    facts = (
        line("format", 1),
        line("number", edition.number),
        line("publisher", edition.publisher),
        line("area", edition.area),
        line("effective", edition.effective),
        line("expires", edition.expires),
        line("min_client", edition.min_client),
        "\n[files]\n",
    )
    sums = (line(quoted(name), hashlib.sha256(files[name]).hexdigest()) for name in sorted(files))
    return "".join((*facts, *sums)).encode()


def _packed(text: bytes, signatures: tuple[Signature, ...], files: Mapping[str, bytes]) -> bytes:
    known = "".join(signature_text(signature) for signature in sorted(signatures, key=lambda s: s.key))
    inside = {FORMS + name: content for name, content in files.items()}
    return pack({**inside, TEXT: text, SIGNATURES: known.encode()})


def _understood(text: bytes, type_: type[T]) -> T:
    try:
        return msgspec.convert(tomllib.loads(text.decode()), type_)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise TextNotUnderstood(why=str(error)) from error


def _require_named(files: Mapping[str, bytes], sums: Mapping[str, str]) -> None:
    """Raises unless these are the named files, neither more nor less, and each is the one that was named."""
    if missing := sorted(sums.keys() - files.keys()):
        raise FileMissing(file=missing[0])
    if extra := sorted(files.keys() - sums.keys()):
        raise FileExtra(file=extra[0])
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != sums[name]:
            raise FileSwapped(file=name)
