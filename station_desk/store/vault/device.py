"""The half of the key that this PC holds: in the key store of the system, else in a file of this user.

The other half lies in `key.json`. Each alone is noise: the key is the two laid over each other (XOR), and
each key gets a fresh half, so neither a copied profile nor a copied key store opens anything. No library is
needed for that: the window paints its first rows through this.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from station_desk.core import paths
from station_desk.store.profile import Profile
from station_desk.store.vault.ring import Wrap
from station_desk.store.vault.trouble import NoKeyPlace


def keep_half(profile: Profile, key: str, way: str = "") -> Wrap:
    """A fresh half kept by this PC, and the wrap that fits it; `way` leaves out the system's key store.

    Raises NoKeyPlace where neither takes it.
    """
    import secrets

    name, half = secrets.token_hex(16), secrets.token_bytes(32)
    facts = {"half": name, "pad": _laid_over(bytes.fromhex(key), half).hex()}
    if way != "file":
        from station_desk.store.vault import os_store

        if os_store.keep(name, half.hex()):
            return Wrap("store", facts)
    _write(profile, name, half.hex())
    return Wrap("file", facts)


def key_by(wrap: Wrap) -> str | None:
    """The key by a half of this PC; None when that is not there."""
    name = str(wrap.facts["half"])
    if wrap.by == "file":
        half = _read(name)
    else:
        from station_desk.store.vault import os_store

        half = os_store.read(name)
    try:
        raw = bytes.fromhex(half or "")
    except ValueError:
        return None
    return _laid_over(bytes.fromhex(wrap.facts["pad"]), raw).hex() if len(raw) == 32 else None


def forget_half(wrap: Wrap) -> None:
    """This PC does not open by this wrap any more; where that fails, it is left."""
    name = str(wrap.facts["half"])
    if wrap.by == "file":
        with suppress(OSError):
            _scrub(_file(name))
    elif wrap.by == "store":
        from station_desk.store.vault import os_store

        os_store.forget(name)


def _laid_over(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(32)


def _file(name: str) -> Path:
    return paths.user_keys() / name


def _read(name: str) -> str | None:
    try:
        return _file(name).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _write(profile: Profile, name: str, half: str) -> None:
    file = _file(name)
    if file.absolute().is_relative_to(profile.folder.absolute()):
        # Beside the database it would be worth nothing.
        raise NoKeyPlace(path=file.parent, why=str(profile.folder))
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(half + "\n")
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise NoKeyPlace(path=file.parent, why=error.strerror or str(error)) from error


def _scrub(file: Path) -> None:
    overwrite(file)
    file.unlink()


def overwrite(file: Path) -> None:
    """Writes noughts over a file; what a disk keeps of it elsewhere is not ours to reach."""
    with file.open("r+b") as opened:
        _blank(opened)


def _blank(opened: Any) -> None:
    opened.seek(0, os.SEEK_END)
    size = opened.tell()
    opened.seek(0)
    opened.write(b"\0" * size)
    opened.flush()
    os.fsync(opened.fileno())
