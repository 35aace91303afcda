"""A diagram as SVG: alone as a file, or inside a page, whose styles may change all of it.

It holds no script and no style sheet, so the strictest page may embed it. Its colour is the text colour of
the page (`currentColor`); each part has a class, and what is set here gives way to any style of the page.
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from station_desk.catalogue.diagram.lettering import clean
from station_desk.catalogue.diagram.outlines import (
    PEN,
    Outline,
    Part,
    outlines_of_flow,
    outlines_of_lanes,
    outlines_of_shape,
)
from station_desk.catalogue.diagram.shapes import LABEL, NAME, ROLE, UNDER, Diagram, Words
from station_desk.catalogue.diagram.workflow import Workflow

FONTS = "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
FILLED: dict[Part, float] = {"role": 0.07, "arrow": 1.0, "gateway": 0.07}
"""How densely a part is filled with the text colour; the others are not."""

PALE: dict[Part, float] = {"lane": 0.25, "frame": 0.35, "task": 0.6}
"""How densely the line of a part is drawn; the others fully."""

CLASSES = {NAME: "name", UNDER: "under", LABEL: "label", ROLE: "role"}
MARGIN = 1
"""The lines at the edges are drawn whole."""


def svg_of(diagram: Diagram, workflow: Workflow, name: str = "workflow") -> str:
    """The diagram of a workflow as an `svg` element; `name` begins its ids, unlike all others of a page."""
    return "\n".join(_lines(diagram, workflow, name)) + "\n"


def _lines(diagram: Diagram, workflow: Workflow, name: str) -> Iterator[str]:
    width, height = diagram.width + 2 * MARGIN, diagram.height + 2 * MARGIN
    ids = quoteattr(f"{name}-title {name}-desc")
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-MARGIN} {-MARGIN} {_n(width)} {_n(height)}"'
        f' width="{_n(width)}" height="{_n(height)}" role="img" aria-labelledby={ids}'
        f' class="workflow workflow-{diagram.direction}" lang={quoteattr(workflow.language)}'
        f' fill="none" stroke="currentColor" stroke-linejoin="round" font-family="{FONTS}">'
    )
    yield f"<title id={quoteattr(f'{name}-title')}>{escape(clean(workflow.title))}</title>"
    said = "\n".join(escape(clean(line)) for line in workflow.description.splitlines())
    yield f"<desc id={quoteattr(f'{name}-desc')}>{said}</desc>"
    if diagram.lanes:
        words = [line for lane in diagram.lanes for line in lane.words]
        yield from _group("lanes", "", outlines_of_lanes(diagram), words)
    for flow in diagram.flows:
        yield from _group("flow", "", outlines_of_flow(flow), flow.words)
    for shape in diagram.shapes:
        yield from _group(shape.kind, shape.task, outlines_of_shape(shape), shape.words)
    yield "</svg>"


def _group(part: str, step: str, outlines: Iterable[Outline], words: Iterable[Words]) -> Iterator[str]:
    of_step = f" data-step={quoteattr(clean(step))}" if step else ""
    yield f'<g class="workflow-{part}"{of_step}>'
    yield from map(_path, outlines)
    yield from map(_text, words)
    yield "</g>"


def _path(outline: Outline) -> str:
    steps = "".join(name + " ".join(f"{_n(x)},{_n(y)}" for x, y in points) for name, points in outline.steps)
    pen, filled = PEN[outline.part], FILLED.get(outline.part, 0)
    drawn = f' stroke-width="{_n(pen)}"' if pen else ' stroke="none"'
    pale = f' stroke-opacity="{PALE[outline.part]}"' if outline.part in PALE else ""
    fill = f' fill="currentColor" fill-opacity="{_n(filled)}"' if filled else ""
    return f'<path class="workflow-{outline.part}-line" d="{steps}"{drawn}{pale}{fill}/>'


def _text(words: Words) -> str:
    lettering = words.lettering
    weight = ' font-weight="700"' if lettering.bold else ' fill-opacity="0.8"'
    return (
        f'<text class="workflow-{CLASSES[lettering]}" x="{_n(words.x)}" y="{_n(words.baseline)}"'
        f' text-anchor="{words.anchor}" font-size="{lettering.size}"{weight}'
        f' fill="currentColor" stroke="none">{escape(words.text)}</text>'
    )


def _n(number: float) -> str:
    """A number as short as it is: 12, 12.5."""
    return f"{number:.3f}".rstrip("0").rstrip(".")
