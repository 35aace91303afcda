"""Whose signatures count: the root list with the keys of the district, and how many of them are needed.

The first list is set by hand, its fingerprint compared by telephone. Every later one must be signed by as
many keys of the old list as that one asks for; so keys are changed without a visit to each counter.
"""

import hashlib
import tomllib
from collections.abc import Sequence

import msgspec

from station_desk.catalogue.edition.keys import (
    HEX_32,
    Purpose,
    Signature,
    SigningKey,
    is_signed_by,
    key_id,
    signature_text,
    signed,
)
from station_desk.catalogue.edition.trouble import (
    NoRoot,
    RootNotNewer,
    RootNotUnderstood,
    RootTooFewKeys,
    SignatureBad,
    SignatureTwice,
)
from station_desk.catalogue.edition.written import line

ROOT = "editions/root.toml"
"""Where the list lies below `forms/`; it is no part of an edition."""

FEWEST = 2
GROUPS, GROUP = 6, 4


class RootKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key that may sign: its id, who holds it, its public half in hex."""

    id: str
    name: str
    public: str


class RootList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`threshold` of these keys must have signed an edition. Version 0 without keys: none was set yet."""

    version: int
    threshold: int
    key: tuple[RootKey, ...] = ()
    signature: tuple[Signature, ...] = ()


def read_root(text: str) -> RootList:
    """The root list in a text. Raises RootNotUnderstood with the place of the fault."""
    try:
        root = msgspec.convert(tomllib.loads(text), RootList)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise RootNotUnderstood(why=str(error)) from error
    _require_sound(root)
    return root


def root_text(root: RootList) -> bytes:
    """What is signed of a root list: all it says, comments and signatures left out."""
    keys = (
        "\n[[key]]\n" + line("id", key.id) + line("name", key.name) + line("public", key.public)
        for key in root.key
    )
    return (line("version", root.version) + line("threshold", root.threshold) + "".join(keys)).encode()


def fingerprint(text: bytes) -> str:
    """Six groups of four hex digits (96 bits of the SHA-256), short enough to be read out by telephone."""
    digest = hashlib.sha256(text).hexdigest()
    return " ".join(digest[place : place + GROUP] for place in range(0, GROUPS * GROUP, GROUP))


def signed_root(text: str, key: SigningKey) -> str:
    """The text of a root list with one more signature at its end.

    Raises RootNotUnderstood, SignatureTwice.
    """
    root = read_root(text)
    if any(signature.key == key.id for signature in root.signature):
        raise SignatureTwice(name=key.id)
    return text.rstrip() + "\n" + signature_text(signed(key, "root", root_text(root)))


def require_successor(old: RootList, new: RootList) -> None:
    """Raises unless the new list may take the place of the old one; after none, any list with keys may.

    Raises NoRoot (a list without keys), RootNotNewer, SignatureBad, SignatureTwice, RootTooFewKeys.
    """
    if not new.key:
        raise NoRoot
    if not old.key:
        return
    if new.version <= old.version:
        raise RootNotNewer(version=new.version, known=old.version)
    found = signers(old, "root", root_text(new), new.signature)
    if len(found) < old.threshold:
        raise RootTooFewKeys(found=len(found), needed=old.threshold)


def signers(
    root: RootList, purpose: Purpose, text: bytes, signatures: Sequence[Signature]
) -> tuple[RootKey, ...]:
    """The keys of the list that signed the text; signatures of keys that it does not name count for nothing.

    Raises SignatureTwice, and SignatureBad for a signature of a named key that is not under this text.
    """
    named = {key.id: key for key in root.key}
    found: dict[str, RootKey] = {}
    for signature in signatures:
        key = named.get(signature.key)
        if key is None:
            continue
        if key.id in found:
            raise SignatureTwice(name=key.name)
        if not is_signed_by(key.public, purpose, text, signature):
            raise SignatureBad(name=key.name)
        found[key.id] = key
    return tuple(found.values())


def _require_sound(root: RootList) -> None:
    if not root.key and root.version == 0:
        return
    if root.version < 1:
        raise RootNotUnderstood(why=f"version = {root.version}")
    if not FEWEST <= root.threshold <= len(root.key):
        raise RootNotUnderstood(why=f"threshold = {root.threshold}, [[key]] × {len(root.key)}")
    for place, key in enumerate(root.key, 1):
        if not HEX_32.fullmatch(key.public) or key.id != key_id(key.public) or not key.name.strip():
            raise RootNotUnderstood(why=f"[[key]] {place}: id, name, public")
    if len({key.id for key in root.key}) < len(root.key):
        raise RootNotUnderstood(why="[[key]] id × 2")
