"""Reads our own paper back, as a phone or a counter's scanner would: pictures of the pages, codes on them."""

from collections.abc import Sequence

import zxingcpp
from PIL.Image import Image, frombytes

from station_desk.printing.pictures import page_picture, page_sizes

PRINTER_DPI = 203
"""The resolution of the coarsest printer at a counter: what is read at this one is read at all others."""

OUR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])


def page_pictures(pdf: bytes, dpi: int = PRINTER_DPI) -> list[Image]:
    """Each page as a grey picture."""
    seen = [page_picture(pdf, page, dpi) for page in range(len(page_sizes(pdf)))]
    return [frombytes("L", (picture.width, picture.height), picture.dots) for picture in seen]


def codes_on(pdf: bytes, dpi: int = PRINTER_DPI) -> list[tuple[int, str, str]]:
    """The codes on the paper from top to bottom: (page from 1, "QR Code" or "Code 128", text)."""
    return [
        (number, str(code.format), code.text)
        for number, picture in enumerate(page_pictures(pdf, dpi), 1)
        for code in _from_top(zxingcpp.read_barcodes(picture, formats=OUR_CODES))
    ]


def _from_top(codes: Sequence[zxingcpp.Barcode]) -> list[zxingcpp.Barcode]:
    return sorted(codes, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
