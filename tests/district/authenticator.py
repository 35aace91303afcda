"""An authenticator made of software: signs like a phone or a security key, and errs where a test wants."""

import hashlib
import json
import re
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station_desk.district.desk.passkey_proof import heard, told

Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Authenticator:
    """What it is for (`host`), where the page that asks stands (`origin`), what it says of its holder."""

    host: str = "testserver"
    origin: str = "https://testserver"
    flags: int = 0x05
    counted: int = 0
    id: bytes = b"passkey one"
    key: Key = field(default_factory=new_key)

    @property
    def public(self) -> str:
        der = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return told(der)

    def makes(self, page: str) -> dict[str, str]:
        """What the script sends of a new passkey."""
        client, data = self._said(page, "webauthn.create")
        return {"passkey": told(self.id), "client": told(client), "data": told(data), "public": self.public}

    def signs(self, page: str) -> dict[str, str]:
        """What the script sends to sign in."""
        self.counted += bool(self.counted)
        client, data = self._said(page, "webauthn.get")
        signature = self._signed(data + hashlib.sha256(client).digest())
        sent = {"passkey": self.id, "client": client, "data": data, "signature": signature}
        return {name: told(raw) for name, raw in sent.items()}

    def _said(self, page: str, kind: str) -> tuple[bytes, bytes]:
        challenge = re.findall(r'data-challenge="([^"]+)"', page)[0]
        assert heard(challenge)
        client = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        data = hashlib.sha256(self.host.encode()).digest() + bytes([self.flags]) + self.counted.to_bytes(4)
        return json.dumps(client).encode(), data

    def _signed(self, text: bytes) -> bytes:
        match self.key:
            case ec.EllipticCurvePrivateKey():
                return self.key.sign(text, ec.ECDSA(SHA256()))
            case ed25519.Ed25519PrivateKey():
                return self.key.sign(text)
            case _:
                return self.key.sign(text, padding.PKCS1v15(), SHA256())
