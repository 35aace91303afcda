"""The signed code on a certificate: by it any counter of the district tells offline whether it is genuine.

`SC1` and 149 digits and capital letters, made like the code of a receipt: the number in the seal register,
when it was sealed, its last day, and a mark of the name it was issued to. The name itself is not in it; who
has the paper can compare the name on it.
"""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station_desk.cases.seal import SealNumber, SealNumberMistyped, SealNumberNotWellFormed, read_seal_number
from station_desk.core.clock import CHINA
from station_desk.protocol.messages import CounterKey
from station_desk.protocol.receipt_code import (
    Claim,
    NoReceiptCode,
    ReceiptAltered,
    base36,
    checksum,
    key_mark,
    signer_among,
    written,
)
from station_desk.protocol.signing import public_key_of
from station_desk.residents.names import normal_name

VERSION = "SC1"
LENGTH = 152
"""Characters of a whole code, the version with it."""

PURPOSE = b"station-desk certificate SC1\0"
"""Signed before the facts, so that no signature for another purpose passes for that of a certificate."""

_FACTS = struct.Struct(">IHHIIH6s4s")
_SIGNATURE, _CHECK = 64, 4
_SIZE = _FACTS.size + _SIGNATURE + _CHECK
_CODE = re.compile(r"[0-9A-Z]{149}")
_FIRST_DAY = date(2000, 1, 1)
_FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=CHINA)
_MARK = 6
_COUNTERS = 27
"""What may stand behind the two digits of a counter: nothing, or a letter."""


@dataclass(frozen=True, slots=True)
class CertificateCode:
    """What a code says. Nothing of it is true before `certificate_signer` has found who signed it."""

    number: SealNumber
    sealed: datetime
    until: date
    name_mark: bytes
    key_mark: bytes
    signature: bytes

    def names(self, name: str) -> bool:
        """Whether the certificate was issued to somebody of that name."""
        return name_mark(str(self.number), name) == self.name_mark


def signed_certificate(key: str, number: SealNumber, sealed: datetime, until: date, name: str) -> str:
    """The code for a certificate, signed with a private key (hex); the same facts give the same code."""
    facts = _facts(number, sealed, until, name_mark(str(number), name), key_mark(public_key_of(key)))
    signature = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)).sign(PURPOSE + facts)
    signed = facts + signature
    return VERSION + written(signed + checksum(VERSION, signed), LENGTH - len(VERSION))


def name_mark(number: str, name: str) -> bytes:
    """By what the code knows the name; other for each certificate, blanks and width do not count."""
    plain = "".join(unicodedata.normalize("NFKC", normal_name(name)).casefold().split())
    return hashlib.sha256(f"{number}\0{plain}".encode("utf-8", "replace")).digest()[:_MARK]


def looks_like_certificate(text: str) -> bool:
    """Whether a text is meant as the code of a certificate, though it may be damaged."""
    return len(text) > LENGTH // 3 and text.strip().upper().startswith(VERSION)


def read_certificate(text: str) -> CertificateCode:
    """What a scanned or pasted code says. Raises NoReceiptCode, ReceiptAltered."""
    typed = "".join(text.split())
    typed = typed.upper() if typed.islower() else typed
    if not typed.startswith(VERSION):
        raise NoReceiptCode
    body = typed[len(VERSION) :]
    if not _CODE.fullmatch(body) or int(body, 36).bit_length() > 8 * _SIZE:
        raise ReceiptAltered
    raw = int(body, 36).to_bytes(_SIZE, "big")
    signed, check = raw[:-_CHECK], raw[-_CHECK:]
    if checksum(VERSION, signed) != check:
        raise ReceiptAltered
    return _read(signed[: _FACTS.size], signed[_FACTS.size :])


def certificate_signer(code: CertificateCode, known: Iterable[CounterKey]) -> CounterKey:
    """The key that signed the code, if it might at that moment. Raises like `signer_of` of receipts."""
    facts = _facts(code.number, code.sealed, code.until, code.name_mark, code.key_mark)
    number = str(code.number)
    claim = Claim(number, code.number.station, code.sealed, code.key_mark, PURPOSE + facts, code.signature)
    return signer_among(known, claim)


def _facts(number: SealNumber, sealed: datetime, until: date, name: bytes, key: bytes) -> bytes:
    letter = ord(number.counter[2]) - ord("A") + 1 if number.counter[2:] else 0
    return _FACTS.pack(
        int(number.station, 36), number.year, int(number.counter[:2]) * _COUNTERS + letter, number.serial,
        int((sealed - _FIRST_MOMENT).total_seconds()), (until - _FIRST_DAY).days, name, key,
    )  # fmt: skip


def _read(facts: bytes, signature: bytes) -> CertificateCode:
    """Raises ReceiptAltered for facts that no counter writes, though their checksum is right."""
    station, year, counter, serial, seconds, days, name, key = _FACTS.unpack(facts)
    digits, letter = divmod(counter, _COUNTERS)
    mark = f"{digits:02d}{chr(ord('A') + letter - 1) if letter else ''}"
    number = SealNumber(base36(station).rjust(6, "0"), year, mark, serial)
    sealed, until = _FIRST_MOMENT + timedelta(seconds=seconds), _FIRST_DAY + timedelta(days=days)
    with suppress(SealNumberNotWellFormed, SealNumberMistyped, ValueError):
        if read_seal_number(str(number)) == number:
            return CertificateCode(number, sealed, until, name, key, signature)
    raise ReceiptAltered
