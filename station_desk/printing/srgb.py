"""The colour profile that an archived paper carries, so that its greys look the same in thirty years.

sRGB (IEC 61966-2-1) as an ICC profile of version 4.2 (ICC.1:2004-10), which PDF/A-2 accepts: made here from
its published numbers, half a kilobyte, so that no profile of another maker need be shipped.
"""

import struct
from collections.abc import Mapping, Sequence

NAME = "sRGB IEC61966-2.1"
MADE = (2026, 11, 1, 0, 0, 0)

D50 = (0.9642, 1.0, 0.8249)
"""The white of the profile connection space (ICC.1:2004-10, 7.2.16)."""

RED, GREEN, BLUE = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)
"""The three colours of sRGB in XYZ, adapted from its white (D65) to D50 after Bradford."""

BRADFORD = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
"""The matrix of that adaptation, row by row."""

CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Y = (a X + b)^g from d on, c X below (IEC 61966-2-1): g, a, b, c, d."""

GAMMA_WITH_A_STRAIGHT_START = 3
HEADER, VERSION = 128, 0x04200000


def profile() -> bytes:
    """The profile as a file."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", GAMMA_WITH_A_STRAIGHT_START, 0) + _fixed(CURVE)
    tags = {
        b"desc": _words(NAME),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _xyz(D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(BRADFORD),
        b"rXYZ": _xyz(RED),
        b"gXYZ": _xyz(GREEN),
        b"bXYZ": _xyz(BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _file(tags)


def _file(tags: Mapping[bytes, bytes]) -> bytes:
    """Header, directory, data; tags with the same data share it."""
    places: dict[bytes, int] = {}
    data = b""
    start = HEADER + 4 + 12 * len(tags)
    for content in tags.values():
        if content not in places:
            places[content] = start + len(data)
            data += content + b"\0" * (-len(content) % 4)
    directory = b"".join(struct.pack(">4sLL", tag, places[c], len(c)) for tag, c in tags.items())
    body = struct.pack(">L", len(tags)) + directory + data
    return _header(HEADER + len(body)) + body


def _header(size: int) -> bytes:
    """ICC.1:2004-10, 7.2: a display profile, RGB to XYZ, for no platform or maker in particular."""
    head = struct.pack(">L4xL4s4s4s", size, VERSION, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", *MADE) + b"acsp" + b"\0" * 28 + _fixed(D50)
    return head.ljust(HEADER, b"\0")


def _words(text: str) -> bytes:
    """A text in one language (multiLocalizedUnicodeType)."""
    letters = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">LL4sLL", 1, 12, b"enUS", len(letters), 28) + letters


def _xyz(colour: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(colour)


def _fixed(numbers: Sequence[float]) -> bytes:
    """Numbers as s15Fixed16."""
    return b"".join(struct.pack(">l", round(number * 65536)) for number in numbers)
