"""The workflow on paper: whole, readable, and on further sheets where one would be too short."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.lettering import widest
from station_desk.catalogue.diagram.shapes import Diagram
from station_desk.catalogue.diagram.sheets import sheets_of
from station_desk.catalogue.diagram.workflow import Task, Way, Workflow
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Say, Texts
from station_desk.counter.workflow_words import workflow_of
from station_desk.printing import fonts
from station_desk.printing.workflow_page import workflow_pdf
from tests.unit.drawn import THREE_WAYS

ITEMS = read_catalogue(FORMS).items
PUBLISHER = "青石区政务服务管理办公室"
ReadPages = Callable[[bytes], list[str]]
TEXTS = Texts(RESOURCES / "i18n", "zh-Hans")


def workflow(code: str, language: str = "zh-Hans") -> Workflow:
    return workflow_of(ITEMS[code], Texts(RESOURCES / "i18n", language))


def long_workflow(count: int) -> Workflow:
    """So many steps that one sheet is too short, some of them passed over."""
    ids = [f"step-{number}" for number in range(count)]
    tasks = [
        Task(
            id_,
            f"第{place}步",
            "county",
            "3 个工作日",
            (Way(ids[place + 1], "继续"), Way(ids[place + 3], "跳过"))
            if place % 5 == 2 and place + 3 < count
            else (),
        )
        for place, id_ in enumerate(ids)
    ]
    return Workflow("长事项", "说明", "zh-Hans", "申请", "办结", {"county": "区县部门"}, tuple(tasks))


def broad_workflow() -> Workflow:
    """Tall tasks beside short labels and gateways."""
    shown = workflow_of(THREE_WAYS, TEXTS)
    return replace(shown, tasks=tuple(replace(task, name="须长时间审核的步骤" * 5) for task in shown.tasks))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_of_our_papers_and_windows_keeps_within_the_reckoned_widths(language: str) -> None:
    too_wide = []
    for code in ITEMS:
        diagram = laid_out(workflow(code, language), "tall")
        lines = [w for s in diagram.shapes for w in s.words] + [w for f in diagram.flows for w in f.words]
        for words in lines:
            weight: fonts.Weight = "bold" if words.lettering.bold else "regular"
            drawn = fonts.width(words.text, weight, words.lettering.size)
            if drawn > widest(words.text, words.lettering):
                too_wide.append((code, words.text))
    assert too_wide == []


def test_every_step_stands_on_the_paper_with_who_and_how_long(text_of: ReadPages, say: Say) -> None:
    shown = workflow("SA-002", say("paper.language"))
    (page,) = text_of(workflow_pdf(shown, PUBLISHER, "2026.11", say))
    flat = re.sub(r"\s", "", page)
    wanted = [shown.title, shown.start, shown.end, "2026.11", *shown.roles.values()]
    wanted += [text for task in shown.tasks for text in (task.name, task.limit)]
    wanted += [way.when for task in shown.tasks for way in task.next]
    assert [text for text in wanted if re.sub(r"\s", "", text) not in flat] == []


def test_the_same_workflow_gives_the_same_sound_bytes(chinese: Say) -> None:
    pdf = workflow_pdf(workflow("SA-003"), PUBLISHER, "2026.11", chinese)
    assert pdf == workflow_pdf(workflow("SA-003"), PUBLISHER, "2026.11", chinese)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []


def test_a_long_workflow_goes_on_on_further_sheets_and_nothing_is_cut(
    text_of: ReadPages, chinese: Say
) -> None:
    long = long_workflow(40)
    pages = text_of(workflow_pdf(long, PUBLISHER, "2026.11", chinese))
    assert len(pages) > 2
    assert [task.name for task in long.tasks if sum(task.name in page.split() for page in pages) != 1] == []


@pytest.mark.parametrize("shown", [long_workflow(24), broad_workflow()], ids=["long", "broad"])
def test_sheets_cut_flows_only_and_lose_none(shown: Workflow) -> None:
    diagram = laid_out(shown, "tall")
    for length in (*range(260, 800, 11), 10_000):
        check_sheets(diagram, length)


def check_sheets(diagram: Diagram, length: float) -> None:
    sheets = sheets_of(diagram, length)
    assert (sheets[0].top, sheets[-1].bottom) == (0, diagram.height)
    assert all(sheet.bottom - sheet.top <= length for sheet in sheets)
    assert [one.bottom for one in sheets[:-1]] == [other.top for other in sheets[1:]]
    for sheet in sheets:
        heights = [y for outline in sheet.outlines for _, points in outline.steps for _, y in points]
        heights += [words.baseline for words in sheet.words]
        assert sheet.top <= min(heights)
        assert max(heights) <= sheet.bottom
    parts = [outline.part for sheet in sheets for outline in sheet.outlines]
    assert parts.count("task") == sum(shape.kind == "task" for shape in diagram.shapes)
    assert parts.count("arrow") == len(diagram.flows)
    written = [words for sheet in sheets for words in sheet.words]
    words_of = [*(shape.words for shape in diagram.shapes), *(flow.words for flow in diagram.flows)]
    assert len(written) == sum(map(len, words_of))
