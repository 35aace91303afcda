"""The file with which a station without network brings its log to the district, and the district's answer.

In it lie the very messages that would have gone over the wire, each signed by the PC, packed together and
sealed for the district's key alone (X25519, HKDF-SHA256, AES-256-GCM): whoever finds the stick learns which
counter it is from and how much it holds. The answer is what the district holds after it, signed with its
Ed25519 key, so that the desk may call it acknowledged.
"""

import base64
import binascii
import secrets
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station_desk.core.errors import RuleError
from station_desk.protocol.messages import Marks

VERSION = 1
MAGIC = b"station-desk courier\n"
MOST_BYTES = 512 * 1024 * 1024
"""Of a file as it lies there; a month of a busy counter is a tenth of it."""

MOST_UNPACKED = 2 * 1024 * 1024 * 1024
LONGEST_COVER = 4096
NONCE_BYTES, KEY_BYTES = 12, 32
STEP = 1024 * 1024


class FileNotUnderstood(RuleError):
    code = "courier.not_understood"


class FileNewer(RuleError):
    code = "courier.newer"


class FileDamaged(RuleError):
    code = "courier.damaged"


class FileForAnother(RuleError):
    code = "courier.for_another"


class AnswerNotOurs(RuleError):
    code = "courier.answer_not_ours"


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands openly on the file: from which counter, when, how much, sealed for which district key."""

    version: int
    station: str
    counter: str
    device: str
    made_at: str
    events: int
    dossiers: int
    seal_key: str
    ephemeral: str
    nonce: str


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message as it would have gone over the wire: an encoded Push with the headers that sign it."""

    headers: dict[str, str]
    body: bytes


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the district holds of a counter, and its signature over that."""

    version: int
    device: str
    marks: str
    signature: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a file, and for whose key (hex) it is sealed."""

    station: str
    counter: str
    device: str
    seal_key: str


def new_seal_key() -> str:
    """A fresh X25519 private key in hex, for what is sealed for the district."""
    return X25519PrivateKey.generate().private_bytes_raw().hex()


def public_seal_key(key: str) -> str:
    """The public half of a sealing key, in hex."""
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(key)).public_key().public_bytes_raw().hex()


def seal_frames(frames: Iterable[Frame], sender: Sender, made_at: str, counts: tuple[int, int]) -> bytes:
    """The file: a magic line, the open cover on a line, the sealed frames. `counts`: events, dossiers."""
    once = X25519PrivateKey.generate()
    nonce = secrets.token_bytes(NONCE_BYTES)
    events, dossiers = counts
    cover = Cover(
        VERSION, sender.station, sender.counter, sender.device, made_at, events, dossiers, sender.seal_key,
        once.public_key().public_bytes_raw().hex(), nonce.hex(),
    )  # fmt: skip
    packed = zlib.compress(b"".join(_framed(frame) for frame in frames), 6)
    shared = once.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(sender.seal_key)))
    beside = msgspec.json.encode(cover)
    return MAGIC + beside + b"\n" + AESGCM(_key(shared, cover)).encrypt(nonce, packed, beside)


def read_cover(raw: bytes) -> Cover:
    """What stands openly on the file. Raises FileNotUnderstood, FileNewer, FileDamaged."""
    if not raw.startswith(MAGIC):
        raise FileNotUnderstood
    line = _cover_line(raw)
    try:
        version = msgspec.json.decode(line, type=dict[str, msgspec.Raw]).get("version", msgspec.Raw(b"0"))
        if msgspec.json.decode(version, type=int) > VERSION:
            raise FileNewer(version=bytes(version).decode("ascii", "replace"))
        return msgspec.json.decode(line, type=Cover)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FileDamaged from error


def open_frames(raw: bytes, seal_key: str) -> Iterator[Frame]:
    """The messages in the file, opened with the district's private key (hex).

    Raises as `read_cover` does, FileForAnother for the key of another district, FileDamaged for whatever is
    not as it was sealed.
    """
    cover = read_cover(raw)
    if cover.seal_key != public_seal_key(seal_key):
        raise FileForAnother(station=cover.station, counter=cover.counter)
    line = _cover_line(raw)
    try:
        private = X25519PrivateKey.from_private_bytes(bytes.fromhex(seal_key))
        shared = private.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(cover.ephemeral)))
        packed = AESGCM(_key(shared, cover)).decrypt(
            bytes.fromhex(cover.nonce), raw[len(MAGIC) + len(line) + 1 :], line
        )
    except (InvalidTag, ValueError) as error:
        raise FileDamaged from error
    return _frames(packed)


def sign_answer(marks: Marks, device: str, sign_key: str) -> bytes:
    """The district's answer: what it holds of the counter, for the desk's own file."""
    said = msgspec.json.encode(marks).decode()
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(sign_key))
    signature = base64.b64encode(private.sign(_signed(device, said))).decode()
    return (
        msgspec.json.format(msgspec.json.encode(Answer(VERSION, device, said, signature)), indent=1) + b"\n"
    )


def read_answer(raw: bytes, device: str, sign_key: str) -> Marks:
    """What the district says it holds of this device's counter; `sign_key` is its public key (hex).

    Raises FileNotUnderstood, and AnswerNotOurs for another device's answer or one that nobody signed so.
    """
    try:
        answer = msgspec.json.decode(raw, type=Answer)
        signature = base64.b64decode(answer.signature, validate=True)
        marks = msgspec.json.decode(answer.marks, type=Marks)
    except (msgspec.MsgspecError, UnicodeDecodeError, binascii.Error, RecursionError) as error:
        raise FileNotUnderstood from error
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(sign_key))
    try:
        public.verify(signature, _signed(device, answer.marks))
    except InvalidSignature as error:
        raise AnswerNotOurs from error
    return marks


def _cover_line(raw: bytes) -> bytes:
    end = raw.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_COVER)
    if end < 0:
        raise FileDamaged
    return raw[len(MAGIC) : end]


def _key(shared: bytes, cover: Cover) -> bytes:
    info = b"station-desk courier " + bytes.fromhex(cover.ephemeral) + bytes.fromhex(cover.seal_key)
    return HKDF(SHA256(), KEY_BYTES, None, info).derive(shared)


def _framed(frame: Frame) -> bytes:
    encoded = msgspec.msgpack.encode(frame)
    return len(encoded).to_bytes(4, "big") + encoded


def _frames(packed: bytes) -> Iterator[Frame]:
    """Unpacks message after message: what is held in memory is one of them, whatever the file claims."""
    unpacker, rest, whole = zlib.decompressobj(), packed, 0
    waiting = bytearray()
    while True:
        try:
            piece = unpacker.decompress(rest, STEP)
        except zlib.error as error:
            raise FileDamaged from error
        rest = unpacker.unconsumed_tail
        whole += len(piece)
        waiting += piece
        if whole > MOST_UNPACKED or len(waiting) > 4 * STEP:
            raise FileDamaged
        yield from _complete(waiting)
        if not piece:
            break
    if waiting or not unpacker.eof:
        raise FileDamaged


def _complete(waiting: bytearray) -> Iterator[Frame]:
    """The messages that are there whole; what begins another one stays."""
    while len(waiting) >= 4 and len(waiting) >= 4 + (size := int.from_bytes(waiting[:4], "big")):
        encoded = bytes(waiting[4 : 4 + size])
        del waiting[: 4 + size]
        try:
            yield msgspec.msgpack.decode(encoded, type=Frame)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise FileDamaged from error


def _signed(device: str, marks: str) -> bytes:
    return b"station-desk courier answer\n" + device.encode() + b"\n" + marks.encode()
