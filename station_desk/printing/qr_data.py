"""The code words of a QR (ISO/IEC 18004:2015, 7.4 to 7.6): a text, and what mends it where it cannot be read.

qrcode makes the same words bit by bit, which takes half the time of a receipt. Its tables are used here;
it draws the symbol.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import chain, zip_longest

from qrcode import LUT, base, util

PADS = (util.PAD0, util.PAD1)
VERSIONS = 40
WIDER_LENGTHS_FROM = (1, 10, 27)
"""The versions from which on the field that tells the length of the text is wider."""

MODE, TERMINATOR, A_WORD = 4, 4, 8
"""Bits of the mode, of the end of the text at most, of a code word."""

ALPHANUMERIC = {letter: value for value, letter in enumerate(util.ALPHA_NUM)}
LAST_DIGITS = (0, 4, 7)
"""Bits of the last one or two digits, of which three take ten."""


def code_words(text: str, level: int) -> tuple[int, list[int]]:
    """The smallest version that holds the text at a level of error correction, and its words in their order.

    Raises ValueError when no version does.
    """
    said = util.QRData(text)
    bits, length = _text_bits(said)
    version, field = _version(said.mode, length, level)
    head = said.mode << field | len(said)
    blocks = base.rs_blocks(version, level)
    room = sum(block.data_count for block in blocks)
    data = _filled(head << length | bits, MODE + field + length, room)
    parts, mending, start = [], [], 0
    for block in blocks:
        part = data[start : start + block.data_count]
        start += block.data_count
        parts.append(part)
        mending.append(_mending(part, block.total_count - block.data_count))
    return version, [*_in_turns(parts), *_in_turns(mending)]


def _version(mode: int, length: int, level: int) -> tuple[int, int]:
    """The version, and the bits of its field for the length."""
    limits = util.BIT_LIMIT_TABLE[level]
    for start in WIDER_LENGTHS_FROM:
        field = _field(mode, start)
        version = bisect_left(limits, MODE + field + length, start)
        if version <= VERSIONS and _field(mode, version) == field:
            return version, field
    raise ValueError(f"no QR holds {length} bits")


def _field(mode: int, version: int) -> int:
    return next(bits for known, bits in util.mode_sizes_for_version(version).items() if known == mode)


def _text_bits(said: util.QRData) -> tuple[int, int]:
    """The text as one long number, and how many bits of it count."""
    text, bits, length = bytes(said.data), 0, 0
    if said.mode == util.MODE_8BIT_BYTE:
        return int.from_bytes(text), A_WORD * len(text)
    if said.mode == util.MODE_NUMBER:
        for start in range(0, len(text), 3):
            three = text[start : start + 3]
            width = LAST_DIGITS[len(three)] if len(three) < 3 else 10
            bits, length = bits << width | int(three), length + width
        return bits, length
    for start in range(0, len(text), 2):
        two = [ALPHANUMERIC[letter] for letter in text[start : start + 2]]
        width, value = (11, two[0] * len(ALPHANUMERIC) + two[1]) if len(two) == 2 else (6, two[0])
        bits, length = bits << width | value, length + width
    return bits, length


def _filled(bits: int, length: int, room: int) -> bytes:
    """The bits as words, with the end of the text and as many pads as there is room for."""
    end = min(room * A_WORD - length, TERMINATOR)
    end += -(length + end) % A_WORD
    words = (bits << end).to_bytes((length + end) // A_WORD)
    return words + bytes(PADS[place % 2] for place in range(room - len(words)))


def _mending(words: bytes, count: int) -> bytes:
    """The words that mend a block: what remains of it after division by the polynomial of so many."""
    steps, shift = _division(count), A_WORD * (count - 1)
    rest, below = 0, (1 << shift) - 1
    for word in words:
        rest = (rest & below) << A_WORD ^ steps[rest >> shift ^ word]
    return rest.to_bytes(count)


@cache
def _division(count: int) -> tuple[int, ...]:
    """For each word, the polynomial of so many mending words times it, as one long number."""
    factors = [base.glog(factor) for factor in LUT.rsPoly_LUT[count][1:]]
    return (
        0,
        *(
            int.from_bytes(bytes(base.gexp((base.glog(word) + factor) % 255) for factor in factors))
            for word in range(1, 256)
        ),
    )


def _in_turns(parts: Sequence[bytes]) -> list[int]:
    """A word of each block in turn; the shorter ones end sooner."""
    return [word for word in chain.from_iterable(zip_longest(*parts)) if word is not None]
