"""The pages of an encrypted database as they lie on the disk, decrypted one by one: freed room and log too.

A copy made by SQLite holds what tables hold; here is also what SQLite forgot to overwrite. SQLCipher 4 with a
raw key: AES-256-CBC, after the data of each page its IV and its HMAC.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key

PAGE = 4096
IV = 16
RESERVED = 48
"""IV and HMAC-SHA256 at the end of each page."""
SALT = 16
LOG_HEAD, FRAME_HEAD = 32, 24


def plain_pages(folder: Path) -> bytes:
    """All pages of the database and of its write-ahead log, in the order in which they lie there."""
    key = bytes.fromhex(read_key(Profile(folder)))
    stored = (folder / "desk.db").read_bytes()
    plain = [_page(key, stored[at : at + PAGE], first=at == 0) for at in range(0, len(stored), PAGE)]
    log = folder / "desk.db-wal"
    frames = log.read_bytes() if log.exists() else b""
    for at in range(LOG_HEAD, len(frames), FRAME_HEAD + PAGE):
        number = int.from_bytes(frames[at : at + 4], "big")
        plain.append(_page(key, frames[at + FRAME_HEAD : at + FRAME_HEAD + PAGE], first=number == 1))
    return b"".join(plain)


def _page(key: bytes, page: bytes, *, first: bool) -> bytes:
    start = SALT if first else 0
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
    return decryptor.update(page[start : PAGE - RESERVED]) + decryptor.finalize()
