"""One-time codes of six digits that change every half minute (RFC 6238, with the HMAC-SHA-1 apps know)."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

SECRET_BYTES = 20
PERIOD = 30
DIGITS = 6
NEAR = (0, -1, 1)
"""The present half minute, and the ones beside it for clocks that differ a little."""


def new_secret() -> str:
    """A fresh secret of 160 bits in base 32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(now: datetime) -> int:
    """The number of the present half minute."""
    return int(now.timestamp()) // PERIOD


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of a half minute."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8), hashlib.sha1)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The half minute that a typed code belongs to; None when it is wrong, or not newer than `after`."""
    typed = "".join(code.split()).encode()
    found = [
        step
        for step in (step_of(now) + near for near in NEAR)
        if hmac.compare_digest(code_at(secret, step).encode(), typed) and step > after
    ]
    return found[0] if found else None


def address_of(secret: str, account: str, issuer: str) -> str:
    """What an authenticator app takes in, from a QR code or a link."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    return (
        f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}"
        f"&algorithm=SHA1&digits={DIGITS}&period={PERIOD}"
    )


def in_groups(secret: str) -> str:
    """The secret to type by hand: four letters at a time."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
