"""From where a page of a long list is read: from its ends or from a page that was read before, the nearer."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Approach(Generic[Key]):
    """Read `most` rows after (or, `backwards`, before) a key, `skip` rows on; without a key from that end."""

    key: Key | None
    backwards: bool
    skip: int
    most: int


@dataclass(slots=True)
class Edges(Generic[Key]):
    """The first and last key of each page that was read, of a list of `count` rows in pages of `size`.

    `marks` are places known beforehand, each with a key that lies right before its row.
    """

    count: int
    size: int
    known: dict[int, tuple[Key, Key]] = field(default_factory=dict)
    marks: list[tuple[int, Key]] = field(default_factory=list)

    def note(self, page: int, first: Key, last: Key) -> None:
        """A page was read."""
        self.known[page] = (first, last)

    def approach(self, page: int) -> Approach[Key]:
        """How to come to a page over the fewest rows."""
        begin, end = page * self.size, min((page + 1) * self.size, self.count)
        ways: list[Approach[Key]] = [
            Approach(None, backwards=False, skip=begin, most=end - begin),
            Approach(None, backwards=True, skip=self.count - end, most=end - begin),
        ]
        mark = bisect_right(self.marks, begin, key=lambda mark: mark[0]) - 1
        if mark >= 0:
            place, key = self.marks[mark]
            ways.append(Approach(key, backwards=False, skip=begin - place, most=end - begin))
        before = max((n for n in self.known if n < page), default=None)
        after = min((n for n in self.known if n > page), default=None)
        if before is not None:
            skip = begin - (before + 1) * self.size
            ways.append(Approach(self.known[before][1], backwards=False, skip=skip, most=end - begin))
        if after is not None:
            skip = after * self.size - end
            ways.append(Approach(self.known[after][0], backwards=True, skip=skip, most=end - begin))
        return min(ways, key=lambda way: way.skip)
