"""The codes are sharp on the dots of the printer and can be read at every size we print."""

import random
from collections.abc import Sequence

import pytest
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from station_desk.core.texts import Say
from station_desk.printing import codes
from station_desk.printing.page import A5_LANDSCAPE, Pages
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.proof import codes_on, page_pictures
from station_desk.printing.receipt import Receipt, receipt_pdf

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_modules_are_whole_dots_and_wide_enough() -> None:
    for module in (codes.BAR_MODULE, codes.PROOF_MODULE, *codes.QR_MODULES):
        assert module / 0.125 == int(module / 0.125)
    assert codes.BAR_MODULE == 0.375
    assert codes.PROOF_MODULE == 0.5
    assert min(codes.QR_MODULES) == 0.625


@pytest.mark.parametrize("module", codes.QR_MODULES)
@pytest.mark.parametrize("length", [30, 51, 62, 90, 130, 180])
def test_a_qr_is_read_at_every_size_we_print(module: float, length: int) -> None:
    dice = random.Random(length)
    for _ in range(6):
        url = "https://" + "".join(dice.choices(LETTERS, k=length - 8))
        symbol = codes.qr(url)
        assert _read(symbol, module, symbol.rows * module) == [url]


BARCODES = ("QSQ001261120020031K", "S0126112001000107", "ABC", "00000000", "A1B22C333")
NINES = ("99GXON270725710031B", "999900261120020031K", "999999999999999999", "9A9900261120020031", "99")
"""python-barcode loses the first 99 of a text."""


@pytest.mark.parametrize("text", [*BARCODES, *NINES])
def test_a_barcode_is_read_at_the_width_we_print(text: str) -> None:
    assert _read(codes.code128(text), codes.BAR_MODULE, 9.5) == [text]


def test_the_longer_the_address_the_finer_the_modules_until_it_is_no_address() -> None:
    widths = [codes.qr_module(codes.qr("https://" + "a" * length), 42) for length in (20, 100, 150)]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] == 0.875
    with pytest.raises(ValueError, match="does not fit"):
        codes.qr_module(codes.qr("https://" + "a" * 600), 42)


def test_the_quiet_zone_of_the_qr_stays_white(receipt: Receipt, say: Say) -> None:
    (picture,) = page_pictures(receipt_pdf(receipt, say), dpi=254)
    symbol = codes.qr(receipt.tracking_url or "")
    size, quiet = symbol.columns * 0.875, symbol.quiet * 0.875
    middle, top = 200 - 24, 19.5
    left, below = middle - size / 2 - quiet, top + 2 * quiet + size - 0.6
    around = picture.crop(_dots(left, top, left + size + 2 * quiet, below))
    inked = around.point(lambda level: 255 - level).getbbox()
    assert inked is not None
    assert inked[0] >= quiet * 10 - 3
    assert inked[1] >= quiet * 10 - 3
    assert around.width - inked[2] >= quiet * 10 - 3
    assert around.height - inked[3] >= (quiet - 0.6) * 10 - 3


def test_the_qr_is_drawn_upright_module_for_module() -> None:
    url = "https://banshi.qingshi.gov.cn/t/q9Zk3vT1mUo_xW7bRf2s8A"
    wanted = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=codes.QR_MASK)
    wanted.add_data(url, optimize=0)
    pages = Pages(A5_LANDSCAPE, 0, 0)
    pages.code(codes.qr(url), 20, 30, 1.0, 33.0)
    (picture,) = page_pictures(pdf_of(pages.marks, A5_LANDSCAPE, About("title", "author", "en")), dpi=254)
    drawn = [[picture.getpixel((205 + 10 * x, 305 + 10 * y)) == 0 for x in range(33)] for y in range(33)]
    assert drawn == wanted.get_matrix()


def _dots(*lengths: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(length * 10) for length in lengths)
    return left, top, right, bottom


def _read(symbol: codes.Symbol, module: float, height: float) -> Sequence[str]:
    pages = Pages(A5_LANDSCAPE, 0, 0)
    pages.code(symbol, 20, 20, module, height)
    pdf = pdf_of(pages.marks, A5_LANDSCAPE, About("title", "author", "en"))
    return [text for _, _, text in codes_on(pdf, dpi=203)]
