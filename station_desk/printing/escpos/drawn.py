"""Lines that a thermal printer has no letters for, drawn in our own type as pictures."""

from station_desk.printing.page import MM, Format, Pages, plain
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.pictures import page_picture
from station_desk.printing.slip import DOTS_A_MM, LETTER
from station_desk.printing.wrapping import Lettering

DPI = DOTS_A_MM * 25.4
STRIP = 1.25
"""The height of a strip for a line, in letters: no mark above or below a letter is cut off."""

DARK = 128
"""A dot is burnt where the drawing is darker than this."""

A_LINE = About("", "", "zh")


def drawn_width(text: str, size: int, *, bold: bool) -> int:
    """How many dots the text takes."""
    return round(_lettering(size, bold=bold).width(text) / MM * DOTS_A_MM)


def drawn_line(text: str, size: int, *, bold: bool) -> list[bytes]:
    """The dots of a line, a row of bytes each, as the printer takes a picture."""
    width = drawn_width(text, size, bold=bold) + 2
    height = STRIP * LETTER * size / DOTS_A_MM
    sheet = Format(width / DOTS_A_MM, height, side=0, top=0, bottom=0)
    pages = Pages(sheet, 0, 0)
    pages.put(0, 0, plain(text, _lettering(size, bold=bold)), height)
    seen = page_picture(pdf_of(pages.marks, sheet, A_LINE), 0, DPI)
    return [_packed(seen.dots[start : start + seen.width]) for start in range(0, len(seen.dots), seen.width)]


def _lettering(size: int, *, bold: bool) -> Lettering:
    return Lettering(LETTER * size / DOTS_A_MM * MM, "bold" if bold else "regular")


def _packed(row: bytes) -> bytes:
    """Eight dots a byte, the left one highest."""
    bits = "".join("1" if dot < DARK else "0" for dot in row)
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    return int(bits, 2).to_bytes(len(bits) // 8, "big")
