"""The rules by which we judge our papers find what breaks them: each is shown one file that does."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from station_desk.core.texts import Say
from station_desk.printing.receipt import Receipt, receipt_pdf
from tests.paper.archive_rules import RULES, breaches


def plain_reportlab() -> bytes:
    """What reportlab makes when nobody cares for archives."""
    into = BytesIO()
    canvas = Canvas(into, pageCompression=1)
    canvas.drawString(100, 100, "plain")
    canvas.setFillAlpha(0.5)
    canvas.rect(0, 0, 9, 9, fill=1)
    canvas.save()
    return into.getvalue()


def changed(change: Callable[[pikepdf.Pdf], object]) -> Callable[[bytes], bytes]:
    """A paper with one thing wrong."""

    def make(content: bytes) -> bytes:
        into = BytesIO()
        with pikepdf.open(BytesIO(content)) as pdf:
            change(pdf)
            pdf.save(into, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return into.getvalue()

    return make


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A font of the first page."""
    return pdf.pages[0].Resources.Font["/F1"]


def remove(thing: pikepdf.Object, key: str) -> None:
    """An entry is not there."""
    del thing[key]


def widen(pdf: pikepdf.Pdf) -> None:
    """Every width is said wrongly."""
    first_font(pdf).Widths = pikepdf.Array([3] * len(first_font(pdf).Widths))


def rewrite_metadata(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Other words in the metadata."""

    def change(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        assert old in packet
        pdf.Root.Metadata.write(packet.replace(old, new))

    return changed(change)


def draw(code: bytes) -> Callable[[bytes], bytes]:
    """More on the first page."""
    return changed(lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(code)))


def glyphless(pdf: pikepdf.Pdf) -> None:
    """A code that the font has no glyph for is shown."""
    pdf.pages[0].contents_add(pdf.make_stream(b"BT /F1 9 Tf (\\377) Tj ET"))


FAULTS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("6.1.2", lambda content: content.replace(b"%\xe2\xe3\xcf\xd3", b"%abcd", 1)),
    ("6.1.3", lambda content: content + b"more"),
    ("6.1.4", lambda content: content.replace(b"65535 f \n", b"65535 f  \n", 1)),
    ("6.1.6", draw(b"BT /F1 9 Tf <010> Tj ET")),
    ("6.1.7", lambda content: content.replace(b"\nendstream", b"\n\nendstream", 1)),
    ("6.1.9", lambda content: content.replace(b"\nendobj", b" endobj", 1)),
    ("6.1.13", draw(b"q " * 30 + b"Q " * 30)),
    ("6.2.2", draw(b"0 1 0 1 k")),
    ("6.2.2", changed(lambda pdf: pdf.pages[0].Resources.update({"/ExtGState": pikepdf.Dictionary()}))),
    ("6.2.3", changed(lambda pdf: remove(pdf.Root, "/OutputIntents"))),
    ("6.2.11.2", changed(lambda pdf: remove(first_font(pdf).FontDescriptor, "/FontFile2"))),
    ("6.2.11.5", changed(widen)),
    ("6.2.11.5", changed(glyphless)),
    ("6.2.11.7", changed(lambda pdf: remove(first_font(pdf), "/ToUnicode"))),
    ("6.4", changed(lambda pdf: pdf.Root.update({"/AcroForm": pikepdf.Dictionary()}))),
    (
        "6.6.2.1",
        rewrite_metadata(b'<?xpacket begin="\xef\xbb\xbf"', b'<?xpacket bytes="9" begin="\xef\xbb\xbf"'),
    ),
    ("6.6.2.3", rewrite_metadata(b">caseNumber<", b">otherNumber<")),
    ("6.6.3", rewrite_metadata("青石桥".encode(), "青石板".encode())),
    ("6.6.4", rewrite_metadata(b"<pdfaid:part>2", b"<pdfaid:part>1")),
]


@pytest.mark.parametrize(
    ("clause", "spoil"), FAULTS, ids=[f"{n}-{clause}" for n, (clause, _) in enumerate(FAULTS)]
)
def test_the_rules_of_the_archive_find_what_breaks_them(
    receipt: Receipt, chinese: Say, clause: str, spoil: Callable[[bytes], bytes]
) -> None:
    spoilt = spoil(receipt_pdf(receipt, chinese))
    assert any(breach.startswith(clause) for breach in breaches(spoilt)), breaches(spoilt)


def test_a_file_of_plain_reportlab_breaks_many_rules() -> None:
    broken = {breach.split(":")[0] for breach in breaches(plain_reportlab())}
    assert len(broken) >= 7, set(RULES) - broken
