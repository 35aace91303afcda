"""The few commands that are used of ESC/POS, as bytes; each is known by practically every thermal printer.

After START the printer is as switched on, its Chinese characters (GB 18030, two bytes each) are chosen.
"""

from typing import Literal

Align = Literal["left", "centre", "right"]

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"
ALIGNS: dict[Align, int] = {"left": 0, "centre": 1, "right": 2}
LARGEST = 8

START = ESC + b"@" + FS + b"&"
CUT = GS + b"VB\x00"
"""Feeds the slip to the knife and cuts it, but for one point that keeps it from falling."""

ASK = GS + b"r\x01"
"""Is there paper? The answer comes when all that was sent before is printed."""

NO_PAPER, NOT_AN_ANSWER = 0x0C, 0x90
"""Bits of the answer: the paper ended; and those that tell other messages of the printer from an answer."""

MOST_IN_QR, MOST_IN_BARS = 1200, 250
"""Bytes: what fits into a symbol that a phone reads, and what the length of a Code128 command can say."""


def align(where: Align) -> bytes:
    """Where the following lines stand; only at the beginning of a line."""
    return ESC + b"a" + bytes([ALIGNS[where]])


def style(size: int, *, bold: bool) -> bytes:
    """So many times as wide and high, from 1 to 8. Older printers enlarge Chinese by `FS W` only."""
    if not 1 <= size <= LARGEST:
        raise ValueError(f"no printer has letters of size {size}")
    large = (size - 1) * 0x11
    return FS + b"W" + bytes([size > 1]) + GS + b"!" + bytes([large]) + ESC + b"E" + bytes([bold])


def line_height(dots: int) -> bytes:
    """From the top of a line to the top of the next."""
    return ESC + b"3" + bytes([dots])


def feed(dots: int) -> bytes:
    """White."""
    return ESC + b"J" + bytes([dots])


def qr(data: bytes, module: int) -> bytes:
    """A QR code, model 2, level M; `module` dots a module."""
    if not 0 < len(data) <= MOST_IN_QR:
        raise ValueError(f"{len(data)} bytes are no QR of a slip")
    steps = (b"A2\x00", b"C" + bytes([module]), b"E1", b"P0" + data, b"Q0")
    return b"".join(map(_symbol, steps))


def code128(text: str, module: int, height: int) -> bytes:
    """A Code128 in set B without words under it; `module` and `height` in dots."""
    if not text or not all(" " <= char <= "~" for char in text):
        raise ValueError(f"{text!r} cannot be said in set B of Code128")
    data = b"{B" + text.replace("{", "{{").encode("ascii")
    if len(data) > MOST_IN_BARS:
        raise ValueError(f"{len(text)} characters are no Code128 of a slip")
    head = GS + b"h" + bytes([height]) + GS + b"w" + bytes([module]) + GS + b"H\x00"
    return head + GS + b"kI" + bytes([len(data)]) + data


def width_of_code128(text: str, module: int) -> int:
    """How many dots a Code128 in set B takes: start, characters, check and stop, with the white beside it."""
    return (11 * (len(text) + 2) + 13 + 20) * module


def picture(rows: list[bytes]) -> bytes:
    """Dots, a row of bytes each from the top, the left dot the highest bit; a set bit is black."""
    width, height = len(rows[0]), len(rows)
    return GS + b"v0\x00" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"".join(rows)


def out_of_paper(answer: int) -> bool:
    """Whether an answer to ASK says that the paper ended."""
    return bool(answer & NO_PAPER)


def _symbol(parameters: bytes) -> bytes:
    return GS + b"(k" + (len(parameters) + 1).to_bytes(2, "little") + b"1" + parameters
