"""A diagram as SVG: sound, told to those who do not see it, without code, fit for the strictest page."""

import re
from xml.etree import ElementTree as ET

import pytest

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.shapes import Diagram
from station_desk.catalogue.diagram.svg import svg_of
from station_desk.catalogue.diagram.workflow import Task, Way, Workflow
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.workflow_words import workflow_of
from tests.unit.drawn import CATALOGUE, HOSTILE, PLAIN

SVG = "{http://www.w3.org/2000/svg}"


def drawn(workflow: Workflow, name: str = "workflow") -> ET.Element:
    return ET.fromstring(svg_of(laid_out(workflow, "wide"), workflow, name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_of_every_item_is_told_in_words(language: str) -> None:
    texts = Texts(RESOURCES / "i18n", language)
    for item in CATALOGUE.items.values():
        root = drawn(workflow_of(item, texts), f"w-{item.code}")
        title, desc = root.findtext(f"{SVG}title") or "", root.findtext(f"{SVG}desc") or ""
        assert item.code in title
        assert len(desc.splitlines()) == len(item.step)
        ids = {element.get("id") for element in root if element.get("id")}
        assert root.get("role") == "img"
        assert ids == {f"w-{item.code}-title", f"w-{item.code}-desc"}
        assert set((root.get("aria-labelledby") or "").split()) == ids
        assert root.get("lang") == language


def test_the_description_tells_the_way_from_step_to_step() -> None:
    workflow = workflow_of(CATALOGUE.items["SA-002"], Texts(RESOURCES / "i18n", "en"))
    desc = drawn(workflow).findtext(f"{SVG}desc") or ""
    assert desc.splitlines()[1] == (
        "2. Survey and preliminary review (subdistrict, 15 working days), then: "
        "if the applicant is of age: Public notice; if a minor (no public notice): County confirmation."
    )


def test_no_page_is_too_strict_for_it() -> None:
    text = svg_of(*_both(workflow_of(CATALOGUE.items["SA-002"], Texts(RESOURCES / "i18n", "zh-Hans"))))
    tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(text).iter()}
    assert tags == {"svg", "title", "desc", "g", "path", "text"}
    assert re.findall(r"style=|\son\w+=|href|url\(", text) == []
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text))
    assert colours == {"currentColor", "none"}


def test_hostile_words_stay_words() -> None:
    ways = (Way("b", HOSTILE), Way("end", HOSTILE))
    tasks = (Task("a", HOSTILE, "clerk", HOSTILE, ways), Task("b", "x", "bank", "y"))
    workflow = Workflow(HOSTILE, HOSTILE, '"><script>', HOSTILE, HOSTILE, {"clerk": HOSTILE}, tasks)
    root = drawn(workflow, '"><script>')
    assert {e.tag.removeprefix(SVG) for e in root.iter()} == {"svg", "title", "desc", "g", "path", "text"}
    assert root.findtext(f"{SVG}title") == PLAIN
    lines = [e.text or "" for e in root.iter(f"{SVG}text") if e.get("class") == "workflow-name"]
    assert "".join(lines[:-1]).replace(" ", "") == PLAIN.replace(" ", "")


def _both(workflow: Workflow) -> tuple[Diagram, Workflow]:
    return laid_out(workflow, "tall"), workflow
