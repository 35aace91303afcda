"""What a passkey proves (WebAuthn, level 2): its holder was there, was recognised, signed our challenge.

Attestation is not asked for: whoever is signed in may keep any authenticator. The public key is read from
what the authenticator itself says (`passkey_data.py`), never from what the page says beside it.
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
from station_desk.district.desk.cbor import NotCbor
from station_desk.district.desk.passkey_data import Key, Said, is_usable, read_made, read_used

VALID_FOR = timedelta(minutes=5)
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


def proved_use(form: Mapping[str, str], site: Site) -> Proof:
    """Holds what the browser says against where and for what we asked. Raises PasskeyRefused."""
    challenge = _client(form, "get", site)
    try:
        said = read_used(heard(form.get("data", "")))
    except NotCbor as error:
        raise PasskeyRefused from error
    _require_for(site, said)
    return Proof(challenge, said.counted)


def proved_new(form: Mapping[str, str], site: Site) -> tuple[Proof, str, str]:
    """The same of a passkey that was made; its id and its public key as they are kept.

    Raises PasskeyRefused, also where the page and the authenticator name different passkeys.
    """
    challenge = _client(form, "create", site)
    try:
        new = read_made(heard(form.get("data", "")))
    except NotCbor as error:
        raise PasskeyRefused from error
    _require_for(site, new.said)
    if heard(form.get("passkey", "")) != new.id:
        raise PasskeyRefused
    return Proof(challenge, new.said.counted), told(new.id), told(new.public)


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


def told(raw: bytes) -> str:
    """Bytes as they stand in a page."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def heard(text: str) -> bytes:
    """Bytes as a page sends them. Raises PasskeyRefused."""
    if len(text) > LONGEST:
        raise PasskeyRefused
    try:
        return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), b"-_", validate=True)
    except ValueError as error:
        raise PasskeyRefused from error


def _client(form: Mapping[str, str], kind: str, site: Site) -> str:
    """The challenge that the browser signed, asked for by a page of ours, for this purpose."""
    try:
        said = msgspec.json.decode(heard(form.get("client", "")), type=_ClientData)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PasskeyRefused from error
    if said.type != f"webauthn.{kind}" or said.crossOrigin or said.origin not in site.origins:
        raise PasskeyRefused
    return said.challenge


def _require_for(site: Site, said: Said) -> None:
    if said.host != hashlib.sha256(site.host.encode()).digest():
        raise PasskeyRefused


def _key(public_key: str) -> Key:
    try:
        key = load_der_public_key(heard(public_key))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PasskeyRefused from error
    if isinstance(key, Key) and is_usable(key):
        return key
    raise PasskeyRefused


def _seal(secret: str, purpose: str, plain: str) -> str:
    made = hmac.digest(f"passkey {secret}".encode(), f"{purpose} {plain}".encode(), hashlib.sha256)
    return made[:16].hex()
