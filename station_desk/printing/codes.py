"""The codes on paper: the QR that a resident's phone opens, and the Code128 that the counter's scanner reads.

Both are one vector path each, sharp at any size. A module is a whole number of printer dots wide, because a
counter printer (203 dpi, 8 dots a millimetre) would otherwise make some bars wider than others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from station_desk.printing.qr_data import code_words

# python-barcode tells no types: taken by name, so that the type check stays strict everywhere else.
Code128: Any = import_module("barcode.codex").Code128
CHARSETS: Any = import_module("barcode.charsets.code128")
LAST_BAR = "11"

DOT = 0.125
"""One dot of a 203 dpi printer in millimetres."""

BAR_MODULE = 3 * DOT
"""Bars of two dots were lost in one of thirty scans that were blurred and turned by two degrees."""

PROOF_MODULE = 4 * DOT
"""The module of the signed code: one of three dots is lost when a scan is blurred by one and a half dots."""

QR_MODULES = (7 * DOT, 6 * DOT, 5 * DOT)
"""The module widths of a QR in millimetres, best first; less than 0.625 mm is too fine for a cheap phone."""

QR_QUIET, BAR_QUIET = 4, 10
"""White modules around a QR (ISO/IEC 18004:2015, 6.3.8) and beside a Code128 (ISO/IEC 15417:2007)."""

QR_MASK = 2
"""One of the eight masks of ISO/IEC 18004:2015, 7.8. Trying all eight takes half as long as a whole receipt;
on tracking addresses this one has the lowest average penalty. The reader learns the mask from the symbol."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code in modules: its size, the white it needs beside it, and its dark runs as PDF rectangles."""

    columns: int
    rows: int
    quiet: int
    path: str


def qr(text: str) -> Symbol:
    """The QR of a text, error level M, in the smallest version that holds it."""
    version, words = code_words(text, ERROR_CORRECT_M)
    code = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=QR_MASK)
    code.data_cache = words
    code.make(fit=False)
    return _symbol([[bool(dark) for dark in row] for row in code.modules], QR_QUIET)


def code128(text: str) -> Symbol:
    """The Code128 of a text of ASCII characters, one row of bars."""
    values = list(Code128(text).encoded)
    if text.startswith("99"):
        # python-barcode 0.16 takes a leading pair 99 for the switch of that value, and drops it.
        values.insert(1, 99)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    bars = "".join(CHARSETS.CODES[value] for value in (*values, check)) + CHARSETS.STOP + LAST_BAR
    return _symbol([[module == "1" for module in bars]], BAR_QUIET)


def qr_module(symbol: Symbol, room: float) -> float:
    """The widest module (mm) at which the QR with its quiet zone fits into a square of `room` mm.

    Raises ValueError when even the narrowest is too wide: no district has so long an address.
    """
    for module in QR_MODULES:
        if (symbol.columns + 2 * symbol.quiet) * module <= room:
            return module
    raise ValueError(f"a QR of {symbol.columns} modules does not fit into {room} mm")


def _symbol(matrix: Sequence[Sequence[bool]], quiet: int) -> Symbol:
    """Rectangles from the bottom row up, as PDF draws; the runs of a row are merged."""
    height = len(matrix)
    rectangles = (
        f"{start} {height - 1 - place} {length} 1 re"
        for place, row in enumerate(matrix)
        for start, length in _dark_runs(row)
    )
    return Symbol(len(matrix[0]), height, quiet, "\n".join(rectangles))


def _dark_runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for place, dark in enumerate((*row, False)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
