"""The keys that sign editions and root lists: Ed25519 (RFC 8032), a file for whoever holds one.

A signature covers the purpose and the text, so that one given to a root list never passes for an edition. The
id of a key is the beginning of the SHA-256 of its public half: the same key cannot appear under two ids.
"""

import hashlib
import re
import tomllib
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from station_desk.catalogue.edition.trouble import KeyNotUnderstood
from station_desk.catalogue.edition.written import line

Purpose = Literal["edition", "root"]
HEX_32 = re.compile(r"[0-9a-f]{64}")
HEX_64 = re.compile(r"[0-9a-f]{128}")
ID_LENGTH = 16
WARNING = (
    "# Signs editions of Station Desk. Whoever has this file can sign: keep it on a stick of its own\n"
    "# in a safe, never on a counter PC and never beside the second key.\n"
)


class SigningKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a key file holds, in hex."""

    id: str
    public: str
    private: str


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signature of the key with that id, in hex."""

    key: str
    value: str


def new_key() -> SigningKey:
    """A fresh key."""
    return _key_of(Ed25519PrivateKey.generate().private_bytes_raw().hex())


def key_text(key: SigningKey) -> str:
    """A key as its file holds it."""
    return WARNING + line("id", key.id) + line("public", key.public) + line("private", key.private)


def read_key(text: str) -> SigningKey:
    """The key in the text of a key file. Raises KeyNotUnderstood, never with a word of what is in it."""
    try:
        key = msgspec.convert(tomllib.loads(text), SigningKey)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError):
        raise KeyNotUnderstood from None
    if not HEX_32.fullmatch(key.private) or key != _key_of(key.private):
        raise KeyNotUnderstood
    return key


def key_id(public: str) -> str:
    """The id of a public key (64 hex digits)."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:ID_LENGTH]


def signed(key: SigningKey, purpose: Purpose, text: bytes) -> Signature:
    """The key's signature under a text."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.private))
    return Signature(key.id, private.sign(_covered(purpose, text)).hex())


def is_signed_by(public: str, purpose: Purpose, text: bytes, signature: Signature) -> bool:
    """Whether the holder of the public key (hex) signed this very text for this purpose."""
    if not HEX_64.fullmatch(signature.value):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature.value), _covered(purpose, text))
    except InvalidSignature:
        return False
    return True


def signature_text(signature: Signature) -> str:
    """A signature as signed files hold it."""
    return "\n[[signature]]\n" + line("key", signature.key) + line("value", signature.value)


def _key_of(private: str) -> SigningKey:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    public = key.public_key().public_bytes_raw().hex()
    return SigningKey(key_id(public), public, private)


def _covered(purpose: Purpose, text: bytes) -> bytes:
    return f"station-desk {purpose} 1\n".encode() + text
