"""What is printed is read back from a bad scan, and proved: the way a receipt comes back to a counter."""

import struct
from pathlib import Path
from random import Random
from zlib import crc32

import pytest
from PIL import Image

from station_desk.catalogue.read import read_catalogue
from station_desk.core import paths
from station_desk.core.texts import Say
from station_desk.printing.proof import PictureNotReadable, codes_in_picture, page_pictures
from station_desk.printing.receipt import Receipt, receipt_pdf
from station_desk.protocol.receipt_code import read_code
from tests.paper.varied import printed, read, scanned

RECEIPTS = 40


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.long) for part in (1, 2, 3))])
def test_every_code_of_varied_receipts_is_read_from_a_bad_scan(part: int) -> None:
    """`tests/bench/codes.py` does the same with a thousand."""
    catalogue = read_catalogue(paths.FORMS)
    for number in range(part, RECEIPTS, 4):
        dice = Random(f"20261120 {number}")
        paper = printed(dice, catalogue)
        assert read(scanned(dice, paper.pdf)) == set(paper.codes), number
        assert read_code(paper.codes[-1]).number == paper.number


@pytest.fixture(params=["png", "jpeg", "pdf", "far"])
def picture(request: pytest.FixtureRequest, receipt: Receipt, chinese: Say, tmp_path: Path) -> Path:
    """A receipt as somebody sends it."""
    file = tmp_path / "receipt"
    pdf = receipt_pdf(receipt, chinese)
    match request.param:
        case "pdf":
            file.write_bytes(pdf)
        case "png":
            page_pictures(pdf)[0].save(file, "PNG")
        case "jpeg":
            page_pictures(pdf, 300)[0].rotate(3, expand=True, fillcolor=255).save(file, "JPEG", quality=60)
        case _:
            page_pictures(pdf, 110)[0].save(file, "PNG")
    return file


def test_a_picture_of_a_receipt_gives_its_signed_code(picture: Path, receipt: Receipt) -> None:
    assert receipt.proof in codes_in_picture(picture)


BROKEN: dict[str, bytes] = {
    "empty": b"",
    "text": "不是图片".encode(),
    "half a png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "half a pdf": b"%PDF-1.7\n1 0 obj\n<<",
    "gif header": b"GIF89a",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_picture_is_said(name: str, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(BROKEN[name])
    with pytest.raises(PictureNotReadable) as refused:
        codes_in_picture(file)
    assert str(refused.value.values["why"])


def test_a_picture_cut_off_or_not_there_is_said(receipt: Receipt, chinese: Say, tmp_path: Path) -> None:
    whole = tmp_path / "whole.png"
    page_pictures(receipt_pdf(receipt, chinese))[0].save(whole)
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole.read_bytes()[:2000])
    for file in (cut, tmp_path / "nowhere.png", tmp_path):
        with pytest.raises(PictureNotReadable):
            codes_in_picture(file)


def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.png"
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", crc32(head)))
    with pytest.raises(PictureNotReadable):
        codes_in_picture(file)


def test_an_empty_page_holds_no_code(tmp_path: Path) -> None:
    file = tmp_path / "white.png"
    Image.new("L", (600, 400), 255).save(file)
    assert codes_in_picture(file) == []
