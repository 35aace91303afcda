"""The file is fit for the archive: nothing borrowed from the reader's machine, readable for ever."""

import hashlib
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from PIL import Image, ImageCms

from station_desk.catalogue.edition.published import read_published
from station_desk.core import paths
from station_desk.core.texts import Say
from station_desk.counter.public_papers import basics_of, poster_of, sheet_of
from station_desk.printing.archive import NAMESPACE
from station_desk.printing.page import A4_PORTRAIT
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.receipt import Receipt, receipt_pdf
from station_desk.printing.slip import ROLLS
from station_desk.printing.srgb import profile
from station_desk.printing.ticket import QueueTicket, ticket_pdf
from station_desk.printing.workflow_page import workflow_pdf
from tests.paper.archive_rules import breaches
from tests.paper.every_paper import ticket_words
from tests.paper.filled import NUMBER
from tests.paper.test_papers import IDS, SIZES, usual
from tests.paper.test_public_papers import BASICS, press
from tests.paper.test_workflow_page import PUBLISHER, workflow

MANY = "".join(map(chr, range(0x4E00, 0x4F80))) + "𬭚𬀩𫖯𠮷𪚥"
ODD = "王𠮷\U0002ebf5😀 مرحبا\u202e שלום\x07\x1b\ud800\uffff"
HOSTILE = "<王 & 'co'> ]]> {title} \x00\x0b\ud800\uffff 𠮷"
BLOCK = re.compile(r"(\d+) beginbfchar\n(.*?)\nendbfchar", re.DOTALL)
ROW = re.compile(r"<[0-9A-F]{2}> <([0-9A-F]{4}|D[89AB][0-9A-F]{2}D[C-F][0-9A-F]{2})>")


@pytest.fixture
def rich(receipt: Receipt) -> Receipt:
    """A receipt with so many characters that each weight needs several embedded fonts."""
    return replace(receipt, collect=MANY, fee=ODD, matter=replace(receipt.matter, item=MANY, applicant=ODD))


def test_no_receipt_breaks_a_rule_of_the_archive(receipt: Receipt, rich: Receipt, say: Say) -> None:
    for paper in (receipt, rich):
        assert breaches(receipt_pdf(paper, say)) == []


@pytest.mark.parametrize(("kind", "large"), SIZES, ids=IDS)
def test_no_paper_of_a_case_breaks_a_rule_of_the_archive(kind: str, large: bool) -> None:
    pdf = usual(kind, "zh-Hans", large=large)
    assert breaches(pdf) == []
    assert ours(pdf).get("caseNumber", NUMBER) == NUMBER
    assert ours(pdf)["catalogueEdition"] == "2026.11 3f9a1c0d77aa51e2"


def test_no_paper_of_the_catalogue_breaks_a_rule_of_the_archive() -> None:
    forms = read_published(paths.FORMS)
    made = press(forms)
    poster, sheet = poster_of(made, "SA-003", "a3"), sheet_of(made, "SA-003")
    for pdf in (poster, sheet, basics_of(made, BASICS, "a2")):
        assert breaches(pdf) == []
    assert all("2026.11" in ours(pdf)["catalogueEdition"] for pdf in (poster, sheet))


def test_no_diagram_and_no_ticket_breaks_a_rule_of_the_archive(chinese: Say) -> None:
    diagram = workflow_pdf(workflow("LS-001"), PUBLISHER, "2026.11", chinese)
    when = datetime.fromisoformat("2026-11-20T09:41")
    ticket = QueueTicket("青石桥", "A012", "社会救助", "2", 3, 25, when, "高龄优先", "https://a.gov.cn/")
    assert breaches(diagram) == breaches(ticket_pdf(ticket, ROLLS["80mm"], ticket_words("zh-Hans"))) == []
    assert ours(diagram) == {"catalogueEdition": "2026.11"}


def test_two_other_readers_find_the_file_sound(rich: Receipt, chinese: Say, tmp_path: Path) -> None:
    content = receipt_pdf(rich, chinese)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
    (tmp_path / "paper.pdf").write_bytes(content)
    done = subprocess.run(["qpdf", "--check", tmp_path / "paper.pdf"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()


def test_every_font_is_embedded(rich: Receipt, say: Say) -> None:
    with pikepdf.open(BytesIO(receipt_pdf(rich, say))) as pdf:
        found = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert len(found) >= 4
        assert [str(font.BaseFont) for font in found if "/FontFile2" not in font.FontDescriptor] == []


def test_the_text_maps_follow_the_rules_of_pdf(rich: Receipt, chinese: Say) -> None:
    with pikepdf.open(BytesIO(receipt_pdf(rich, chinese))) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        maps = [font.ToUnicode.read_bytes().decode("ascii") for font in fonts]
    blocks = [block for text in maps for block in BLOCK.findall(text)]
    assert blocks
    for count, rows in blocks:
        assert int(count) == len(rows.splitlines()) <= 100
        for row in rows.splitlines():
            assert ROW.fullmatch(row), row
    assert any("D872DF5A" in text for text in maps), "U+2CB5A is written as two surrogates"


def test_the_file_names_itself_its_author_and_its_language(receipt: Receipt, say: Say) -> None:
    with pikepdf.open(BytesIO(receipt_pdf(receipt, say))) as pdf:
        assert str(pdf.docinfo.Title) == f"{say('paper.receipt.title')} {receipt.matter.number}"
        assert str(pdf.docinfo.Author) == receipt.station.name
        assert str(pdf.Root.Lang) == say("paper.language")
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_archive_finds_the_case_and_the_edition(receipt: Receipt, chinese: Say) -> None:
    assert ours(receipt_pdf(receipt, chinese)) == {
        "caseNumber": receipt.matter.number,
        "catalogueEdition": "2026.11 3f9a1c0d77aa51e2",
    }


def test_a_paper_of_no_case_claims_none() -> None:
    pdf = pdf_of([[]], A4_PORTRAIT, About("海报", "青石桥", "zh-Hans"))
    assert ours(pdf) == {}


def test_a_name_that_xml_could_not_hold_spoils_no_file(receipt: Receipt, chinese: Say) -> None:
    station = replace(receipt.station, name=HOSTILE)
    pdf = receipt_pdf(replace(receipt, station=station), chinese)
    assert breaches(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as file:
        assert str(file.docinfo.Author) == "<王 & 'co'> ]]> {title} \ufffd\ufffd\ufffd\ufffd 𠮷"


def test_the_file_holds_no_date_of_its_making(receipt: Receipt, chinese: Say) -> None:
    content = receipt_pdf(receipt, chinese)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Author", "/Creator", "/Producer"}
    assert b"Date" not in content


def test_the_same_paper_is_the_same_file_with_the_same_identifier(receipt: Receipt, chinese: Say) -> None:
    first, other = receipt_pdf(receipt, chinese), receipt_pdf(replace(receipt, fee="另一种说法"), chinese)
    assert receipt_pdf(receipt, chinese) == first
    assert identifiers(first)[0] == identifiers(first)[1] != identifiers(other)[0]


def test_a_name_of_other_letters_in_the_same_places_is_another_file(receipt: Receipt, chinese: Say) -> None:
    one, other = (
        receipt_pdf(replace(receipt, matter=replace(receipt.matter, applicant=name)), chinese)
        for name in ("赵*兰", "孙*兰")
    )
    assert identifiers(one) != identifiers(other)


def test_another_start_of_the_program_makes_the_same_bytes() -> None:
    script = (
        "import hashlib; from station_desk.printing.page import A4_PORTRAIT, Words\n"
        "from station_desk.printing.pdf import About, pdf_of\n"
        "from station_desk.printing.wrapping import Lettering, Run\n"
        "words = [Words(15, 20, (Run(text, Lettering(10, weight)),))"
        " for text in ('王𠮷𪚥兰', '受理😀𬭚') for weight in ('regular', 'bold')]\n"
        "about = About('题', '站', 'zh-Hans', 'Q1', '1')\n"
        "print(hashlib.sha256(pdf_of([words], A4_PORTRAIT, about)).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "20261120")
    }
    assert len(seen) == 1


def test_what_was_printed_before_leaves_no_trace_in_the_next_paper(
    receipt: Receipt, rich: Receipt, chinese: Say
) -> None:
    first = hashlib.sha256(receipt_pdf(receipt, chinese)).digest()
    receipt_pdf(rich, chinese)
    assert hashlib.sha256(receipt_pdf(receipt, chinese)).digest() == first


def test_nothing_is_wrapped_in_ascii_and_each_code_is_one_path(receipt: Receipt, chinese: Say) -> None:
    content = receipt_pdf(receipt, chinese)
    assert b"ASCII85Decode" not in content
    with pikepdf.open(BytesIO(content)) as pdf:
        page = zlib.decompress(pdf.pages[0].Contents.read_raw_bytes()).decode("latin-1")
    codes = re.findall(r"q 0 g [^\n]+ cm\n((?:\d+ \d+ \d+ 1 re\n)+)f Q", page)
    assert len(codes) == 3


def test_the_colour_profile_is_srgb() -> None:
    ours_, theirs = ImageCms.getOpenProfile(BytesIO(profile())), ImageCms.createProfile("sRGB")
    ramp = Image.frombytes("RGB", (256, 2), bytes(v for n in range(256) for v in (n, n, n, n, 0, 255 - n)))
    seen = ImageCms.applyTransform(ramp, ImageCms.buildTransform(ours_, theirs, "RGB", "RGB"))
    assert seen is not None
    assert max(abs(one - other) for one, other in zip(ramp.tobytes(), seen.tobytes(), strict=True)) <= 1


def ours(pdf: bytes) -> dict[str, str]:
    """Our own properties in the metadata."""
    with pikepdf.open(BytesIO(pdf)) as file:
        packet = ET.fromstring(file.Root.Metadata.read_bytes().decode())
    found = (part for part in packet.iter() if part.tag.startswith(f"{{{NAMESPACE}}}"))
    return {part.tag.removeprefix(f"{{{NAMESPACE}}}"): part.text or "" for part in found}


def identifiers(pdf: bytes) -> list[bytes]:
    """The two parts of the identifier in the trailer."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return [bytes(part) for part in file.trailer.ID]
