"""What a password becomes before it is kept: argon2id, as slow as this PC can bear."""

import ctypes
import os
import sys
from functools import lru_cache
from typing import Protocol

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

LITTLE_MEMORY = 3 * 2**30
"""A PC with less than this takes the small parameters: 19 MiB in two passes."""


class Hashing(Protocol):
    """Hashes and checks; the parameters stand in each hash."""

    def hash(self, secret: str, /) -> str: ...

    def fits(self, hashed: str, secret: str, /) -> bool: ...

    def is_weak(self, hashed: str, /) -> bool: ...


class Argon:
    """Argon2id with so many KiB of memory in so many passes."""

    def __init__(self, memory: int, passes: int, lanes: int) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=lanes)

    def hash(self, secret: str, /) -> str:
        """The secret with a salt of its own, as it is kept."""
        return self._hasher.hash(secret)

    def fits(self, hashed: str, secret: str, /) -> bool:
        """Whether the secret is the one that was hashed."""
        try:
            return self._hasher.verify(hashed, secret)
        except (VerificationError, InvalidHashError):
            return False

    def is_weak(self, hashed: str, /) -> bool:
        """Whether it was made with less than this PC takes now: then it is made anew at the next sign-in."""
        kept = extract_parameters(hashed)
        return kept.memory_cost < self._hasher.memory_cost or kept.time_cost < self._hasher.time_cost


@lru_cache(maxsize=1)
def hashing_here() -> Argon:
    """What suits this PC: 64 MiB in three passes, or 19 MiB in two where memory is little."""
    return hashing_for(total_memory())


def hashing_for(memory: int) -> Argon:
    """What suits a PC with so many bytes of memory; 0 stands for unknown."""
    return Argon(19 * 1024, 2, 1) if 0 < memory < LITTLE_MEMORY else Argon(64 * 1024, 3, 4)


def total_memory() -> int:
    """The memory of this PC in bytes, 0 where the system does not tell."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0


def _windows_memory() -> int:
    kilobytes = ctypes.c_ulonglong()
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - there only on Windows
    told = kernel.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
    return kilobytes.value * 1024 if told else 0
