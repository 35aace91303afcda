"""Writes the BPMN 2.0 file of an item: who does what in which order, what is documented, how it is drawn.

A choice of ways is a gateway over one variable, so an engine can run the process; time limits count official
working days, which no timer of BPMN knows, so they stand in the documentation and as data of our own.
"""

import json
from xml.etree import ElementTree as ET

from station_desk.catalogue.bpmn.geometry import add_geometry
from station_desk.catalogue.bpmn.names import flow_id, lane_id, process_id, shape_ids, variable_of
from station_desk.catalogue.bpmn.notes import Notes
from station_desk.catalogue.diagram.lettering import clean
from station_desk.catalogue.diagram.shapes import Diagram, Flow, Shape
from station_desk.catalogue.diagram.workflow import Workflow
from station_desk.catalogue.item import Item, Step
from station_desk.catalogue.notice import is_notice_step

NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xmlns:desk": "urn:station-desk:workflow",
}
PYTHON = "urn:python"
"""The language of the conditions; the standard's own default would be XPath."""

COLLABORATION, PARTICIPANT = "Collaboration", "Station"


def bpmn_of(item: Item, workflow: Workflow, diagram: Diagram, notes: Notes) -> str:
    """The file, as text in UTF-8. `diagram` is the wide one of the workflow, with lanes."""
    process = process_id(item.code)
    root = ET.Element(
        "bpmn:definitions",
        {
            **NAMESPACES,
            "id": f"Definitions_{process}", "name": clean(workflow.title),
            "targetNamespace": "urn:station-desk:items", "expressionLanguage": PYTHON,
            "exporter": "Station Desk",
        },
    )  # fmt: skip
    together = ET.SubElement(root, "bpmn:collaboration", id=COLLABORATION)
    ET.SubElement(together, "bpmn:participant", id=PARTICIPANT, name=clean(notes.name), processRef=process)
    _add_process(root, item, diagram, notes, workflow)
    add_geometry(root, diagram, COLLABORATION, PARTICIPANT)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_process(root: ET.Element, item: Item, diagram: Diagram, notes: Notes, workflow: Workflow) -> None:
    process = ET.SubElement(
        root, "bpmn:process", id=process_id(item.code), name=clean(notes.name), isExecutable="true"
    )
    _document(process, notes.process)
    ids = shape_ids(diagram)
    lanes = ET.SubElement(process, "bpmn:laneSet", id="Lanes")
    for lane in diagram.lanes:
        name = clean(workflow.roles.get(lane.role, lane.role))
        made = ET.SubElement(lanes, "bpmn:lane", id=lane_id(lane.role), name=name)
        for id_, shape in zip(ids, diagram.shapes, strict=True):
            if shape.role == lane.role:
                ET.SubElement(made, "bpmn:flowNodeRef").text = id_
    names = {task.id: task.name for task in workflow.tasks}
    steps = {step.id: step for step in item.step}
    captions = {"start": workflow.start, "end": workflow.end}
    for place, shape in enumerate(diagram.shapes):
        node = ET.SubElement(process, _tag(shape, steps), id=ids[place])
        if shape.kind != "gateway":
            node.set("name", clean(captions.get(shape.kind) or names[shape.task]))
        _describe(node, shape, steps, notes)
        _connect(node, place, diagram)
    for number, flow in enumerate(diagram.flows):
        _add_flow(process, number, flow, diagram, ids)


def _tag(shape: Shape, steps: dict[str, Step]) -> str:
    match shape.kind:
        case "start":
            return "bpmn:startEvent"
        case "end":
            return "bpmn:endEvent"
        case "gateway":
            return "bpmn:exclusiveGateway"
        case "task":
            # A public notice hangs on a board: no program helps there.
            on_board = is_notice_step(steps[shape.task].name)
            return "bpmn:manualTask" if on_board else "bpmn:userTask"


def _describe(node: ET.Element, shape: Shape, steps: dict[str, Step], notes: Notes) -> None:
    if shape.kind == "gateway":
        _document(node, notes.choices[shape.task])
    if shape.kind == "task":
        step = steps[shape.task]
        _document(node, notes.steps[step.id])
        ours = ET.SubElement(node, "bpmn:extensionElements")
        ET.SubElement(
            ours, "desk:step", id=clean(step.id), role=step.role, limit=str(step.limit), unit=step.unit,
            clock=step.clock,
        )  # fmt: skip


def _connect(node: ET.Element, place: int, diagram: Diagram) -> None:
    """Names the flows into a node and out of it; a gateway takes its first way where no condition holds."""
    for number, flow in enumerate(diagram.flows):
        if flow.target == place:
            ET.SubElement(node, "bpmn:incoming").text = flow_id(number)
    outgoing = [number for number, flow in enumerate(diagram.flows) if flow.source == place]
    for number in outgoing:
        ET.SubElement(node, "bpmn:outgoing").text = flow_id(number)
    if diagram.shapes[place].kind == "gateway":
        node.set("default", flow_id(outgoing[0]))


def _add_flow(parent: ET.Element, number: int, flow: Flow, diagram: Diagram, ids: list[str]) -> None:
    source = diagram.shapes[flow.source]
    made = ET.SubElement(
        parent, "bpmn:sequenceFlow",
        id=flow_id(number), sourceRef=ids[flow.source], targetRef=ids[flow.target],
    )  # fmt: skip
    if flow.when:
        made.set("name", clean(flow.when))
    first = next(n for n, other in enumerate(diagram.flows) if other.source == flow.source)
    if source.kind == "gateway" and number != first:
        condition = ET.SubElement(made, "bpmn:conditionExpression", {"xsi:type": "bpmn:tFormalExpression"})
        condition.text = f"{variable_of(source.task)} == {json.dumps(flow.to)}"


def _document(node: ET.Element, text: str) -> None:
    lines = [clean(line) for line in text.splitlines()]
    ET.SubElement(node, "bpmn:documentation").text = "\n".join(lines)
