"""Seals a backup of the district for its recovery key as it is written: nothing plain touches the disk.

The server knows the public half (X25519) and so makes backups by itself; only who has the paper reads them.
Each file has a key of its own (HKDF-SHA256 over a fresh exchange), and goes in pieces of 64 KiB by
AES-256-GCM whose nonce counts them and says which is the last: what is cut, swapped or changed is found.
"""

import io
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station_desk.core.errors import IntegrityError, RuleError, TroubleError
from station_desk.store.vault.recovery_key import secret_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"station-desk sealed district backup\n"
VERSION = 1
PIECE = 64 * 1024
TAG = 16
LONGEST_COVER = 1024

Unlock = Callable[["Cover"], bytes]
"""Gives the key of a file by its cover. Raises what it cannot be opened by."""


class BackupDamaged(IntegrityError):
    code = "district.backup_damaged"


class BackupNewer(TroubleError):
    code = "district.backup_newer"


class KeyNeeded(RuleError):
    code = "district.recovery_key_needed"


class KeyOfAnother(RuleError):
    code = "district.recovery_key_of_another"


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands openly on the file: for which recovery key it is sealed (hex), by which fresh one."""

    version: int
    sealed_for: str
    once: str


class Sealing(io.RawIOBase):
    """Takes what a backup writes and passes it on sealed; whole only after `end`."""

    def __init__(self, file: IO[bytes], sealed_for: str) -> None:
        super().__init__()
        once = X25519PrivateKey.generate()
        self.cover = Cover(VERSION, sealed_for, once.public_key().public_bytes_raw().hex())
        self.key = _key(
            once.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(sealed_for))), self.cover
        )
        self._line = _line(self.cover)
        self._cipher = AESGCM(self.key)
        self._file = file
        self._waiting = bytearray()
        self._count = 0
        file.write(self._line)

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        piece = bytes(data)
        self._waiting += piece
        # The last piece is kept back: only `end` knows that it is the last.
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(piece)

    def end(self) -> None:
        """Writes the last piece."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, last=last), piece, self._line))
        self._count += 1


class Opening(io.RawIOBase):
    """Gives back what was sealed, each piece proved before a byte of it is given. Raises BackupDamaged."""

    def __init__(self, file: IO[bytes], unlock: Unlock) -> None:
        super().__init__()
        self._file = file
        cover, self._line = _cover(file)
        self._cipher = AESGCM(unlock(cover))
        self._ready = b""
        self._next = file.read(PIECE + TAG)
        self._count = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        room = memoryview(buffer).cast("B")
        while not self._ready and not self._ended:
            self._open_next()
        given = self._ready[: len(room)]
        room[: len(given)] = given
        self._ready = self._ready[len(given) :]
        return len(given)

    def _open_next(self) -> None:
        piece, self._next = self._next, self._file.read(PIECE + TAG)
        self._ended = not self._next
        try:
            nonce = _nonce(self._count, last=self._ended)
            self._ready = self._cipher.decrypt(nonce, piece, self._line)
        except InvalidTag as error:
            raise BackupDamaged from error
        self._count += 1


def is_sealed(beginning: bytes) -> bool:
    """Whether a file that begins so is a sealed backup; those of before were plain."""
    return beginning.startswith(MAGIC)


def by_recovery_key(typed: str) -> Unlock:
    """Opens with the recovery key as it stands on the paper; without any it says which is needed.

    Raises GroupsMissing, GroupWrong at once; KeyNeeded, KeyOfAnother when a file is opened.
    """
    private = private_key_of(typed) if typed else None

    def unlock(cover: Cover) -> bytes:
        if private is None:
            raise KeyNeeded(key=mark_of(cover.sealed_for))
        own = public_half(private)
        if own != cover.sealed_for:
            raise KeyOfAnother(key=mark_of(cover.sealed_for), given=mark_of(own))
        try:
            shared = private.exchange(_public(cover.once))
        except ValueError as error:
            raise BackupDamaged from error
        return _key(shared, cover)

    return unlock


WITHOUT_KEY = by_recovery_key("")
"""Opens what is not sealed, and says of the rest which key is needed."""


def by_key(key: bytes) -> Unlock:
    """Opens with the key of the file itself: for who has just sealed it."""

    def unlock(_cover: Cover) -> bytes:
        return key

    return unlock


def private_key_of(typed: str) -> X25519PrivateKey:
    """The private key that a recovery key stands for. Raises GroupsMissing, GroupWrong."""
    return X25519PrivateKey.from_private_bytes(
        HKDF(SHA256(), 32, None, b"station-desk district recovery key").derive(secret_of(typed))
    )


def public_half(private: X25519PrivateKey) -> str:
    """The public half, in hex: what the district keeps."""
    return private.public_key().public_bytes_raw().hex()


def mark_of(sealed_for: str) -> str:
    """By which people tell recovery keys apart: it stands on the paper and on what it opens."""
    return sealed_for[:8].upper()


def _public(half: str) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(bytes.fromhex(half))


def _key(shared: bytes, cover: Cover) -> bytes:
    info = b"station-desk district backup " + bytes.fromhex(cover.once) + bytes.fromhex(cover.sealed_for)
    return HKDF(SHA256(), 32, None, info).derive(shared)


def _line(cover: Cover) -> bytes:
    return MAGIC + msgspec.json.encode(cover) + b"\n"


def _cover(file: IO[bytes]) -> tuple[Cover, bytes]:
    magic, line = file.read(len(MAGIC)), file.readline(LONGEST_COVER)
    if magic != MAGIC or not line.endswith(b"\n"):
        raise BackupDamaged
    try:
        version = msgspec.json.decode(line, type=_Version).version
        if version > VERSION:
            raise BackupNewer(found=version, known=VERSION)
        cover = msgspec.json.decode(line, type=Cover)
        sizes = {len(bytes.fromhex(part)) for part in (cover.sealed_for, cover.once)}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise BackupDamaged from error
    if sizes != {32}:
        raise BackupDamaged
    return cover, magic + line


class _Version(msgspec.Struct):
    version: int


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
