"""Reads our own paper back, as a phone or a counter's scanner would: pictures of the pages, codes on them."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import zxingcpp
from PIL.Image import Image

# pypdfium2 tells no types: taken by name, so that the type check stays strict everywhere else.
pypdfium2: Any = import_module("pypdfium2")

PRINTER_DPI = 203
"""The resolution of the coarsest printer at a counter: what is read at this one is read at all others."""

POINTS_AN_INCH = 72
OUR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])


def page_pictures(pdf: bytes, dpi: int = PRINTER_DPI) -> list[Image]:
    """Each page as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / POINTS_AN_INCH, grayscale=True).to_pil() for page in document]


def page_count(pdf: bytes) -> int:
    """How many pages a paper has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def codes_on(pdf: bytes, dpi: int = PRINTER_DPI) -> list[tuple[int, str, str]]:
    """The codes on the paper from top to bottom: (page from 1, "QR Code" or "Code 128", text)."""
    return [
        (number, str(code.format), code.text)
        for number, picture in enumerate(page_pictures(pdf, dpi), 1)
        for code in _from_top(zxingcpp.read_barcodes(picture, formats=OUR_CODES))
    ]


def _from_top(codes: Sequence[zxingcpp.Barcode]) -> list[zxingcpp.Barcode]:
    return sorted(codes, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
