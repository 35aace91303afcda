"""The published workflow as a diagram: in lanes from left to right where there is room, else downwards."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.outlines import PEN, Outline, Part
from station_desk.catalogue.diagram.shapes import LABEL, NAME, ROLE, UNDER, Diagram, Words
from station_desk.catalogue.diagram.sheets import sheets_of
from station_desk.catalogue.diagram.workflow import Workflow
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Palette

MARGIN = 2
"""The lines at the edges are painted whole."""


@dataclass(frozen=True, slots=True)
class PaintedPath:
    """A line on the widget, in its pixels."""

    part: Part
    path: QPainterPath


@dataclass(frozen=True, slots=True)
class PaintedWords:
    """Words on the widget: where they begin, in which font and colour."""

    words: Words
    start: QPointF
    font: QFont
    colour: str


@dataclass(frozen=True, slots=True)
class Painting:
    """A diagram made ready to be painted at one scale."""

    size: QSize
    paths: tuple[PaintedPath, ...]
    words: tuple[PaintedWords, ...]


class WorkflowView(QWidget):
    """Paints a workflow; a screen reader reads its steps as a text."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._wide: Painting | None = None
        self._tall: Painting | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_workflow(self, workflow: Workflow) -> None:
        """Shows this workflow. Raises WorkflowBroken."""
        self._wide = _painting(laid_out(workflow, "wide"), self._look)
        self._tall = _painting(laid_out(workflow, "tall"), self._look)
        self.setAccessibleName(workflow.title)
        self.setAccessibleDescription(workflow.description)
        self.updateGeometry()
        self.update()

    def painting(self, width: int) -> Painting | None:
        """What is painted at a width of the widget; None while there is no workflow."""
        if self._wide and self._wide.size.width() <= width:
            return self._wide
        return self._tall

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        painting = self.painting(width)
        return painting.size.height() if painting else 0

    def sizeHint(self) -> QSize:
        return self._wide.size if self._wide else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        if self._tall is None:
            return QSize(0, 0)
        least = self._tall.size.width()
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painting = self.painting(self.width())
        if painting is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        factor, colours = self._look.sizes.factor, self._look.palette
        for painted in painting.paths:
            pen, brush = _colours(painted.part, colours)
            thick = PEN[painted.part] * factor
            painter.setPen(QPen(QColor(pen), thick) if thick else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(QColor(brush) if brush else Qt.BrushStyle.NoBrush)
            painter.drawPath(painted.path)
        for line in painting.words:
            painter.setFont(line.font)
            painter.setPen(QColor(line.colour))
            painter.drawText(line.start, line.words.text)


def _painting(diagram: Diagram, look: Look) -> Painting:
    factor = look.sizes.factor
    whole = sheets_of(diagram, diagram.height)[0]
    size = QSize(round(diagram.width * factor) + 2 * MARGIN, round(diagram.height * factor) + 2 * MARGIN)
    paths = tuple(PaintedPath(outline.part, _path(outline, factor)) for outline in whole.outlines)
    return Painting(size, paths, tuple(_words(words, look) for words in whole.words))


def _path(outline: Outline, factor: float) -> QPainterPath:
    path = QPainterPath()
    for name, points in outline.steps:
        placed = [_placed(x, y, factor) for x, y in points]
        match name:
            case "M":
                path.moveTo(placed[0])
            case "L":
                path.lineTo(placed[0])
            case "C":
                path.cubicTo(*placed)
            case "Z":
                path.closeSubpath()
    return path


def _words(words: Words, look: Look) -> PaintedWords:
    size = look.px(words.lettering.size)
    font = look.bold(size) if words.lettering.bold else look.font(size)
    start = _placed(words.x, words.baseline, look.sizes.factor)
    if words.anchor == "middle":
        start -= QPointF(QFontMetricsF(font).horizontalAdvance(words.text) / 2, 0)
    colours = {
        NAME: look.palette.ink, ROLE: look.palette.ink, UNDER: look.palette.muted, LABEL: look.palette.muted
    }  # fmt: skip
    return PaintedWords(words, start, font, colours[words.lettering])


def _placed(x: float, y: float, factor: float) -> QPointF:
    return QPointF(MARGIN + x * factor, MARGIN + y * factor)


def _colours(part: Part, colours: Palette) -> tuple[str, str]:
    """The colour of the line of a part and of its ground; an empty one is left out."""
    match part:
        case "role":
            return "", colours.raised
        case "lane":
            return colours.line, ""
        case "frame":
            return colours.strong_line, ""
        case "task":
            return colours.strong_line, colours.surface
        case "start" | "end":
            return colours.accent, colours.surface
        case "gateway":
            return colours.accent, colours.accent_soft
        case "cross":
            return colours.accent, ""
        case "flow":
            return colours.muted, ""
        case "arrow":
            return "", colours.muted
