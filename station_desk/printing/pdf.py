"""Makes the PDF of finished pages: all type embedded, text that can be searched and read aloud, stable bytes.

The same pages give the same bytes, so that a reprint can be compared with what was handed out.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import XMP, PDFArray
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from station_desk.printing import archive, fonts
from station_desk.printing.archive import About
from station_desk.printing.page import MM, Code, Format, Mark, Rule, Words

__all__ = ["About", "pdf_of"]

BYTES_ARE_FINE = 0
"""No ASCII85 around the compressed parts: it is slow to write, a quarter longer, and of use to no printer."""

BOLDER = 0.025
"""How much thicker the letters of a font without a bold are drawn, in em."""

_ONE_AT_A_TIME = Lock()
"""reportlab cuts the embedded fonts out of one font object that holds a reading position."""


def pdf_of(pages: Sequence[Sequence[Mark]], sheet: Format, about: About) -> bytes:
    """The PDF of the pages."""
    with _ONE_AT_A_TIME:
        rl_config.useA85 = BYTES_ARE_FINE
        into = BytesIO()
        paper = _Paper(into, sheet, about)
        for marks in pages:
            _draw(paper, marks, sheet.height)
            paper.showPage()
        paper.save()
        return archive.with_identifier(into.getvalue())


class _Paper(Canvas):
    """A PDF that says what it is and is fit for the archive."""

    _doc: Any

    def __init__(self, into: BytesIO, sheet: Format, about: About) -> None:
        # Without a font of ours to begin with, reportlab names Helvetica in the file and does not embed it.
        font = fonts.font(fonts.CHAINS["regular"][0])
        settings: dict[str, Any] = {"initialFontName": font.fontName, "lang": about.language}
        settings |= {"pdfVersion": archive.VERSION, "pageCompression": 1, "invariant": 1}
        super().__init__(into, pagesize=(sheet.width * MM, sheet.height * MM), **settings)
        self.setViewerPreference("DisplayDocTitle", "true")
        document = self._doc
        catalogue = document.Catalog
        catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
        catalogue.OutputIntents = PDFArray([archive.output_intent()])
        catalogue.Metadata = XMP(creator=lambda _: archive.metadata(about))
        document.info = archive.Info(about)
        document.ID = lambda: archive.NO_ID


class _Type(PDFTextObject):
    """The words of a page; what reportlab's text object cannot say is said in PDF itself."""

    _code: list[str]
    _fontname: str

    def thickened(self, drawn: str, size: float, grey: float) -> None:
        """Letters of a font that has no bold: filled, and their outline drawn too."""
        self._code.append(f"2 Tr {size * BOLDER:.3f} w {grey:g} G")
        self.textOut(drawn)
        self._code.append("0 Tr")

    def marked(self, mark: str, code: str, size: float) -> None:
        """The mark for a lost character, its code point small behind it: what is seen is what is copied."""
        self.textOut(mark)
        self.setFont(self._fontname, size * fonts.CODE_SCALE)
        self.textOut(code)


def _draw(canvas: Canvas, marks: Sequence[Mark], height: float) -> None:
    lines: list[Words] = []
    for mark in marks:
        match mark:
            case Words():
                lines.append(mark)
            case Rule():
                box = _numbers(mark.x, height - mark.y - mark.height, mark.width, mark.height)
                canvas.addLiteral(f"{mark.grey} g {box} re f")
            case Code():
                canvas.addLiteral(_code(mark, height))
    canvas.drawText(_text(canvas, lines, height))


def _text(canvas: Canvas, lines: Iterable[Words], height: float) -> _Type:
    """All words of a page as one text object; grey and spacing are named only where they change."""
    text = _Type(canvas)
    text.setFillGray(0)
    grey, spacing = 0.0, 0.0
    for words in lines:
        text.setTextOrigin(round(words.x * MM, 2), round((height - words.baseline) * MM, 2))
        for run in words.line:
            lettering = run.lettering
            if lettering.grey != grey:
                text.setFillGray(grey := lettering.grey)
            if lettering.spacing != spacing:
                text.setCharSpace(spacing := lettering.spacing)
            for piece in fonts.pieces(run.text, lettering.weight):
                text.setFont(piece.font, lettering.size)
                if piece.code:
                    text.marked(piece.drawn, piece.code, lettering.size)
                elif piece.made_bold:
                    text.thickened(piece.drawn, lettering.size, lettering.grey)
                else:
                    text.textOut(piece.drawn)
    return text


def _code(code: Code, height: float) -> str:
    """One path of whole numbers under a matrix that makes a module of each unit."""
    corner = height - code.y - code.module_height * code.symbol.rows
    matrix = f"{code.module * MM:.5f} 0 0 {code.module_height * MM:.5f} {_numbers(code.x, corner)} cm"
    return f"q 0 g {matrix}\n{code.symbol.path}\nf Q"


def _numbers(*lengths: float) -> str:
    """Millimetres as points in PDF syntax."""
    return " ".join(f"{length * MM:.3f}" for length in lengths)
