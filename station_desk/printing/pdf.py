"""Makes the PDF of finished pages: all type embedded, text that can be searched and read aloud, stable bytes.

The same pages give the same bytes, so that a reprint can be compared with what was handed out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from station_desk.printing import fonts
from station_desk.printing.page import MM, Code, Format, Mark, Outline, Rule, Words

BYTES_ARE_FINE = 0
"""No ASCII85 around the compressed parts: it is slow to write, a quarter longer, and of use to no printer."""

_ONE_AT_A_TIME = Lock()
"""reportlab cuts the embedded fonts out of one font object that holds a reading position."""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself; the language (BCP 47) tells a screen reader how to speak."""

    title: str
    author: str
    language: str


def pdf_of(pages: Sequence[Sequence[Mark]], sheet: Format, about: About) -> bytes:
    """The PDF of the pages."""
    with _ONE_AT_A_TIME:
        rl_config.useA85 = BYTES_ARE_FINE
        into = BytesIO()
        canvas = _canvas(into, sheet, about)
        for marks in pages:
            _draw(canvas, marks, sheet.height)
            canvas.showPage()
        canvas.save()
        return into.getvalue()


def _canvas(into: BytesIO, sheet: Format, about: About) -> Canvas:
    # Without a font of ours to begin with, reportlab names Helvetica in the file and does not embed it.
    font = fonts.font(fonts.CHAINS["regular"][0])
    settings: dict[str, Any] = {"initialFontName": font.fontName, "lang": about.language}
    size = (sheet.width * MM, sheet.height * MM)
    canvas = Canvas(into, pagesize=size, pageCompression=1, invariant=1, **settings)
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setCreator("Station Desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


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
            case Outline():
                canvas.addLiteral(_outline(mark, height))
    canvas.drawText(_text(canvas, lines, height))


def _text(canvas: Canvas, lines: Iterable[Words], height: float) -> PDFTextObject:
    """All words of a page as one text object; grey and spacing are named only where they change."""
    text = canvas.beginText()
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
            for name, piece in fonts.pieces(run.text, lettering.weight):
                text.setFont(name, lettering.size)
                text.textOut(piece)
    return text


def _code(code: Code, height: float) -> str:
    """One path of whole numbers under a matrix that makes a module of each unit."""
    corner = height - code.y - code.module_height * code.symbol.rows
    matrix = f"{code.module * MM:.5f} 0 0 {code.module_height * MM:.5f} {_numbers(code.x, corner)} cm"
    return f"q 0 g {matrix}\n{code.symbol.path}\nf Q"


def _outline(outline: Outline, height: float) -> str:
    """A path, and whether it is drawn (S), filled (f) or both (B)."""
    operators = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    path = " ".join(
        " ".join((*(_numbers(x, height - y) for x, y in points), operators[name]))
        for name, points in outline.steps
    )
    pen = f"{outline.grey} G {_numbers(outline.thickness)} w 1 j " if outline.thickness else ""
    ground = "" if outline.filled is None else f"{outline.filled} g "
    paint = ("B" if ground else "S") if pen else "f"
    return f"q {pen}{ground}{path} {paint} Q"


def _numbers(*lengths: float) -> str:
    """Millimetres as points in PDF syntax."""
    return " ".join(f"{length * MM:.3f}" for length in lengths)
