"""Learns the keys of all counters of the district, so that receipts can be proved later without a network."""

import re
from typing import Protocol

from station_desk.core.clock import moment
from station_desk.protocol.messages import AskKeys, CounterKey
from station_desk.protocol.signing import is_public_key
from station_desk.sync.client import Wire

MOST_PAGES = 1000
"""A district that never ends is none."""


class KeyBook(Protocol):
    """The keys that this PC knows."""

    def mark(self) -> str:
        """By what the district called the keys when they were learnt; empty at first."""
        ...

    def keep(self, mark: str, keys: tuple[CounterKey, ...]) -> None:
        """Keeps these keys in place of those that the district told before."""
        ...


def learn_keys(book: KeyBook, wire: Wire, mark: str) -> None:
    """Asks for the keys when the district has others than the book; `mark` is the district's word in `hello`.

    Raises what `Wire` raises; the book is as it was then.
    """
    if not mark or mark == book.mark():
        return
    keys: list[CounterKey] = []
    after = ""
    for _ in range(MOST_PAGES):
        page = wire.keys(AskKeys(wire.version, after))
        keys += [key for key in page.keys if _is_understood(key)]
        if not page.more or page.more == after:
            break
        after = page.more
    book.keep(mark, tuple(keys))


def _is_understood(key: CounterKey) -> bool:
    """A newer district may tell of keys of another kind: nothing here could be proved with them."""
    try:
        moments = [moment(at) for at in (key.since, key.until) if at]
    except ValueError:
        return False
    well_named = re.fullmatch(r"[0-9]{2}", key.counter, re.ASCII) is not None
    return is_public_key(key.public_key) and well_named and all(at.tzinfo for at in moments)
