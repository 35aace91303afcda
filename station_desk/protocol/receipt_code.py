"""The signed code on a receipt: by it any counter of the district tells offline whether the paper is genuine.

`SD1` and 137 digits and capital letters: the case number, the moment of acceptance, a mark of the key and the
Ed25519 signature of the counter that printed it, in base 36, with a checksum. Nothing of it is about the
person or the item. Digits and letters alone pass through every scanner, keyboard, command line and clipboard,
and go into a QR at five and a half bits a character. The checksum finds damage where the key is not known.
"""

import hashlib
import re
import string
import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from station_desk.cases.number import CaseNumber, NumberNotWellFormed, read_number
from station_desk.core.clock import CHINA, moment
from station_desk.core.errors import IntegrityError, RuleError
from station_desk.protocol.messages import CounterKey
from station_desk.protocol.signing import public_key_of

VERSION = "SD1"
LENGTH = 140
"""Characters of a whole code, the version with it."""

PURPOSE = b"station-desk receipt SD1\0"
"""Signed before the facts, so that no signature for another purpose passes for that of a receipt."""

_FACTS = struct.Struct(">IHHII4s")
_SIGNATURE, _CHECK = 64, 4
_SIZE = _FACTS.size + _SIGNATURE + _CHECK
_CODE = re.compile(r"[0-9A-Z]{137}")
_NEWER = re.compile(r"SD[2-9][0-9A-Z]{60,}")
_DIGITS = string.digits + string.ascii_uppercase
_FIRST_DAY = date(2000, 1, 1)
_FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=CHINA)
_LETTERS = " " + string.ascii_uppercase
"""What may stand behind the two digits of a counter: nothing, or a letter."""


class NoReceiptCode(RuleError):
    code = "receipt.no_code"


class NewerReceiptCode(RuleError):
    code = "receipt.newer_code"


class ReceiptAltered(IntegrityError):
    code = "receipt.altered"


class SigningKeyUnknown(RuleError):
    code = "receipt.key_unknown"


class SigningKeyRevoked(RuleError):
    code = "receipt.key_revoked"


class SigningKeyReplaced(RuleError):
    code = "receipt.key_replaced"


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """What a code says. Nothing of it is true before `signer_of` has found who signed it.

    `key_mark` is the beginning of the SHA-256 of the public key that is said to have signed.
    """

    number: CaseNumber
    accepted: datetime
    key_mark: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """That a key of a station has signed a message at a moment, for the paper with this number."""

    number: str
    station: str
    at: datetime
    key_mark: bytes
    message: bytes
    signature: bytes


def signed_code(key: str, number: CaseNumber, accepted: datetime) -> str:
    """The code for a receipt, signed with a private key (hex); the same facts and key give the same code."""
    facts = _facts(number, accepted, key_mark(public_key_of(key)))
    signature = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)).sign(PURPOSE + facts)
    return VERSION + written(facts + signature + checksum(VERSION, facts + signature), LENGTH - len(VERSION))


def key_mark(public_key: str) -> bytes:
    """By what a code names the key that signed it."""
    return hashlib.sha256(bytes.fromhex(public_key)).digest()[:4]


def looks_like_code(text: str) -> bool:
    """Whether a text is meant as a receipt code, though it may be damaged: nobody types that much."""
    return len(text) > LENGTH // 3 and text.strip().upper().startswith(VERSION)


def read_code(text: str) -> ReceiptCode:
    """What a scanned or pasted code says; white space in it does not count.

    Raises NoReceiptCode, NewerReceiptCode, ReceiptAltered when it is not as it was printed.
    """
    typed = "".join(text.split())
    # A scanner types in small letters while Caps Lock is on.
    typed = typed.upper() if typed.islower() else typed
    if not typed.startswith(VERSION):
        raise NewerReceiptCode(version=typed[:3]) if _NEWER.fullmatch(typed) else NoReceiptCode()
    if not _CODE.fullmatch(body := typed[len(VERSION) :]):
        raise ReceiptAltered
    value = int(body, 36)
    if value.bit_length() > 8 * _SIZE:
        raise ReceiptAltered
    raw = value.to_bytes(_SIZE, "big")
    signed, check = raw[:-_CHECK], raw[-_CHECK:]
    if checksum(VERSION, signed) != check:
        raise ReceiptAltered
    return _read(signed[: _FACTS.size], signed[_FACTS.size :])


def signer_of(code: ReceiptCode, known: Iterable[CounterKey]) -> CounterKey:
    """The key that signed the code, if it might: then the receipt is genuine.

    A key signs for the cases of its station. A key that was revoked or replaced is good for cases accepted
    before that. Raises SigningKeyUnknown, ReceiptAltered, SigningKeyRevoked, SigningKeyReplaced.
    """
    message = PURPOSE + _facts(code.number, code.accepted, code.key_mark)
    claim = Claim(
        str(code.number), code.number.station, code.accepted, code.key_mark, message, code.signature
    )
    return signer_among(known, claim)


def signer_among(known: Iterable[CounterKey], claim: Claim) -> CounterKey:
    """The key that signed, if it might at that moment. Raises like `signer_of`."""
    number, station = claim.number, claim.station
    named = [key for key in known if key.station == station and key_mark(key.public_key) == claim.key_mark]
    if not named:
        raise SigningKeyUnknown(station=station, number=number)
    signers = [key for key in named if _has_signed(key, claim)]
    if not signers:
        raise ReceiptAltered
    good = [key for key in signers if not key.until or claim.at <= moment(key.until)]
    if not good:
        last = max(signers, key=lambda key: moment(key.until))
        refused = SigningKeyRevoked if last.retired == "sync.revoked" else SigningKeyReplaced
        day = moment(last.until).date()
        raise refused(number=number, counter=int(last.counter), day=day, reason=last.reason or "—")
    return good[0]


def _facts(number: CaseNumber, accepted: datetime, mark: bytes) -> bytes:
    counter, letter = int(number.counter[:2]), _LETTERS.index(number.counter[2:] or " ")
    return _FACTS.pack(
        int(number.station, 36), (number.day - _FIRST_DAY).days, counter * len(_LETTERS) + letter,
        number.serial, int((accepted - _FIRST_MOMENT).total_seconds()), mark,
    )  # fmt: skip


def _read(facts: bytes, signature: bytes) -> ReceiptCode:
    """Raises ReceiptAltered for facts that no counter writes, though their checksum is right."""
    station, day, counter, serial, seconds, mark = _FACTS.unpack(facts)
    digits, letter = divmod(counter, len(_LETTERS))
    number = CaseNumber(
        base36(station).rjust(6, "0"), _FIRST_DAY + timedelta(days=day),
        f"{digits:02d}{_LETTERS[letter].strip()}", serial,
    )  # fmt: skip
    with suppress(NumberNotWellFormed):
        if read_number(str(number)) == number:
            return ReceiptCode(number, _FIRST_MOMENT + timedelta(seconds=seconds), mark, signature)
    raise ReceiptAltered


def _has_signed(key: CounterKey, claim: Claim) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public_key)).verify(
            claim.signature, claim.message
        )
    except InvalidSignature:
        return False
    return True


def checksum(version: str, signed: bytes) -> bytes:
    """By what damage of a code is found where its key is not known."""
    return hashlib.sha256(version.encode() + signed).digest()[:_CHECK]


def written(raw: bytes, length: int) -> str:
    """Bytes as so many digits and capital letters."""
    return base36(int.from_bytes(raw, "big")).rjust(length, "0")


def base36(value: int) -> str:
    """A number in digits and capital letters; zero is empty."""
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits
