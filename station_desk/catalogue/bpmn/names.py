"""The names by which the parts of a BPMN file are called: valid as XML ids and as variables of an engine."""

import re

from station_desk.catalogue.diagram.shapes import Diagram, Shape

_NO_LETTER = re.compile(r"[^a-z0-9_]")
_NO_NAME = re.compile(r"[^A-Za-z0-9_]")


def variable_of(step: str) -> str:
    """The variable of a process that says which way a step takes: its value is the id of the next step."""
    return f"way_{_slug(step)}"


def process_id(code: str) -> str:
    """The id of the process of an item: SA-001 → Process_SA_001."""
    return f"Process_{_NO_NAME.sub('_', code)}"


def shape_ids(diagram: Diagram) -> list[str]:
    """The ids of all shapes, in their order."""
    return [_shape_id(shape) for shape in diagram.shapes]


def flow_id(number: int) -> str:
    """The id of a flow."""
    return f"Flow_{number + 1}"


def lane_id(role: str) -> str:
    """The id of the lane of a role."""
    return f"Lane_{_slug(role)}"


def _shape_id(shape: Shape) -> str:
    match shape.kind:
        # Not "Start" and "End": engines keep these names for themselves.
        case "start":
            return "Event_start"
        case "end":
            return "Event_end"
        case "task":
            return f"Step_{_slug(shape.task)}"
        case "gateway":
            return f"Choice_{_slug(shape.task)}"


def _slug(word: str) -> str:
    """A hyphen becomes an underscore; what no published id holds becomes its code point."""
    return _NO_LETTER.sub(lambda found: f"u{ord(found[0]):x}", word.replace("-", "_"))
