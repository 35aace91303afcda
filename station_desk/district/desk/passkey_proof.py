"""What a passkey proves (WebAuthn, level 2): its holder was there, was recognised, signed our challenge.

Attestation is not asked for: whoever is signed in may keep any authenticator. The public key comes as the
browser tells it (SubjectPublicKeyInfo), so no CBOR is read here.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from station_desk.core.errors import AuthError

VALID_FOR = timedelta(minutes=5)
PRESENT, RECOGNISED = 0x01, 0x04
SMALLEST_RSA = 2048
LONGEST = 4096


class PasskeyRefused(AuthError):
    code = "district.passkey_refused"


class _ClientData(msgspec.Struct):
    type: str
    challenge: str
    origin: str
    crossOrigin: bool = False  # noqa: N815 - the name is the browser's


@dataclass(frozen=True, slots=True)
class Site:
    """The host for which passkeys are made, and the origins that may ask for them."""

    host: str
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a browser sent: the challenge that was signed and the count of the authenticator."""

    challenge: str
    counted: int


def new_challenge(secret: str, purpose: str, now: datetime) -> str:
    """A challenge that we know again without keeping it; the purpose is what it may be used for."""
    plain = secrets.token_urlsafe(16) + f".{int(now.timestamp())}"
    return told(f"{plain}.{_seal(secret, purpose, plain)}".encode())


def is_ours(secret: str, purpose: str, challenge: str, now: datetime) -> bool:
    """Whether we gave out the challenge for this purpose, not longer than VALID_FOR ago."""
    plain, _, seal = heard(challenge).decode("utf-8", "replace").rpartition(".")
    at = plain.rpartition(".")[2]
    if not hmac.compare_digest(seal.encode(), _seal(secret, purpose, plain).encode()) or not at.isdecimal():
        return False
    return 0 <= now.timestamp() - int(at) + 1 <= VALID_FOR.total_seconds() + 1


def proved(form: Mapping[str, str], kind: str, site: Site) -> Proof:
    """Holds what the browser says against where and for what we asked. Raises PasskeyRefused."""
    try:
        said = msgspec.json.decode(heard(form.get("client", "")), type=_ClientData)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PasskeyRefused from error
    data = heard(form.get("data", ""))
    if said.type != f"webauthn.{kind}" or said.crossOrigin or said.origin not in site.origins:
        raise PasskeyRefused
    if len(data) < 37 or data[:32] != hashlib.sha256(site.host.encode()).digest():
        raise PasskeyRefused
    if data[32] & (PRESENT | RECOGNISED) != PRESENT | RECOGNISED:
        raise PasskeyRefused
    return Proof(said.challenge, int.from_bytes(data[33:37]))


def require_signed(public_key: str, form: Mapping[str, str]) -> None:
    """Raises PasskeyRefused unless the key signed what `proved` looked at."""
    signed = heard(form.get("data", "")) + hashlib.sha256(heard(form.get("client", ""))).digest()
    signature = heard(form.get("signature", ""))
    key = _key(public_key)
    try:
        match key:
            case ec.EllipticCurvePublicKey():
                key.verify(signature, signed, ec.ECDSA(SHA256()))
            case ed25519.Ed25519PublicKey():
                key.verify(signature, signed)
            case rsa.RSAPublicKey():
                key.verify(signature, signed, padding.PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise PasskeyRefused from error


def require_usable(public_key: str) -> None:
    """Raises PasskeyRefused unless it is a key of a kind that we know: P-256, Ed25519, RSA of 2,048 bits."""
    _key(public_key)


def told(raw: bytes) -> str:
    """Bytes as they stand in a page."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def heard(text: str) -> bytes:
    """Bytes as a page sends them. Raises PasskeyRefused."""
    try:
        return base64.b64decode(text[:LONGEST].encode() + b"=" * (-len(text) % 4), b"-_", validate=True)
    except ValueError as error:
        raise PasskeyRefused from error


def _key(
    public_key: str,
) -> ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey:
    try:
        key = load_der_public_key(heard(public_key))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PasskeyRefused from error
    match key:
        case ec.EllipticCurvePublicKey() if isinstance(key.curve, ec.SECP256R1):
            return key
        case ed25519.Ed25519PublicKey():
            return key
        case rsa.RSAPublicKey() if key.key_size >= SMALLEST_RSA:
            return key
    raise PasskeyRefused


def _seal(secret: str, purpose: str, plain: str) -> str:
    made = hmac.digest(f"passkey {secret}".encode(), f"{purpose} {plain}".encode(), hashlib.sha256)
    return made[:16].hex()
