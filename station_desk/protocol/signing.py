"""How a counter PC signs what it asks of the district, so that nobody else can write into its log.

HTTP Message Signatures (RFC 9421) with Ed25519 over the method, the path and the digest of the body (RFC
9530). Exactly one spelling is accepted, so that a changed character anywhere refuses the request. There is no
clock in a signature: a PC with a dead battery may still send, and sending twice changes nothing.

The district signs its answers over their status, their digest and the signature of the request (RFC 9421,
section 2.4), so that nobody in between can make up an acknowledgement, or give an old one again.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DIGEST = "content-digest"
INPUT = "signature-input"
SIGNATURE = "signature"
HEADERS = (DIGEST, INPUT, SIGNATURE)

_INPUT = re.compile(
    r'sig1=(?P<params>\("@method" "@path" "content-digest"\)'
    r';keyid="(?P<keyid>[A-Za-z0-9._~-]{1,80})";nonce="[A-Za-z0-9_-]{22}";alg="ed25519")'
)
_REPLY_INPUT = 'sig1=("@status" "content-digest" "signature";req);alg="ed25519"'
_NEW_KEY = b"station-desk new key "
_SIGNATURE = re.compile(r"sig1=:(?P<base64>[A-Za-z0-9+/]{86}==):")


class SignatureRefused(ValueError):
    """The request was not signed by that key as it stands."""


def new_key() -> str:
    """A fresh Ed25519 private key in hex; it never leaves the PC."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_key_of(key: str) -> str:
    """The public key of a private key, in hex: what the district keeps."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)).public_key().public_bytes_raw().hex()


def is_public_key(text: str) -> bool:
    """Whether the text is an Ed25519 public key in lower-case hex."""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def sign(key: str, method: str, path: str, body: bytes, device: str) -> dict[str, str]:
    """The headers that prove the request to come from `device`; each call has a nonce of its own."""
    nonce = secrets.token_urlsafe(16)
    params = f'("@method" "@path" "content-digest");keyid="{device}";nonce="{nonce}";alg="ed25519"'
    digest = _digest(body)
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    signature = base64.b64encode(private.sign(_base(method, path, digest, params))).decode()
    return {DIGEST: digest, INPUT: f"sig1={params}", SIGNATURE: f"sig1=:{signature}:"}


def signer_of(headers: Mapping[str, str]) -> str:
    """The device that the headers (names in lower case) say they come from: a claim until `verify` agrees.

    Raises SignatureRefused when there is no well-formed claim.
    """
    return _input(headers)["keyid"]


def verify(public_key: str, method: str, path: str, headers: Mapping[str, str], body: bytes) -> None:
    """Raises SignatureRefused unless this very request was signed by the holder of `public_key` (hex)."""
    params = _input(headers)["params"]
    digest = _digest(body)
    if headers.get(DIGEST) != digest:
        raise SignatureRefused("the digest is not that of the body")
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        public.verify(_signature(headers), _base(method, path, digest, params))
    except InvalidSignature as error:
        raise SignatureRefused("the signature is not that of the key") from error


def prove_new_key(key: str, device: str) -> str:
    """By which the holder of a new private key shows that he has it, for this device alone; in hex."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    return private.sign(_NEW_KEY + device.encode()).hex()


def require_new_key(public_key: str, device: str, proof: str) -> None:
    """Raises SignatureRefused unless `prove_new_key` made the proof with the private half of this key."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        public.verify(bytes.fromhex(proof), _NEW_KEY + device.encode())
    except (InvalidSignature, ValueError) as error:
        raise SignatureRefused("the new key is not in the hands of the device") from error


def sign_reply(key: str, status: int, body: bytes, asked: Mapping[str, str]) -> dict[str, str]:
    """The headers by which an answer proves to come from the district; `asked` are those of the request."""
    digest = _digest(body)
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
    signature = base64.b64encode(private.sign(_reply_base(status, digest, asked))).decode()
    return {DIGEST: digest, INPUT: _REPLY_INPUT, SIGNATURE: f"sig1=:{signature}:"}


def verify_reply(
    public_key: str, status: int, headers: Mapping[str, str], body: bytes, asked: Mapping[str, str]
) -> None:
    """Raises SignatureRefused unless the holder of `public_key` (hex) gave this answer to this request."""
    digest = _digest(body)
    if headers.get(INPUT, "") != _REPLY_INPUT or headers.get(DIGEST) != digest:
        raise SignatureRefused("no signature over this very answer")
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        public.verify(_signature(headers), _reply_base(status, digest, asked))
    except InvalidSignature as error:
        raise SignatureRefused("the signature is not that of the district") from error


def _reply_base(status: int, digest: str, asked: Mapping[str, str]) -> bytes:
    lines = (
        f'"@status": {status}',
        f'"content-digest": {digest}',
        f'"signature";req: {asked.get(SIGNATURE, "")}',
        f'"@signature-params": {_REPLY_INPUT.removeprefix("sig1=")}',
    )
    return "\n".join(lines).encode()


def _input(headers: Mapping[str, str]) -> re.Match[str]:
    found = _INPUT.fullmatch(headers.get(INPUT, ""))
    if found is None:
        raise SignatureRefused("no signature input of the one accepted form")
    return found


def _signature(headers: Mapping[str, str]) -> bytes:
    found = _SIGNATURE.fullmatch(headers.get(SIGNATURE, ""))
    if found is None:
        raise SignatureRefused("no signature of the one accepted form")
    signature = base64.b64decode(found["base64"])
    # The last character of base64 has bits that decoding drops: only the canonical spelling counts.
    if base64.b64encode(signature).decode() != found["base64"]:
        raise SignatureRefused("the signature is not in canonical base64")
    return signature


def _digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _base(method: str, path: str, digest: str, params: str) -> bytes:
    """The text that is signed (RFC 9421, section 2.5)."""
    lines = (
        f'"@method": {method}',
        f'"@path": {path}',
        f'"content-digest": {digest}',
        f'"@signature-params": {params}',
    )
    return "\n".join(lines).encode()
