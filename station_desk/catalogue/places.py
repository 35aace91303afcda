"""In which line of a TOML file each value stands, so that a fault can be pointed at.

`tomllib` gives values without lines. This walks over a text that `tomllib` has accepted, so it need not judge
it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from station_desk.catalogue.fault import Place

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_QUOTES = ('"""', "'''", '"', "'")


def places(text: str) -> dict[Place, int]:
    """The line, from 1, of every table, key and list element of a valid TOML text."""
    return _Walk(text.replace("\r\n", "\n")).file()


def comments(text: str) -> list[tuple[int, str]]:
    """The line, from 1, and the words of every comment of a valid TOML text."""
    walk = _Walk(text.replace("\r\n", "\n"))
    walk.file()
    return walk.comments


def line_of(known: Mapping[Place, int], place: Place) -> int:
    """The line of a place; for what is missing, the line of the table that should hold it."""
    while place and place not in known:
        place = place[:-1]
    return known.get(place, 1)


class _Walk:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [at for at, letter in enumerate(text) if letter == "\n"]
        self._lines: dict[Place, int] = {}
        self._lists: dict[Place, int] = {}
        self.comments: list[tuple[int, str]] = []

    def file(self) -> dict[Place, int]:
        table: Place = ()
        while self._skip("\n"):
            table = self._header() if self._here("[") else self._pair(table)
        return self._lines

    def _header(self) -> Place:
        line, brackets = self._line(), 2 if self._here("[[") else 1
        self._at += brackets
        *outer, last = self._key()
        self._at += brackets
        table = (*self._open(outer), last)
        self._lines.setdefault(table, line)
        if brackets == 2:
            self._lists[table] = self._lists.get(table, -1) + 1
            table = (*table, self._lists[table])
            self._lines[table] = line
        return table

    def _open(self, outer: Iterable[str | int]) -> Place:
        """The table that a header stands in: a list of tables on the way is open at its last element."""
        table: Place = ()
        for part in outer:
            table += (part,)
            if table in self._lists:
                table += (self._lists[table],)
        return table

    def _pair(self, table: Place) -> Place:
        line = self._line()
        key = self._key()
        for length in range(1, len(key) + 1):
            self._lines.setdefault(table + key[:length], line)
        self._skip()
        self._at += 1  # the equals sign
        self._value(table + key)
        return table

    def _key(self) -> Place:
        parts: list[str] = []
        while True:
            self._skip()
            parts.append(self._name())
            self._skip()
            if not self._here("."):
                return tuple(parts)
            self._at += 1

    def _name(self) -> str:
        start = self._at
        if self._text[start] in "\"'":
            self._string(self._text[start])
            return self._text[start + 1 : self._at - 1]
        while self._at < len(self._text) and self._text[self._at] in _BARE:
            self._at += 1
        return self._text[start : self._at]

    def _value(self, place: Place) -> None:
        self._skip()
        if quote := next((q for q in _QUOTES if self._here(q)), None):
            self._string(quote)
        elif self._here("["):
            self._list(place)
        elif self._here("{"):
            self._inline_table(place)
        else:
            while self._at < len(self._text) and self._text[self._at] not in ",]}#\n":
                self._at += 1

    def _string(self, quote: str) -> None:
        self._at += len(quote)
        while not self._here(quote):
            self._at += 2 if quote[0] == '"' and self._here("\\") else 1
        self._at += len(quote)
        while len(quote) == 3 and self._here(quote[0]):  # a text may end in one or two quotes of its own
            self._at += 1

    def _list(self, place: Place) -> None:
        self._at += 1
        index = 0
        while self._skip("\n,") and not self._here("]"):
            self._lines[(*place, index)] = self._line()
            self._value((*place, index))
            index += 1
        self._at += 1

    def _inline_table(self, place: Place) -> None:
        self._at += 1
        while self._skip("\n,") and not self._here("}"):
            self._pair(place)
        self._at += 1

    def _skip(self, also: str = "") -> bool:
        """Pass blanks, comments and the letters of `also`; False at the end of the text."""
        while self._at < len(self._text):
            if self._text[self._at] in " \t" or self._text[self._at] in also:
                self._at += 1
            elif self._here("#"):
                end = self._text.find("\n", self._at)
                begin, self._at = self._at, len(self._text) if end < 0 else end
                self.comments.append((bisect_left(self._ends, begin) + 1, self._text[begin : self._at]))
            else:
                return True
        return False

    def _here(self, sign: str) -> bool:
        return self._text.startswith(sign, self._at)

    def _line(self) -> int:
        return bisect_left(self._ends, self._at) + 1
