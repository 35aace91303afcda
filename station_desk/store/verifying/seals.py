"""The seal of every page of a big database, reckoned beside this process in half of SQLCipher's time.

SQLCipher's own look takes 3 s for 1 GB, since it sets up its hash anew for each page. This tells only that
all seals hold; where one does not, or a setting is another one, SQLCipher itself is asked. The file is opened
in other processes because closing it here would let go of the locks that SQLite has on it.
"""

import hashlib
import multiprocessing
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

PAGE = 4096
SALT = 16
"""So many bytes at the beginning of the file are the salt of the key and bear no seal."""
SEAL = 32
AT_ONCE = 256 * PAGE
NEVER_WRITTEN = 0x40000000 // PAGE + 1
"""The page whose bytes SQLite only locks: it is never written and never read."""
WORKERS = 2
BLOCK = 64
"""HMAC-SHA-256: the key is filled up to a block of the hash."""
SETTINGS = {
    "cipher_page_size": str(PAGE), "cipher_hmac_algorithm": "HMAC_SHA256", "cipher_use_hmac": "1",
    "cipher_kdf_algorithm": "PBKDF2_HMAC_SHA512", "fast_kdf_iter": "2", "cipher_hmac_pgno": "le",
    "cipher_hmac_salt_mask": "3a", "cipher_plaintext_header_size": "0",
}  # fmt: skip
"""How SQLCipher seals a page here; with another setting nothing is said."""
ROUNDS, MASK = 2, 0x3A


def all_seals_hold(connection: Any, database: Path, key: str) -> bool:
    """Whether each page bears the seal of what it holds; False also where that cannot be told here."""
    if any(_setting(connection, name) != value for name, value in SETTINGS.items()):
        return False
    try:
        size = database.stat().st_size
        if not size or size % PAGE:
            return False
        return _holds_beside(database, Seals.of(connection, key), size // PAGE)
    except (OSError, EOFError):
        return False


class Seals(NamedTuple):
    """What SQLCipher seals pages with: the salt at the beginning of the file, and a key of its own."""

    salt: bytes
    key: bytes

    @classmethod
    def of(cls, connection: Any, key: str) -> "Seals":
        """Those of an open database."""
        salt = bytes.fromhex(_setting(connection, "cipher_salt"))
        masked = bytes(byte ^ MASK for byte in salt)
        return cls(salt, hashlib.pbkdf2_hmac("sha512", bytes.fromhex(key), masked, ROUNDS, SEAL))


def broken_seals(database: Path, seals: Seals, first: int, last: int) -> list[int]:
    """The pages from `first` to `last` that do not bear the seal of what they hold, counted from 1.

    The first page is broken as well where the salt on it is not the one that it was opened with.
    """
    filled = seals.key.ljust(BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in filled))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in filled))
    held = memoryview(bytearray(AT_ONCE))
    broken, page = [], first
    with database.open("rb", buffering=0) as file:
        if first == 1 and file.read(SALT) != seals.salt:
            broken.append(1)
        file.seek((first - 1) * PAGE)
        while page <= last and (got := file.readinto(held)):
            for start in range(0, got - PAGE + 1, PAGE):
                end = start + PAGE - SEAL
                said = inner.copy()
                said.update(held[start if page > 1 else start + SALT : end])
                said.update(page.to_bytes(4, "little"))
                whole = outer.copy()
                whole.update(said.digest())
                if whole.digest() != held[end : end + SEAL] and page != NEVER_WRITTEN:
                    broken.append(page)
                page += 1
                if page > last:
                    break
            # What was cut short is read again from the page that it began with.
            file.seek((page - 1) * PAGE)
            if got < PAGE:
                break
    return [*broken, *range(page, last + 1)]


def _holds_beside(database: Path, seals: Seals, pages: int) -> bool:
    """Asks processes of their own, each about a part of the file; the key goes to them through the pipe."""
    spawn = multiprocessing.get_context("spawn")
    asked: list[tuple[Any, Any]] = []
    try:
        for part in range(WORKERS):
            ours, theirs = spawn.Pipe()
            child = spawn.Process(target=_work, args=(theirs,), daemon=True)
            child.start()
            theirs.close()
            asked.append((ours, child))
            ours.send((database, seals, pages * part // WORKERS + 1, pages * (part + 1) // WORKERS))
        return all(ours.recv() == [] for ours, _ in asked)
    finally:
        for ours, child in asked:
            ours.close()
            child.terminate()
            child.join()


def _work(pipe: Connection) -> None:
    """What such a process does. Who works at the window comes first, but nobody waits long for the answer."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x4000)  # BELOW_NORMAL_PRIORITY_CLASS
    else:
        os.nice(5)
    database, seals, first, last = pipe.recv()
    # Where the file cannot be read nothing is said, and SQLCipher tells why.
    with suppress(OSError):
        pipe.send(broken_seals(database, seals, first, last))


def _setting(connection: Any, name: str) -> str:
    found = connection.execute(f"PRAGMA {name}").fetchone()
    return str(found[0]) if found else ""
