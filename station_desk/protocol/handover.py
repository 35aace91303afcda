"""The file with which a case goes to another counter: sealed with a one-time code that is read out, not sent.

Whoever finds the file learns from which counter to which, and the number of the case; nothing of what it is
about. The key is made from twelve random characters (60 bits) by scrypt, the contents are sealed with
AES-256-GCM together with what stands openly beside them.
"""

import base64
import binascii
import hashlib
import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from station_desk.cases.handover import Packet, PacketNewer
from station_desk.core.errors import RuleError

VERSION = 1
KIND = "station-desk hand-over"
MOST_BYTES = 4 * 1024 * 1024
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code read out over the telephone stays the same."""

CODE_LENGTH = 12
GROUP = 4
COST, BLOCK, LANES = 2**15, 8, 1
"""What scrypt costs: 32 MB and some 80 ms for each code that is tried."""

SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
_MISREAD = str.maketrans("OIL", "011", "- \u3000")


class PacketNotUnderstood(RuleError):
    code = "handover.not_understood"


class PacketDamaged(RuleError):
    code = "handover.damaged"


class CodeNotWellFormed(RuleError):
    code = "handover.code_not_well_formed"


class CodeWrong(ValueError):
    """The code does not open the packet, or the packet was changed: nobody can tell which."""


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands openly in the file, and what is sealed. `check` finds a copy that was damaged."""

    kind: str
    version: int
    station: str
    source: str
    to: str
    number: str
    salt: str
    nonce: str
    sealed: str
    check: str = ""

    @property
    def id(self) -> str:
        """By this the file is known again, however it is spelled; the same contents sealed anew differ."""
        return hashlib.sha256(_unhex(self.salt) + _unhex(self.nonce) + _unbase(self.sealed)).hexdigest()[:32]


def new_code() -> str:
    """A fresh code in three groups: what the clerk reads out."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(drawn[at : at + GROUP] for at in range(0, CODE_LENGTH, GROUP))


def normal_code(typed: str) -> str:
    """The twelve characters of a code as it was typed. Raises CodeNotWellFormed."""
    code = typed.strip().upper().translate(_MISREAD)
    if len(code) != CODE_LENGTH or any(character not in ALPHABET for character in code):
        raise CodeNotWellFormed(length=CODE_LENGTH)
    return code


def seal_packet(packet: Packet, station: str, source: str, to: str, code: str) -> bytes:
    """The file for the counter `to`, which only the code opens."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    open_part = Envelope(KIND, VERSION, station, source, to, packet.number, salt.hex(), nonce.hex(), "")
    sealed = AESGCM(_key(code, salt)).encrypt(nonce, msgspec.json.encode(packet), _beside(open_part))
    envelope = msgspec.structs.replace(open_part, sealed=base64.b64encode(sealed).decode())
    checked = msgspec.structs.replace(envelope, check=_check(envelope))
    return msgspec.json.format(msgspec.json.encode(checked), indent=1) + b"\n"


def read_envelope(raw: bytes) -> Envelope:
    """The file as it lies there, whole. Raises PacketNotUnderstood, PacketNewer, PacketDamaged."""
    _require_ours(raw)
    try:
        envelope = msgspec.json.decode(raw, type=Envelope)
        whole = envelope.check == _check(envelope)
        sizes = len(_unhex(envelope.salt)), len(_unhex(envelope.nonce))
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise PacketDamaged from error
    if not whole or sizes != (SALT_BYTES, NONCE_BYTES):
        raise PacketDamaged
    return envelope


def open_packet(envelope: Envelope, code: str) -> Packet:
    """What was sealed. Raises CodeNotWellFormed, CodeWrong (also for a changed file), PacketNewer."""
    salt, nonce = _unhex(envelope.salt), _unhex(envelope.nonce)
    try:
        plain = AESGCM(_key(code, salt)).decrypt(nonce, _unbase(envelope.sealed), _beside(envelope))
    except InvalidTag as error:
        raise CodeWrong from error
    try:
        packet = msgspec.json.decode(plain, type=Packet)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise PacketNewer(number=envelope.number) from error
    if packet.number != envelope.number:
        raise PacketDamaged
    return packet


def _require_ours(raw: bytes) -> None:
    """Tells a foreign file, and one of a newer program, before it is asked for anything else."""
    try:
        told = msgspec.json.decode(raw[:MOST_BYTES], type=dict[str, msgspec.Raw])
        kind = msgspec.json.decode(told.get("kind", msgspec.Raw(b"0")))
        version = msgspec.json.decode(told.get("version", msgspec.Raw(b"0")))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PacketNotUnderstood from error
    if kind != KIND or not isinstance(version, int):
        raise PacketNotUnderstood
    if version > VERSION:
        raise PacketNewer(number=str(version))


def _key(code: str, salt: bytes) -> bytes:
    derived = Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=BLOCK, p=LANES)
    return derived.derive(normal_code(code).encode())


def _beside(envelope: Envelope) -> bytes:
    """What stands openly is sealed as well: whoever changes a letter of it closes the file for good."""
    open_part = msgspec.structs.replace(envelope, sealed="", check="")
    return msgspec.json.encode(msgspec.structs.astuple(open_part))


def _check(envelope: Envelope) -> str:
    said = msgspec.json.encode(msgspec.structs.astuple(msgspec.structs.replace(envelope, check="")))
    return hashlib.sha256(said).hexdigest()


def _unhex(text: str) -> bytes:
    return bytes.fromhex(text)


def _unbase(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise PacketDamaged from error
