"""Reads our own paper back, as a phone or a counter's scanner would: pictures of the pages, codes on them."""

import warnings
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image as Pictures
from PIL.Image import Image, frombytes

from station_desk.core.errors import RuleError
from station_desk.printing.pictures import ONE_AT_A_TIME, POINTS_AN_INCH, page_picture, page_sizes, pypdfium2

PRINTER_DPI = 203
"""The resolution of the coarsest printer at a counter: what is read at this one is read at all others."""

OUR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])

MOST_PAGES, MOST_BYTES, MOST_DOTS = 20, 64 * 1024 * 1024, 40_000_000
FINE_DPI = 300


class PictureNotReadable(RuleError):
    """There is no picture in that file. Values: path, why."""

    code = "receipt.picture_not_readable"


def page_pictures(pdf: bytes, dpi: int = PRINTER_DPI) -> list[Image]:
    """Each page as a grey picture."""
    seen = [page_picture(pdf, page, dpi) for page in range(len(page_sizes(pdf)))]
    return [frombytes("L", (picture.width, picture.height), picture.dots) for picture in seen]


def page_count(pdf: bytes) -> int:
    """How many pages a paper has."""
    return len(page_sizes(pdf))


def codes_on(pdf: bytes, dpi: int = PRINTER_DPI) -> list[tuple[int, str, str]]:
    """The codes on the paper from top to bottom: (page from 1, "QR Code" or "Code 128", text)."""
    return [
        (number, str(code.format), code.text)
        for number, picture in enumerate(page_pictures(pdf, dpi), 1)
        for code in _from_top(zxingcpp.read_barcodes(picture, formats=OUR_CODES))
    ]


def codes_in_picture(file: Path) -> list[str]:
    """The texts of all codes on a picture, or on the first pages of a PDF. Raises PictureNotReadable."""
    texts: list[str] = []
    for picture in _pictures_in(file):
        found = zxingcpp.read_barcodes(picture, formats=OUR_CODES)
        if not found and picture.width * picture.height * 4 <= MOST_DOTS:
            # A small code of a camera held far away has too few dots a module: guessing between them helps.
            twice = picture.resize((picture.width * 2, picture.height * 2), Pictures.Resampling.BICUBIC)
            found = zxingcpp.read_barcodes(twice, formats=OUR_CODES)
        texts += [code.text for code in found]
    return texts


def _pictures_in(file: Path) -> list[Image]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise PictureNotReadable(path=file, why=f"> {MOST_BYTES // 1024 // 1024} MB")
        if raw.startswith(b"%PDF"):
            with ONE_AT_A_TIME, pypdfium2.PdfDocument(raw) as document:
                pages = [document[number] for number in range(min(len(document), MOST_PAGES))]
                return [page.render(scale=_fine(*page.get_size()), grayscale=True).to_pil() for page in pages]
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pictures.DecompressionBombWarning)
            with Pictures.open(BytesIO(raw)) as picture:
                return [picture.convert("L")]
    except (
        OSError,
        SyntaxError,
        ValueError,
        pypdfium2.PdfiumError,
        Pictures.DecompressionBombError,
        Pictures.DecompressionBombWarning,
    ) as error:
        raise PictureNotReadable(path=file, why=getattr(error, "strerror", None) or str(error)) from error


def _fine(width: float, height: float) -> float:
    """The scale of a PDF page of so many points, less fine for a sheet as large as a wall."""
    return float(min(FINE_DPI / POINTS_AN_INCH, (MOST_DOTS / (width * height)) ** 0.5))


def _from_top(codes: Sequence[zxingcpp.Barcode]) -> list[zxingcpp.Barcode]:
    return sorted(codes, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
