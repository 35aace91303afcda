"""Cuts letters out of a font, so that a paper carries thirty kilobytes of type and not ten megabytes.

The cut holds what PDF asks of an embedded TrueType font (ISO 32000-1, 9.9) and no more. reportlab has a
cutter too, but it copies the whole font for each paper, and gives wrong widths where the em is not 1,000.
No font of ours makes letters of other letters, which a cut would have to follow.
"""

import struct
from collections.abc import Sequence
from itertools import accumulate

from station_desk.printing.font_tables import NO_LETTER, Letters, filled

LONG_OFFSETS = 1
VERSION = 0x00010000
CHECKSUM_OF_A_FONT = 0xB1B0AFBA
"""What the sum of a whole font and its adjustment must come to (OpenType, head)."""

MAP_HEAD = (0, 1, 1, 0, 12, 6)
"""A table of characters (OpenType, cmap): version, one table, its platform and encoding, place and format."""


def cut(font: Letters, codes: Sequence[int]) -> bytes:
    """A font of the letters of these code points, coded by their place from 1 on; 0 is the empty box."""
    letters = [font.numbered(NO_LETTER), *map(font.letter, codes)]
    places = [0, *accumulate(len(letter.outline) for letter in letters)]
    count = len(letters)
    return _file(
        {
            b"cmap": struct.pack(
                f">HHHHLHHHHH{count}H", *MAP_HEAD, 10 + 2 * count, 0, 0, count, *range(count)
            ),
            b"glyf": b"".join(letter.outline for letter in letters),
            b"head": _with(_with(font.table(b"head"), ">L", 8, 0), ">h", 50, LONG_OFFSETS),
            b"hhea": _with(font.table(b"hhea"), ">H", 34, count),
            b"hmtx": b"".join(letter.metrics for letter in letters),
            b"loca": struct.pack(f">{count + 1}L", *places),
            b"maxp": _with(font.table(b"maxp"), ">H", 4, count),
        }
    )


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory (OpenType, 4.3)."""
    count = len(tables)
    halving = count.bit_length() - 1
    head = struct.pack(">LHHHH", VERSION, count, 16 << halving, halving, 16 * count - (16 << halving))
    at = len(head) + 16 * count
    body, directory, places = b"", b"", {}
    for tag, content in tables.items():
        places[tag] = at + len(body)
        directory += struct.pack(">4sLLL", tag, _sum(content), places[tag], len(content))
        body += filled(content)
    file = head + directory + body
    return _with(file, ">L", places[b"head"] + 8, (CHECKSUM_OF_A_FONT - _sum(file)) & 0xFFFFFFFF)


def _sum(content: bytes) -> int:
    even = filled(content)
    total: int = sum(struct.unpack(f">{len(even) // 4}L", even))
    return total & 0xFFFFFFFF


def _with(content: bytes, form: str, place: int, value: int) -> bytes:
    """The bytes with a number put in their place."""
    packed = struct.pack(form, value)
    return content[:place] + packed + content[place + len(packed) :]
