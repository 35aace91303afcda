"""Looks things up in the tables of a TrueType font where they lie: which letter, how wide, what outline.

A paper needs two hundred letters of a font that has thirty thousand: nothing is unpacked without need.
"""

import struct
from bisect import bisect_left
from typing import NamedTuple

FULL_REPERTOIRE, BASIC_PLANE = (3, 10), (3, 1)
"""The tables of characters: one that goes above U+FFFF, one that does not (OpenType, cmap)."""

SEGMENTS, GROUPS = 4, 12
"""Their formats."""

DIRECTORY, ENTRY = 12, 16
NO_LETTER = 0
EVEN = 4
"""Tables and outlines begin at multiples of as many bytes."""


class CharacterMap:
    """Which letter of the font draws a character, from its table `cmap`."""

    def __init__(self, cmap: bytes) -> None:
        (count,) = struct.unpack_from(">H", cmap, 2)
        records = struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * count])
        places = {(platform, encoding): at for platform, encoding, at in records}
        self._table = cmap[places.get(FULL_REPERTOIRE) or places[BASIC_PLANE] :]
        self._starts: tuple[int, ...]
        self._ends: tuple[int, ...]
        self._letters: tuple[int, ...]
        (self._format,) = struct.unpack_from(">H", self._table)
        if self._format == GROUPS:
            (size,) = struct.unpack_from(">L", self._table, 12)
            numbers = struct.unpack_from(f">{3 * size}L", self._table, 16)
            self._starts, self._ends, self._letters = numbers[::3], numbers[1::3], numbers[2::3]
        else:
            (doubled,) = struct.unpack_from(">H", self._table, 6)
            row = f">{doubled // 2}H"
            self._ends = struct.unpack_from(row, self._table, 14)
            self._starts = struct.unpack_from(row, self._table, 16 + doubled)
            self._letters = struct.unpack_from(row, self._table, 16 + 2 * doubled)
            self._offsets_at = 16 + 3 * doubled
            self._offsets = struct.unpack_from(row, self._table, self._offsets_at)

    def number(self, code: int) -> int:
        """The number of the letter, 0 for none."""
        place = bisect_left(self._ends, code)
        if place == len(self._ends) or code < self._starts[place]:
            return NO_LETTER
        if self._format == GROUPS:
            return self._letters[place] + code - self._starts[place]
        letter, offset = code, self._offsets[place]
        if offset:
            at = self._offsets_at + 2 * place + offset + 2 * (code - self._starts[place])
            (letter,) = struct.unpack_from(">H", self._table, at)
            if letter == NO_LETTER:
                return NO_LETTER
        return (letter + self._letters[place]) & 0xFFFF


class Letter(NamedTuple):
    """A letter as a cut of its font needs it: its width in 1/1000 em, its row in `hmtx`, its outline."""

    width: float
    metrics: bytes
    outline: bytes


class Letters:
    """A font file as its letters; those that were asked for once are kept."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._places = table_places(data)
        self._map = CharacterMap(self.table(b"cmap"))
        self._kept: dict[int, Letter] = {}
        (self._em,) = struct.unpack(">H", self.table(b"head")[18:20])
        (self._wide,) = struct.unpack(">H", self.table(b"hhea")[34:36])

    def table(self, tag: bytes) -> bytes:
        """A table of the font as it is."""
        start, length = self._places[tag]
        return self._data[start : start + length]

    def has(self, code: int) -> bool:
        """Whether the font draws a character."""
        return self._map.number(code) != NO_LETTER

    def letter(self, code: int) -> Letter:
        """The letter that draws a character; the empty box where the font has none."""
        kept = self._kept.get(code)
        if kept is None:
            kept = self._kept[code] = self.numbered(self._map.number(code))
        return kept

    def numbered(self, number: int) -> Letter:
        """A letter by its number in the font."""
        width, white = self._metrics(number)
        start, end = struct.unpack_from(">LL", self._data, self._places[b"loca"][0] + 4 * number)
        outlines, _ = self._places[b"glyf"]
        outline = self._data[outlines + start : outlines + end]
        return Letter(width * 1000 / self._em, struct.pack(">Hh", width, white), filled(outline))

    def _metrics(self, number: int) -> tuple[int, int]:
        """The width of the letter and the white at its left, in units of the font."""
        start, _ = self._places[b"hmtx"]
        last = min(number, self._wide - 1)
        width, white = struct.unpack_from(">Hh", self._data, start + 4 * last)
        if number > last:
            # The last letters share one width, which is said once.
            (white,) = struct.unpack_from(">h", self._data, start + 2 * self._wide + 2 * number)
        return width, white


def filled(content: bytes) -> bytes:
    """A table or an outline up to where the next may begin."""
    return content + b"\0" * (-len(content) % EVEN)


def table_places(head: bytes) -> dict[bytes, tuple[int, int]]:
    """Where each table of a font begins and how long it is; the beginning of the file suffices."""
    (count,) = struct.unpack_from(">4xH", head)
    entries = struct.iter_unpack(">4sLLL", head[DIRECTORY : DIRECTORY + ENTRY * count])
    return {tag: (start, length) for tag, _, start, length in entries}
