"""Published entries that lie packed until somebody asks for one: a desk that opens waits for none of them."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

Entry = TypeVar("Entry")


class Shelf(Mapping[str, Entry]):
    """Entries by key, in the order of publishing; each is unpacked once, when it is first asked for.

    `packed` must be what `packed` made of entries of the type `of`: it is not checked again here.
    """

    __slots__ = ("_of", "_packed", "_taken")

    def __init__(self, packed: dict[str, bytes], of: type[Entry]) -> None:
        self._packed = packed
        # No decoder is made ahead: the first for a type looks through all its parts, for milliseconds.
        self._of = of
        self._taken: dict[str, Entry] = {}

    def __getitem__(self, key: str, /) -> Entry:
        # Two lanes may unpack the same entry at the same time: both get an equal one, and one stays.
        taken = self._taken.get(key)
        if taken is None:
            taken = self._taken.setdefault(key, msgspec.msgpack.decode(self._packed[key], type=self._of))
        return taken

    def __contains__(self, key: object, /) -> bool:
        return key in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def packed(entries: Mapping[str, object]) -> dict[str, bytes]:
    """The entries as they are kept, each by itself."""
    return {key: msgspec.msgpack.encode(entry) for key, entry in entries.items()}
