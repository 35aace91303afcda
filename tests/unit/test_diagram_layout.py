"""Every workflow is drawn so that it can be read: nothing overlaps, no line runs through anything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.lettering import Lettering
from station_desk.catalogue.diagram.shapes import Direction
from station_desk.catalogue.diagram.workflow import Task, Way, Workflow, WorkflowBroken
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.workflow_words import workflow_of
from tests.unit.drawn import CATALOGUE, HOSTILE, PLAIN, THREE_WAYS, blemishes, workflow_with, workflows

DIRECTIONS: tuple[Direction, ...] = ("wide", "tall")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_no_published_workflow_has_an_overlap_or_a_line_through_anything(
    direction: Direction, language: str
) -> None:
    texts = Texts(RESOURCES / "i18n", language)
    drawn = {code: laid_out(workflow_of(item, texts), direction) for code, item in CATALOGUE.items.items()}
    assert len(drawn) >= 83
    assert {code: found for code, diagram in drawn.items() if (found := blemishes(diagram))} == {}


@settings(max_examples=60)
@given(workflow=workflows(), direction=st.sampled_from(DIRECTIONS))
def test_no_workflow_whatever_has_one(workflow: Workflow, direction: Direction) -> None:
    assert blemishes(laid_out(workflow, direction)) == []


SWAP = workflow_with(
    [
        Task("start-a", "收件", "clerk", "即时", (Way("left", "甲"), Way("right", "乙"))),
        Task("left", "登记", "clerk", "1 日", (Way("under"),)),
        Task("right", "调查", "county", "1 日", (Way("over"),)),
        Task("under", "确认", "county", "1 日", (Way("end"),)),
        Task("over", "告知", "clerk", "1 日", (Way("end"),)),
    ]
)
"""Two papers that change places between two desks at the same time."""


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_flows_that_change_places_do_not_run_on_one_line(direction: Direction) -> None:
    diagram = laid_out(SWAP, direction)
    assert blemishes(diagram) == []
    aside = [f for f in diagram.flows if f.points[-1][1] != diagram.shapes[f.target].box.middle[1]]
    assert direction == "tall" or len(aside) == 1


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_same_workflow_always_has_the_same_geometry(direction: Direction) -> None:
    workflow = workflow_of(THREE_WAYS, Texts(RESOURCES / "i18n", "zh-Hans"))
    diagram = laid_out(workflow, direction)
    assert diagram == laid_out(workflow, direction)
    assert blemishes(diagram) == []


def test_a_wide_diagram_has_a_lane_for_each_role_and_a_tall_one_names_it_in_each_task() -> None:
    workflow = workflow_of(CATALOGUE.items["SA-002"], Texts(RESOURCES / "i18n", "zh-Hans"))
    wide, tall = laid_out(workflow, "wide"), laid_out(workflow, "tall")
    assert [lane.role for lane in wide.lanes] == ["clerk", "township", "committee", "county"]
    assert {s.role for s in wide.shapes} == {"clerk", "township", "committee", "county"}
    notice = [w.text for s in tall.shapes if s.task == "public-notice" for w in s.words]
    assert (tall.lanes, notice) == ((), ["公示", "居（村）委会", "7 日"])
    assert wide.width > wide.height
    assert tall.height > tall.width


def test_the_ways_of_a_gateway_say_when_they_are_taken() -> None:
    diagram = laid_out(workflow_of(CATALOGUE.items["SA-002"], Texts(RESOURCES / "i18n", "en")), "wide")
    said = {" ".join(w.text for w in f.words): f.to for f in diagram.flows if f.words}
    assert said == {
        "the applicant is of age": "public-notice",
        "a minor (no public notice)": "county-decision",
        "agreed": "end",
        "not agreed": "written-refusal",
    }


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_whoever_measures_words_gets_a_drawing_without_fault(direction: Direction) -> None:
    def broad(text: str, lettering: Lettering) -> float:
        return 1.7 * lettering.size * len(text)

    workflow = workflow_of(THREE_WAYS, Texts(RESOURCES / "i18n", "zh-Hans"))
    assert blemishes(laid_out(workflow, direction, broad)) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_hostile_words_are_drawn_as_words(direction: Direction) -> None:
    ways = (Way("b", HOSTILE), Way("end", HOSTILE * 3))
    workflow = workflow_with([Task("a", HOSTILE, "clerk", HOSTILE, ways), Task("b", "x" * 300, "bank", "")])
    diagram = laid_out(workflow, direction)
    assert blemishes(diagram) == []
    name = [w.text for s in diagram.shapes if s.task == "a" for w in s.words if w.lettering.bold]
    assert "".join(name).replace(" ", "") == PLAIN.replace(" ", "")


@pytest.mark.parametrize(
    "ways",
    [
        {"a": ("b",), "b": ("a",)},
        {"a": ("a", "end")},
        {"a": ("nowhere",)},
        {"a": ("end",), "b": ("end",)},
        {"end": ("end",)},
        {},
    ],
    ids=["circle", "itself", "nowhere", "not reached", "called end", "no step"],
)
def test_steps_that_cannot_be_drawn_are_refused_in_words(ways: dict[str, tuple[str, ...]]) -> None:
    tasks = [Task(id_, "步", "clerk", "", tuple(Way(to, "x") for to in out)) for id_, out in ways.items()]
    with pytest.raises(WorkflowBroken):
        laid_out(workflow_with(tasks), "wide")


def test_two_steps_of_one_name_are_refused() -> None:
    with pytest.raises(WorkflowBroken):
        laid_out(workflow_with([Task("a", "甲", "clerk", ""), Task("a", "乙", "clerk", "")]), "tall")
