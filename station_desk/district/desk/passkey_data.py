"""What an authenticator says of itself (WebAuthn, authenticator data): read byte by byte, or refused.

For whom it is, whether its holder was there and was recognised, how often it signed; and when a passkey is
made, its id and its public key (COSE, RFC 9053): P-256, Ed25519 or RSA of 2,048 bits and more.
"""

from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station_desk.district.desk import cbor
from station_desk.district.desk.cbor import NotCbor

PRESENT, RECOGNISED, COPYABLE, COPIED = 0x01, 0x04, 0x08, 0x10
MADE, MORE = 0x40, 0x80
HASH, HEAD, AAGUID, LENGTH = 32, 37, 16, 2
LONGEST_ID = 1023
SMALLEST_RSA, LARGEST_RSA = 2048, 4096

Key = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, slots=True)
class Said:
    """`host` is the SHA-256 of the name it signs for, `counted` how often it signed (0: it counts not)."""

    host: bytes
    counted: int


@dataclass(frozen=True, slots=True)
class New:
    """A passkey that was made: its id, and the DER of its public half."""

    said: Said
    id: bytes
    public: bytes


def read_used(data: bytes) -> Said:
    """What stands beside a signature. Raises NotCbor."""
    said, flags = _head(data)
    if flags & MADE:
        raise NotCbor("a key where none is made")
    _end(data, HEAD, flags)
    return said


def read_made(data: bytes) -> New:
    """What an authenticator says of a passkey that it made. Raises NotCbor."""
    said, flags = _head(data)
    at = HEAD + AAGUID
    length = int.from_bytes(data[at : at + LENGTH])
    at += LENGTH
    if not flags & MADE or not 1 <= length <= LONGEST_ID or at + length > len(data):
        raise NotCbor("no passkey, or cut off")
    cose, end = cbor.read(data, at + length)
    public = key_of(cose).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    _end(data, end, flags)
    return New(said, data[at : at + length], public)


def key_of(cose: cbor.Value) -> Key:
    """The key that a COSE map says, with nothing beside it. Raises NotCbor.

    1 is the kind of key, 3 what it signs with (ES256, EdDSA, RS256), -1 the curve or the modulus, -2 and -3
    the rest of it.
    """
    if not isinstance(cose, dict):
        raise NotCbor("no key")
    try:
        match cose:
            case {1: 2, 3: -7, -1: 1, -2: bytes(x), -3: bytes(y)} if len(cose) == 5:
                return _on_curve(x, y)
            case {1: 1, 3: -8, -1: 6, -2: bytes(x)} if len(cose) == 4:
                return ed25519.Ed25519PublicKey.from_public_bytes(x)
            case {1: 3, 3: -257, -1: bytes(n), -2: bytes(e)} if len(cose) == 4:
                return _rsa(n, e)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotCbor("no such key") from error
    raise NotCbor("a key of another kind")


def is_usable(key: object) -> bool:
    """Whether it is a key of a kind that is known here, and strong enough."""
    match key:
        case ec.EllipticCurvePublicKey():
            return isinstance(key.curve, ec.SECP256R1)
        case rsa.RSAPublicKey():
            return SMALLEST_RSA <= key.key_size <= LARGEST_RSA
        case _:
            return isinstance(key, ed25519.Ed25519PublicKey)


def _head(data: bytes) -> tuple[Said, int]:
    if len(data) < HEAD:
        raise NotCbor("cut off")
    flags = data[HASH]
    if flags & (PRESENT | RECOGNISED) != PRESENT | RECOGNISED:
        raise NotCbor("nobody there, or not recognised")
    if flags & COPIED and not flags & COPYABLE:
        raise NotCbor("copied, and cannot be")
    return Said(data[:HASH], int.from_bytes(data[HASH + 1 : HEAD])), flags


def _end(data: bytes, at: int, flags: int) -> None:
    """What follows is a map of more, where it is announced, and then nothing."""
    if flags & MORE:
        more, at = cbor.read(data, at)
        if not isinstance(more, dict):
            raise NotCbor("no map")
    if at != len(data):
        raise NotCbor("bytes after the end")


def _on_curve(x: bytes, y: bytes) -> Key:
    if (len(x), len(y)) != (32, 32):
        raise NotCbor("no point of P-256")
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())
    return numbers.public_key()


def _rsa(n: bytes, e: bytes) -> Key:
    key = rsa.RSAPublicNumbers(int.from_bytes(e), int.from_bytes(n)).public_key()
    if n[:1] == b"\0" or e[:1] == b"\0" or not is_usable(key):
        raise NotCbor("too weak, or not in its shortest form")
    return key
