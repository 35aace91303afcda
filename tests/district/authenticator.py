"""An authenticator made of software: signs like a phone or a security key, and errs where a test wants."""

import hashlib
import json
import re
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from station_desk.district.desk.passkey_proof import heard, told

Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


Cbor = int | bytes | str | dict["int | str", "Cbor"]


def packed(value: Cbor) -> bytes:
    """A value in CBOR, as authenticators write it."""
    match value:
        case int() if value < 0:
            return _head(1, -1 - value)
        case int():
            return _head(0, value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case _:
            parts = (packed(one) for pair in value.items() for one in pair)
            return _head(5, len(value)) + b"".join(parts)


def _head(kind: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([kind << 5 | argument])
    size = 0 if argument < 256 else 1 if argument < 65536 else 2
    return bytes([kind << 5 | 24 + size]) + argument.to_bytes(1 << size)


def cose(key: Key) -> bytes:
    """The public half of a key as COSE has it."""
    return packed(cose_map(key))


def cose_map(key: Key) -> "dict[int | str, Cbor]":
    match key:
        case ec.EllipticCurvePrivateKey():
            at, size = key.public_key().public_numbers(), (key.key_size + 7) // 8
            curve = {256: 1, 384: 2}[key.key_size]
            return {1: 2, 3: -7, -1: curve, -2: at.x.to_bytes(size), -3: at.y.to_bytes(size)}
        case ed25519.Ed25519PrivateKey():
            return {1: 1, 3: -8, -1: 6, -2: key.public_key().public_bytes_raw()}
        case _:
            rsa_key = key.public_key().public_numbers()
            return {1: 3, 3: -257, -1: rsa_key.n.to_bytes((key.key_size + 7) // 8), -2: b"\x01\0\x01"}


@dataclass
class Authenticator:
    """What it is for (`host`), where the page that asks stands (`origin`), what it says of its holder."""

    host: str = "testserver"
    origin: str = "https://testserver"
    flags: int = 0x05
    counted: int = 0
    id: bytes = b"passkey one"
    user: str = "viewer"
    key: Key = field(default_factory=new_key)

    def makes(self, page: str) -> dict[str, str]:
        """What the script sends of a new passkey."""
        client, _ = self._said(page, "webauthn.create")
        return {"passkey": told(self.id), "client": told(client), "data": told(self.made())}

    def made(self) -> bytes:
        """The authenticator data of a new passkey."""
        return (
            self._head(self.flags | 0x40) + b"\0" * 16 + len(self.id).to_bytes(2) + self.id + cose(self.key)
        )

    def signs(self, page: str) -> dict[str, str]:
        """What the script sends to sign in."""
        self.counted += bool(self.counted)
        client, data = self._said(page, "webauthn.get")
        signature = self._signed(data + hashlib.sha256(client).digest())
        sent = {
            "passkey": self.id, "client": client, "data": data, "signature": signature,
            "user": self.user.encode(),
        }  # fmt: skip
        return {name: told(raw) for name, raw in sent.items()}

    def _said(self, page: str, kind: str) -> tuple[bytes, bytes]:
        challenge = re.findall(r'data-challenge="([^"]+)"', page)[0]
        assert heard(challenge)
        client = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(client).encode(), self._head(self.flags)

    def _head(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.counted.to_bytes(4)

    def _signed(self, text: bytes) -> bytes:
        match self.key:
            case ec.EllipticCurvePrivateKey():
                return self.key.sign(text, ec.ECDSA(SHA256()))
            case ed25519.Ed25519PrivateKey():
                return self.key.sign(text)
            case _:
                return self.key.sign(text, padding.PKCS1v15(), SHA256())
