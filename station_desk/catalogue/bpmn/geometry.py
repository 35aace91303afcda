"""The BPMN diagram interchange: the geometry of our diagram, in a pool named at its left edge."""

from xml.etree import ElementTree as ET

from station_desk.catalogue.bpmn.names import flow_id, lane_id, shape_ids
from station_desk.catalogue.diagram.shapes import Box, Diagram

POOL = 30
"""The strip at the left of a pool and of a lane in which modellers write its name."""

ORIGIN = (160 + POOL, 80)
"""Where modellers begin a new diagram: the bounds of the lanes start here."""


def add_geometry(root: ET.Element, diagram: Diagram, plane: str, pool: str) -> None:
    """Adds shapes, flows and labels; `plane` is the element that is drawn, `pool` what encloses the lanes."""
    drawing = ET.SubElement(root, "bpmndi:BPMNDiagram", id="Diagram")
    on = ET.SubElement(drawing, "bpmndi:BPMNPlane", id="Plane", bpmnElement=plane)
    pool_box = Box(-POOL, 0, diagram.width + POOL, diagram.height)
    _shape(on, pool, pool_box, {"isHorizontal": "true"})
    for lane in diagram.lanes:
        _shape(on, lane_id(lane.role), lane.box, {"isHorizontal": "true"})
    for id_, shape in zip(shape_ids(diagram), diagram.shapes, strict=True):
        marked = {"isMarkerVisible": "true"} if shape.kind == "gateway" else {}
        made = _shape(on, id_, shape.box, marked)
        if shape.caption:
            _bounds(ET.SubElement(made, "bpmndi:BPMNLabel"), shape.caption)
    for number, flow in enumerate(diagram.flows):
        id_ = flow_id(number)
        edge = ET.SubElement(on, "bpmndi:BPMNEdge", id=f"{id_}_di", bpmnElement=id_)
        for x, y in flow.points:
            ET.SubElement(edge, "di:waypoint", x=_n(x + ORIGIN[0]), y=_n(y + ORIGIN[1]))
        if flow.label:
            _bounds(ET.SubElement(edge, "bpmndi:BPMNLabel"), flow.label)


def _shape(on: ET.Element, element: str, box: Box, how: dict[str, str]) -> ET.Element:
    made = ET.SubElement(on, "bpmndi:BPMNShape", {"id": f"{element}_di", "bpmnElement": element, **how})
    _bounds(made, box)
    return made


def _bounds(parent: ET.Element, box: Box) -> None:
    ET.SubElement(
        parent, "dc:Bounds",
        x=_n(box.x + ORIGIN[0]), y=_n(box.y + ORIGIN[1]), width=_n(box.width), height=_n(box.height),
    )  # fmt: skip


def _n(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
