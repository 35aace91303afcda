"""The workflow on the screen: the geometry of paper and web page, nothing cut, told to a screen reader."""

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import product
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from PySide6.QtGui import QAccessible, QFontMetricsF, QImage, QPainterPath
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.lettering import widest
from station_desk.catalogue.diagram.shapes import Diagram, Direction
from station_desk.catalogue.diagram.sheets import sheets_of
from station_desk.catalogue.diagram.svg import svg_of
from station_desk.catalogue.diagram.workflow import Workflow
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.workflow_words import workflow_of
from station_desk.printing.page import A4_PORTRAIT, MM, Pages
from station_desk.printing.page import Words as Set
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.workflow_page import set_sheet
from station_desk.ui.look.fonts import load_fonts
from station_desk.ui.look.look import Look, look_of
from station_desk.ui.look.palette import Theme
from station_desk.ui.shared.workflow_view import MARGIN, WorkflowView

ITEMS = read_catalogue(FORMS).items
DIRECTIONS: tuple[Direction, ...] = ("wide", "tall")
BRANCHING = ("SA-001", "SA-002", "SA-003", "HF-001", "LS-005", "PS-001")
SVG = "{http://www.w3.org/2000/svg}"
LEFT, TOP, UNIT = 12.0, 20.0, 0.13
"""Where the paper of the comparison has its diagram, and how long its unit is, in millimetres."""

Placed = list[tuple[str, tuple[float, float]]]


def workflow(code: str, language: str = "zh-Hans") -> Workflow:
    return workflow_of(ITEMS[code], Texts(RESOURCES / "i18n", language))


def look(theme: Theme = "light", factor: float = 1.0) -> Look:
    return look_of(theme, factor, load_fonts(RESOURCES / "fonts"))


def view_of(shown: Workflow, qtbot: QtBot, with_look: Look) -> WorkflowView:
    view = WorkflowView(with_look)
    qtbot.addWidget(view)
    view.show_workflow(shown)
    return view


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("code", BRANCHING)
def test_screen_paper_and_web_page_have_one_geometry(code: str, direction: Direction, qtbot: QtBot) -> None:
    shown = workflow(code)
    diagram = laid_out(shown, direction)
    view = view_of(shown, qtbot, look(factor=1.5))
    width = 10_000 if direction == "wide" else 1
    on_web, on_paper, on_screen = web_lines(diagram, shown), paper_lines(diagram), screen_lines(view, width)
    assert len(on_web) > 10
    assert on_paper == pytest.approx(on_web, abs=0.01)
    assert on_screen == pytest.approx(on_web, abs=0.01)
    words = web_words(diagram, shown)
    for others in (paper_words(diagram), screen_words(view, width)):
        assert [text for text, _ in others] == [text for text, _ in words]
        places = [number for _, place in words for number in place]
        assert [number for _, place in others for number in place] == pytest.approx(places, abs=0.02)


def web_lines(diagram: Diagram, shown: Workflow) -> list[float]:
    """All coordinates of all lines of the SVG, as they stand in it."""
    root = ET.fromstring(svg_of(diagram, shown))
    paths = " ".join(path.get("d", "") for path in root.iter(f"{SVG}path"))
    return [float(number) for number in re.findall(r"-?[\d.]+", paths)]


def web_words(diagram: Diagram, shown: Workflow) -> Placed:
    root = ET.fromstring(svg_of(diagram, shown))
    return [
        (text.text or "", (float(text.get("x", "")), float(text.get("y", ""))))
        for text in root.iter(f"{SVG}text")
    ]


def page_with(diagram: Diagram) -> Pages:
    pages = Pages(A4_PORTRAIT, 0, 0)
    set_sheet(pages, sheets_of(diagram, diagram.height)[0], LEFT, TOP, UNIT)
    return pages


def paper_lines(diagram: Diagram) -> list[float]:
    """All coordinates in the content stream of the PDF, in the units of the diagram."""
    pdf = pdf_of(page_with(diagram).marks, A4_PORTRAIT, About("", "", "zh-Hans"))
    with pikepdf.open(BytesIO(pdf)) as document:
        content: Any = pikepdf.parse_content_stream(document.pages[0])
    found: list[float] = []
    for operands, operator in content:
        if str(operator) in ("m", "l", "c"):
            numbers = [float(operand) / MM for operand in operands]
            for x, y in zip(numbers[::2], numbers[1::2], strict=True):
                found += [(x - LEFT) / UNIT, (A4_PORTRAIT.height - y - TOP) / UNIT]
    return found


def paper_words(diagram: Diagram) -> Placed:
    """The words set on the page: their middle where the diagram places a middle."""
    anchors = [words.anchor for words in sheets_of(diagram, diagram.height)[0].words]
    lines = [mark for mark in page_with(diagram).marks[0] if isinstance(mark, Set)]
    return [
        (
            mark.line[0].text,
            (
                (mark.x + (mark.line[0].width / MM / 2 if anchor == "middle" else 0) - LEFT) / UNIT,
                (mark.baseline - TOP) / UNIT,
            ),
        )
        for mark, anchor in zip(lines, anchors, strict=True)
    ]


def screen_lines(view: WorkflowView, width: int) -> list[float]:
    """All coordinates of what the widget paints, in the units of the diagram."""
    painting = view.painting(width)
    assert painting
    return [number for painted in painting.paths for point in _points(painted.path) for number in point]


def _points(path: QPainterPath) -> Sequence[tuple[float, float]]:
    elements = [path.elementAt(place) for place in range(path.elementCount())]
    points = [((e.x - MARGIN) / 1.5, (e.y - MARGIN) / 1.5) for e in elements]
    # Qt writes the closing of a path as a line to its start.
    return points[:-1] if elements[-1].isLineTo() and points[-1] == points[0] else points


def screen_words(view: WorkflowView, width: int) -> Placed:
    painting = view.painting(width)
    assert painting
    placed = []
    for painted in painting.words:
        half = QFontMetricsF(painted.font).horizontalAdvance(painted.words.text) / 2
        x = painted.start.x() + (half if painted.words.anchor == "middle" else 0)
        placed.append((painted.words.text, ((x - MARGIN) / 1.5, (painted.start.y() - MARGIN) / 1.5)))
    return placed


@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_off_at_any_size_of_text(language: str, factor: float, qtbot: QtBot) -> None:
    enlarged = look(factor=factor)
    for code in BRANCHING:
        view = view_of(workflow(code, language), qtbot, enlarged)
        for width in (1, 10_000):
            painting = view.painting(width)
            assert painting
            for painted in painting.words:
                metrics = QFontMetricsF(painted.font)
                room = widest(painted.words.text, painted.words.lettering) * factor
                assert metrics.horizontalAdvance(painted.words.text) <= room * 1.03
                assert painted.start.x() >= 0
                assert painted.start.y() - metrics.capHeight() >= 0
                end = painted.start.x() + metrics.horizontalAdvance(painted.words.text)
                assert end <= painting.size.width()
                assert painted.start.y() + metrics.descent() <= painting.size.height()


def test_it_goes_downwards_where_there_is_no_room_for_lanes(qtbot: QtBot) -> None:
    view = view_of(workflow("SA-002"), qtbot, look())
    wide, tall = view.painting(10_000), view.painting(300)
    assert wide
    assert tall
    assert (view.heightForWidth(10_000), view.heightForWidth(300)) == (wide.size.height(), tall.size.height())
    assert view.painting(wide.size.width()) is wide
    assert view.painting(wide.size.width() - 1) is tall
    assert tall.size.width() <= 300 < wide.size.width()


def test_where_even_that_is_too_wide_it_can_be_scrolled_to(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    view = view_of(workflow("SA-002"), qtbot, look(factor=1.5))
    area.setWidgetResizable(True)
    area.setWidget(view)
    area.resize(200, 200)
    area.show()
    painting = view.painting(view.width())
    assert painting
    assert view.width() >= painting.size.width() > 200
    assert view.height() >= painting.size.height()


def test_a_screen_reader_reads_the_steps(qtbot: QtBot) -> None:
    shown = workflow("SA-003", "en")
    view = view_of(shown, qtbot, look())
    found = QAccessible.queryAccessibleInterface(view)
    assert found.text(QAccessible.Text.Name) == shown.title
    assert found.text(QAccessible.Text.Description) == shown.description
    assert "if urgent need: Urgent relief" in shown.description


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_it_is_painted_in_the_colours_of_the_theme(theme: Theme, qtbot: QtBot) -> None:
    colours = look(theme).palette
    view = view_of(workflow("HF-001"), qtbot, look(theme))
    view.resize(view.sizeHint())
    picture = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    places = product(range(picture.width()), range(picture.height()))
    painted = {picture.pixelColor(*place).name() for place in places}
    wanted = {colours.surface, colours.accent_soft, colours.raised, colours.muted}
    assert {colour.lower() for colour in wanted} - painted == set()
