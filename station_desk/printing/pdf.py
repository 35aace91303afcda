"""Makes the PDF of finished pages: all type embedded, text that can be searched and read aloud, stable bytes.

The same pages give the same bytes, so that a reprint can be compared with what was handed out. The file is
written by ourselves, out of a few kinds of marks: reportlab's general way takes twice as long, and what it
writes breaks rules of the archive. We use its reading and cutting of fonts.
"""

from collections.abc import Iterable, Sequence

from station_desk.printing import archive, fonts
from station_desk.printing.archive import About
from station_desk.printing.embedding import Cuts
from station_desk.printing.page import MM, Band, Code, Format, Mark, Outline, Rule, Words
from station_desk.printing.pdf_file import PdfFile

__all__ = ["About", "pdf_of"]

BOLDER = 0.025
"""How much thicker the letters of a font without a bold are drawn, in em."""


def pdf_of(pages: Sequence[Sequence[Mark]], sheet: Format, about: About) -> bytes:
    """The PDF of the pages."""
    file, cuts = PdfFile(), Cuts()
    tree, resources = file.reserve(), file.reserve()
    # So fine that a sheet of whole dots stays one: a picture of it would get one more row of dots.
    box = f"0 0 {sheet.width * MM:.6f} {sheet.height * MM:.6f}"
    kids = [
        file.add(
            f"<</Type/Page/Parent {tree} 0 R/MediaBox[{box}]/Resources {resources} 0 R"
            f"/Contents {file.add_packed(_content(marks, sheet.height, cuts))} 0 R>>"
        )
        for marks in pages
    ]
    file.put(resources, f"<</Font {cuts.embed(file)} 0 R>>")
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    file.put(tree, f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>")
    info, keys = archive.describe(file, about)
    return file.whole(file.add(f"<</Type/Catalog/Pages {tree} 0 R{keys}>>"), info)


def _content(marks: Sequence[Mark], height: float, cuts: Cuts) -> bytes:
    """What a page draws: rules and codes, then all words as one text."""
    drawn: list[str] = []
    words: list[Words] = []
    for mark in marks:
        match mark:
            case Words():
                words.append(mark)
            case Rule():
                box = _numbers(mark.x, height - mark.y - mark.height, mark.width, mark.height)
                drawn.append(f"{mark.grey:g} g {box} re f")
            case Code():
                drawn.append(_code(mark, height))
            case Outline():
                drawn.append(_outline(mark, height))
            case Band():
                red, green, blue = (f"{part:.3f}" for part in mark.colour)
                box = _numbers(mark.x, height - mark.y - mark.height, mark.width, mark.height)
                drawn.append(f"q {red} {green} {blue} rg {box} re f Q")
    drawn += ["BT 0 g", *_text(words, height, cuts), "ET"]
    return "\n".join(drawn).encode("ascii")


def _text(lines: Iterable[Words], height: float, cuts: Cuts) -> Iterable[str]:
    """The operators that show words; what stays the same from run to run is not said again."""
    grey, spacing, set_in = 0.0, 0.0, ""
    for words in lines:
        yield f"1 0 0 1 {words.x * MM:.2f} {(height - words.baseline) * MM:.2f} Tm"
        for run in words.line:
            lettering = run.lettering
            if lettering.grey != grey:
                yield f"{(grey := lettering.grey):g} g"
            if lettering.spacing != spacing:
                yield f"{(spacing := lettering.spacing):g} Tc"
            for piece in fonts.pieces(run.text, lettering.weight):
                if piece.made_bold:
                    yield f"2 Tr {lettering.size * BOLDER:.3f} w {grey:g} G"
                for letters, size in piece.sized(lettering.size):
                    for name, codes in cuts.codes(piece.font, letters):
                        if (wanted := f"/{name} {size:g} Tf") != set_in:
                            yield (set_in := wanted)
                        yield f"<{codes.hex()}> Tj"
                if piece.made_bold:
                    yield "0 Tr"


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
    pen = f"{outline.grey:g} G {_numbers(outline.thickness)} w 1 j " if outline.thickness else ""
    ground = "" if outline.filled is None else f"{outline.filled:g} g "
    paint = ("B" if ground else "S") if pen else "f"
    return f"q {pen}{ground}{path} {paint} Q"


def _numbers(*lengths: float) -> str:
    """Millimetres as points in PDF syntax."""
    return " ".join(f"{length * MM:.3f}" for length in lengths)
