"""Pictures of the pages of a PDF, from the very bytes that are printed: for the preview, for printers that
take no PDF, and to read our own paper back.
"""

from dataclasses import dataclass
from importlib import import_module
from threading import Lock
from typing import Any

# pypdfium2 tells no types: taken by name, so that the type check stays strict everywhere else.
pypdfium2: Any = import_module("pypdfium2")

POINTS_AN_INCH = 72

ONE_AT_A_TIME = Lock()
"""PDFium may be used by one thread only at a time."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, row after row from the top: `depth` bytes a dot, 1 for grey, 3 for red, green and blue."""

    width: int
    height: int
    dots: bytes
    depth: int = 1


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return [page.get_size() for page in document]


def page_picture(pdf: bytes, page: int, dpi: float) -> Picture:
    """A page, counted from 0, at so many dots an inch, in grey."""
    return _picture(pdf, page, dpi, grayscale=True)


def page_in_colour(pdf: bytes, page: int, dpi: float) -> Picture:
    """The same in its colours."""
    return _picture(pdf, page, dpi, rev_byteorder=True)


def _picture(pdf: bytes, page: int, dpi: float, **how: bool) -> Picture:
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=dpi / POINTS_AN_INCH, **how)
        depth, stride = bitmap.n_channels, bitmap.stride
        used, raw = bitmap.width * depth, bytes(bitmap.buffer)
        rows = (raw[start : start + used] for start in range(0, stride * bitmap.height, stride))
        return Picture(bitmap.width, bitmap.height, b"".join(rows), depth)
