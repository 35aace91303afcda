"""Hashing takes 64 MiB: a crowd that signs in at once must not take all memory of the server."""

import secrets
from functools import cached_property
from threading import Semaphore

from station_desk.counter.staff.hashing import Hashing

AT_ONCE = 2


class FewAtOnce:
    """Hashes and checks, two at a time; the others wait their turn."""

    def __init__(self, hashing: Hashing) -> None:
        self._hashing = hashing
        self._turns = Semaphore(AT_ONCE)

    @cached_property
    def nobody(self) -> str:
        """A hash that no password fits: for accounts that are not there."""
        return self.hash(secrets.token_urlsafe(16))

    def hash(self, secret: str, /) -> str:
        with self._turns:
            return self._hashing.hash(secret)

    def fits(self, hashed: str, secret: str, /) -> bool:
        with self._turns:
            return self._hashing.fits(hashed, secret)

    def is_weak(self, hashed: str, /) -> bool:
        return self._hashing.is_weak(hashed)
