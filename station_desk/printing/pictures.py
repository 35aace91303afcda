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
    """A grey picture, a byte a dot, row after row from the top."""

    width: int
    height: int
    dots: bytes


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return [page.get_size() for page in document]


def page_picture(pdf: bytes, page: int, dpi: float) -> Picture:
    """A page, counted from 0, at so many dots an inch."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=dpi / POINTS_AN_INCH, grayscale=True)
        width, stride = bitmap.width, bitmap.stride
        raw = bytes(bitmap.buffer)
        rows = (raw[start : start + width] for start in range(0, stride * bitmap.height, stride))
        return Picture(width, bitmap.height, b"".join(rows))
