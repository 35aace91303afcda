"""The BPMN file of an item: valid, drawn without overlaps, and run to its end by an engine that knows nothing
of us, along every way of each choice.
"""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import combinations, product
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_desk.catalogue.bpmn.names import variable_of
from station_desk.catalogue.bpmn.process import NAMESPACES, bpmn_of
from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.workflow import Workflow
from station_desk.catalogue.flow import END, followers
from station_desk.catalogue.item import Branch, Item, Words
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.workflow_words import notes_of, workflow_of
from tests.unit.drawn import CATALOGUE, HOSTILE, PLAIN, THREE_WAYS, item_with, step_of, workflows

parser: Any = import_module("SpiffWorkflow.bpmn.parser.BpmnParser")
running: Any = import_module("SpiffWorkflow.bpmn.workflow")
TaskState: Any = import_module("SpiffWorkflow.util.task").TaskState

NAMES = {name.removeprefix("xmlns:"): uri for name, uri in NAMESPACES.items()}
NC_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
SCHEMA = parser.BpmnValidator()
ALL = [*CATALOGUE.items.values(), THREE_WAYS]


def exported(item: Item, language: str = "zh-Hans") -> str:
    texts = Texts(RESOURCES / "i18n", language)
    workflow = workflow_of(item, texts)
    return bpmn_of(item, workflow, laid_out(workflow, "wide"), notes_of(item, CATALOGUE, texts))


def read(text: str) -> ET.Element:
    return ET.fromstring(text)


def ways_through(item: Item) -> Iterator[tuple[Mapping[str, str], list[str]]]:
    """Every combination of choices, and the steps that are met with it."""
    next_of = followers(item.step)
    choosing = [step for step, ways in next_of.items() if len(ways) > 1]
    for chosen in product(*(next_of[step] for step in choosing)):
        choices = dict(zip(choosing, chosen, strict=True))
        met = [item.step[0].id]
        while (here := choices.get(met[-1]) or next_of[met[-1]][0]) != END:
            met.append(here)
        yield choices, met


def run(text: str, choices: Mapping[str, str]) -> list[tuple[str, str]]:
    """The lanes and steps that an engine meets on its way to the end."""
    reader = parser.BpmnParser(validator=SCHEMA)
    reader.add_bpmn_str(text.encode())
    (process,) = reader.get_process_ids()
    workflow = running.BpmnWorkflow(reader.get_spec(process))
    workflow.data.update({variable_of(step): to for step, to in choices.items()})
    met: list[tuple[str, str]] = []
    workflow.do_engine_steps()
    while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
        (task,) = ready
        task.data.update({variable_of(step): to for step, to in choices.items()})
        met.append((task.task_spec.lane, task.task_spec.bpmn_id))
        task.run()
        workflow.do_engine_steps()
    assert workflow.is_completed()
    return met


def test_every_process_runs_to_its_end_along_every_way() -> None:
    texts = Texts(RESOURCES / "i18n", "zh-Hans")
    count = 0
    for item in ALL:
        text, roles = exported(item), {step.id: step.role for step in item.step}
        for choices, met in ways_through(item):
            expected = [(texts(f"term.role.{roles[step]}"), f"Step_{step.replace('-', '_')}") for step in met]
            assert run(text, choices) == expected, item.code
            count += 1
    assert count >= len(CATALOGUE.items) + 4


@settings(max_examples=15)
@given(workflow=workflows(most=8), data=st.data())
def test_made_up_processes_run_to_their_end_too(workflow: Workflow, data: st.DataObject) -> None:
    steps = [step_of(t.id, "clerk", *((way.to, way.when) for way in t.next)) for t in workflow.tasks]
    item = item_with(*steps)
    choices, met = data.draw(st.sampled_from(list(ways_through(item))))
    assert [step for _, step in run(exported(item), choices)] == [f"Step_{s.replace('-', '_')}" for s in met]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_are_in_the_language_that_was_asked_for(language: str) -> None:
    root = read(exported(CATALOGUE.items["SA-002"], language))
    said = {task.get("name") for task in root.iterfind(".//bpmn:userTask", NAMES)}
    steps = CATALOGUE.items["SA-002"].step
    wanted = {"zh-Hans": "hans", "zh-Hant": "hant", "en": "en"}[language]
    assert said == {getattr(step.name, wanted) for step in steps if step.id != "public-notice"}


def test_each_element_is_drawn_once_and_nothing_overlaps() -> None:
    for item in ALL:
        check_drawing(read(exported(item)))


def check_drawing(root: ET.Element) -> None:
    drawn = [shape.get("bpmnElement") for shape in root.iter(f"{{{NAMES['bpmndi']}}}BPMNShape")]
    drawn += [edge.get("bpmnElement") for edge in root.iter(f"{{{NAMES['bpmndi']}}}BPMNEdge")]
    process = root.find("bpmn:process", NAMES)
    assert process is not None
    nodes = [e.get("id") for e in process if e.find("bpmn:incoming", NAMES) is not None]
    flows = [e.get("id") for e in process.iterfind("bpmn:sequenceFlow", NAMES)]
    lanes = [e.get("id") for e in process.iterfind(".//bpmn:lane", NAMES)]
    assert sorted(map(str, drawn)) == sorted(map(str, ["Event_start", "Station", *nodes, *flows, *lanes]))
    boxes = [box for id_, box in boxes_of(root) if id_ not in (*lanes, "Station")]
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    placed = {e.text for e in process.iterfind(".//bpmn:flowNodeRef", NAMES)}
    assert placed == {"Event_start", *nodes}


def boxes_of(root: ET.Element) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The bounds of all shapes, and of all labels of shapes and flows."""
    for thing in root.iter():
        if thing.tag in (f"{{{NAMES['bpmndi']}}}BPMNShape", f"{{{NAMES['bpmndi']}}}BPMNEdge"):
            for bounds in thing.iter(f"{{{NAMES['dc']}}}Bounds"):
                box = tuple(float(bounds.get(name, "nan")) for name in ("x", "y", "width", "height"))
                yield thing.get("bpmnElement", ""), box


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    (x, y, w, h), (u, v, a, b) = one, other
    return x < u + a and u < x + w and y < v + b and v < y + h


def test_each_choice_has_a_default_way_and_conditions_for_the_others() -> None:
    root = read(exported(THREE_WAYS))
    flows = {flow.get("id"): flow for flow in root.iterfind(".//bpmn:sequenceFlow", NAMES)}
    gateways = root.findall(".//bpmn:exclusiveGateway", NAMES)
    assert len(gateways) == 3
    for gateway in gateways:
        out = [str(e.text) for e in gateway.iterfind("bpmn:outgoing", NAMES)]
        free = [id_ for id_ in out if flows[id_].find("bpmn:conditionExpression", NAMES) is None]
        assert free == [gateway.get("default")]
        assert all(flows[id_].get("name") for id_ in out)
    conditions = [e.text for e in root.iterfind(".//bpmn:conditionExpression", NAMES)]
    assert sorted(map(str, conditions)) == [
        'way_expert == "end"',
        'way_notice == "hearing"',
        'way_review == "expert"',
        'way_review == "survey"',
    ]


def test_each_step_documents_its_role_limit_and_work_and_what_is_special() -> None:
    root = read(exported(CATALOGUE.items["LS-005"], "zh-Hans"))
    notice = root.find(".//bpmn:manualTask", NAMES)
    assert notice is not None
    assert notice.findtext("bpmn:documentation", None, NAMES) == (
        "办理：区县部门\n时限：5 个工作日\n内容：公示\n本步骤的时间不计入承诺时限。\n"
        "公示只可显示：申请人（隐去部分姓名）、事项、结果。"
    )
    data = notice.find("bpmn:extensionElements/desk:step", NAMES)
    assert data is not None
    assert data.attrib == {
        "id": "public-notice",
        "role": "county",
        "limit": "5",
        "unit": "wd",
        "clock": "stop",
    }


def test_hostile_words_stay_words_and_ids_stay_names() -> None:
    words = Words(HOSTILE, HOSTILE, HOSTILE)
    ways = (Branch("b/../<c>", words), Branch("end", words))
    first = step_of('a" or "1', "clerk", name=HOSTILE)
    first = msgspec.structs.replace(first, action=HOSTILE, next=ways)
    item = item_with(first, step_of("b/../<c>", "bank", name=HOSTILE))
    item = msgspec.structs.replace(item, code='X&"-1', name=words)
    text = exported(item)
    root = read(text)
    assert [e.get("name") for e in root.iterfind(".//bpmn:userTask", NAMES)] == []
    assert {e.get("name") for e in root.iterfind(".//bpmn:manualTask", NAMES)} == {PLAIN}
    assert [NC_NAME.fullmatch(e.get("id", "a")) for e in root.iter() if "desk" not in e.tag].count(None) == 0
    assert [step for _, step in run(text, {'a" or "1': "b/../<c>"})] == [
        e.get("id") for e in root.iterfind(".//bpmn:manualTask", NAMES)
    ]
    assert len(run(text, {'a" or "1': "end"})) == 1


def test_the_same_item_gives_the_same_file() -> None:
    assert exported(THREE_WAYS) == exported(THREE_WAYS)
