"""The file is fit for the archive: nothing borrowed from the reader's machine, readable by machines."""

import re
import zlib
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from station_desk.core.texts import Say
from station_desk.printing.receipt import Receipt, receipt_pdf

MANY = "".join(map(chr, range(0x4E00, 0x4F80))) + "𬭚𬀩𫖯"
BLOCK = re.compile(r"(\d+) beginbfchar\n(.*?)\nendbfchar", re.DOTALL)
ROW = re.compile(r"<[0-9A-F]{2}> <([0-9A-F]{4}|D[89AB][0-9A-F]{2}D[C-F][0-9A-F]{2})>")


@pytest.fixture
def rich(receipt: Receipt) -> Receipt:
    """A receipt with so many characters that each weight needs several embedded fonts."""
    return replace(receipt, collect=MANY, matter=replace(receipt.matter, item=MANY))


def test_every_font_is_embedded(rich: Receipt, say: Say) -> None:
    with pikepdf.open(BytesIO(receipt_pdf(rich, say))) as pdf:
        found = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert len(found) >= 4
        assert [str(font.BaseFont) for font in found if "/FontFile2" not in font.FontDescriptor] == []


def test_the_text_maps_follow_the_rules_of_pdf(rich: Receipt, chinese: Say) -> None:
    with pikepdf.open(BytesIO(receipt_pdf(rich, chinese))) as pdf:
        maps = [
            font.ToUnicode.read_bytes().decode("ascii")
            for page in pdf.pages
            for font in page.Resources.Font.values()
        ]
    blocks = [
        block
        for text in maps
        for block in re.findall(r"(\d+) beginbfchar\n(.*?)\nendbfchar", text, re.DOTALL)
    ]
    assert blocks
    for count, rows in blocks:
        assert int(count) == len(rows.splitlines()) <= 100
        for row in rows.splitlines():
            assert re.fullmatch(r"<[0-9A-F]{2}> <([0-9A-F]{4}|D[89AB][0-9A-F]{2}D[C-F][0-9A-F]{2})>", row), (
                row
            )
    assert any("D872DF5A" in text for text in maps), "U+2CB5A is written as two surrogates"


def test_the_file_names_itself_its_author_and_its_language(receipt: Receipt, say: Say) -> None:
    with pikepdf.open(BytesIO(receipt_pdf(receipt, say))) as pdf:
        assert str(pdf.docinfo.Title) == f"{say('paper.receipt.title')} {receipt.matter.number}"
        assert str(pdf.docinfo.Author) == receipt.station.name
        assert str(pdf.Root.Lang) == say("paper.language")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_file_is_sound_and_holds_no_date_of_its_making(receipt: Receipt, chinese: Say) -> None:
    with pikepdf.open(BytesIO(receipt_pdf(receipt, chinese))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo.CreationDate).startswith("D:2000")


def test_nothing_is_wrapped_in_ascii_and_each_code_is_one_path(receipt: Receipt, chinese: Say) -> None:
    content = receipt_pdf(receipt, chinese)
    assert b"ASCII85Decode" not in content
    with pikepdf.open(BytesIO(content)) as pdf:
        page = zlib.decompress(pdf.pages[0].Contents.read_raw_bytes()).decode("latin-1")
    codes = re.findall(r"q 0 g [^\n]+ cm\n((?:\d+ \d+ \d+ 1 re\n)+)f Q", page)
    assert len(codes) == 3
