"""Cuts letters out of a font, so that a paper carries thirty kilobytes of type and not ten megabytes.

The cut holds what PDF asks of an embedded TrueType font (ISO 32000-1, 9.9) and no more. reportlab has a
cutter too, but it copies the whole font for each paper, and gives wrong widths where the em is not 1,000.
"""

import struct
from collections.abc import Sequence

from station_desk.printing.fonts import Font

LONG_OFFSETS = 1
VERSION = 0x00010000
CHECKSUM_OF_A_FONT = 0xB1B0AFBA
"""What the sum of a whole font and its adjustment must come to (OpenType, head)."""

EVEN = 4
"""Tables and letters begin at multiples of as many bytes."""


def cut(font: Font, codes: Sequence[int]) -> bytes:
    """A font of the letters of these code points, coded by their place from 1 on; 0 is the empty box."""
    glyphs = [0, *(font.face.charToGlyph[code] for code in codes)]
    outlines, places = _outlines(font, glyphs)
    widths = [(round(advance), bearing) for advance, bearing in (font.face.hmetrics[g] for g in glyphs)]
    count = len(glyphs)
    return _file(
        {
            b"cmap": struct.pack(
                f">HHHHLHHHHH{count}H", 0, 1, 1, 0, 12, 6, 10 + 2 * count, 0, 0, count, *range(count)
            ),
            b"glyf": outlines,
            b"head": _with(_with(_table(font, "head"), ">L", 8, 0), ">h", 50, LONG_OFFSETS),
            b"hhea": _with(_table(font, "hhea"), ">H", 34, count),
            b"hmtx": b"".join(struct.pack(">HH", *width) for width in widths),
            b"loca": struct.pack(f">{count + 1}L", *places),
            b"maxp": _with(_table(font, "maxp"), ">H", 4, count),
        }
    )


def _outlines(font: Font, glyphs: Sequence[int]) -> tuple[bytes, list[int]]:
    """The outlines one after the other, and where each begins. No font of ours makes letters of letters."""
    begins, _ = font.face.get_table_pos("glyf")
    found, places = b"", [0]
    for glyph in glyphs:
        start, end = font.face.glyphPos[glyph], font.face.glyphPos[glyph + 1]
        found += _filled(font.data[begins + start : begins + end])
        places.append(len(found))
    return found, places


def _table(font: Font, tag: str) -> bytes:
    start, length = font.face.get_table_pos(tag)
    return font.data[start : start + length]


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
        body += _filled(content)
    file = head + directory + body
    return _with(file, ">L", places[b"head"] + 8, (CHECKSUM_OF_A_FONT - _sum(file)) & 0xFFFFFFFF)


def _sum(content: bytes) -> int:
    even = _filled(content)
    total: int = sum(struct.unpack(f">{len(even) // 4}L", even))
    return total & 0xFFFFFFFF


def _filled(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % EVEN)


def _with(content: bytes, form: str, place: int, value: int) -> bytes:
    """The bytes with a number put in their place."""
    packed = struct.pack(form, value)
    return content[:place] + packed + content[place + len(packed) :]
