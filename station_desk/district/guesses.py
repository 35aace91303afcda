"""Slows down whoever tries tokens: thirty unknown ones a minute from one address, then a pause."""

from collections import deque
from collections.abc import Callable

MOST = 30
SECONDS = 60.0
MOST_ADDRESSES = 10_000


class Guesses:
    """The unknown tokens of the last minute by the address they were asked from. Known pages do not count."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._by_address: dict[str, deque[float]] = {}

    def seconds_to_wait(self, address: str) -> int:
        """Counts one unknown token; 0, or for how many seconds the address gets no more answers."""
        now = self._ticks()
        asked = self._asked(address, now)
        if len(asked) >= MOST:
            return int(asked[0] + SECONDS - now) + 1
        asked.append(now)
        return 0

    def _asked(self, address: str, now: float) -> deque[float]:
        if address not in self._by_address and len(self._by_address) >= MOST_ADDRESSES:
            del self._by_address[next(iter(self._by_address))]
        asked = self._by_address.setdefault(address, deque(maxlen=MOST))
        while asked and asked[0] <= now - SECONDS:
            asked.popleft()
        return asked
