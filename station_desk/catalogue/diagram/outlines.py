"""The lines of a diagram as every medium draws them: steps of a pen, corners and circles as curves.

SVG, PDF and Qt take the same steps, so that none of them has a geometry of its own.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from station_desk.catalogue.diagram.shapes import Box, Diagram, Flow, Point, Shape

Part = Literal["role", "lane", "frame", "task", "start", "end", "gateway", "cross", "flow", "arrow"]
Step = tuple[Literal["M", "L", "C", "Z"], tuple[Point, ...]]
"""Move, line, cubic curve (two handles and the end), close: as SVG names them."""

PEN: dict[Part, float] = {
    "role": 0.0, "lane": 1.0, "frame": 1.0, "task": 1.25, "start": 1.5, "end": 3.5, "gateway": 1.5,
    "cross": 2.0, "flow": 1.25, "arrow": 0.0,
}  # fmt: skip
"""How thick each part is drawn; 0: only filled."""

LANE_CORNER, TASK_CORNER, FLOW_CORNER = 8.0, 8.0, 5.0
ARROW_LENGTH, ARROW_WIDTH = 9.0, 7.0
CROSS = 5.0
"""Half the width of the cross in a gateway: one way only is taken."""

KAPPA = 4 / 3 * (math.sqrt(2) - 1)
"""How long the handles of a quarter circle are."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One stroke of the pen."""

    part: Part
    steps: tuple[Step, ...]


def outlines_of_lanes(diagram: Diagram) -> Iterator[Outline]:
    """The bands of the roles: one ground behind their names, one frame, and a line between each two."""
    if diagram.lanes:
        width, height, names = diagram.width, diagram.height, diagram.lanes[0].header.width
        sides = (LANE_CORNER, 0, 0, LANE_CORNER)
        yield Outline("role", _closed(_corners(Box(0, 0, names, height)), sides))
        for lane in diagram.lanes[1:]:
            yield Outline("lane", _open(((0, lane.box.y), (width, lane.box.y)), 0))
        yield Outline("lane", _open(((names, 0), (names, height)), 0))
        yield Outline("frame", _closed(_corners(Box(0, 0, width, height)), LANE_CORNER))


def outlines_of_flow(flow: Flow) -> Iterator[Outline]:
    """The line of a flow and its tip."""
    if not flow.ends:
        yield Outline("flow", _open(flow.points, FLOW_CORNER))
        return
    (x_before, y_before), (x, y) = flow.points[-2:]
    length = math.hypot(x - x_before, y - y_before)
    along = ((x - x_before) / length, (y - y_before) / length)
    foot = (x - along[0] * ARROW_LENGTH, y - along[1] * ARROW_LENGTH)
    side = (-along[1] * ARROW_WIDTH / 2, along[0] * ARROW_WIDTH / 2)
    tip = ((x, y), (foot[0] + side[0], foot[1] + side[1]), (foot[0] - side[0], foot[1] - side[1]))
    # The line ends within the tip, so that its blunt end does not show.
    yield Outline("flow", _open((*flow.points[:-1], foot), FLOW_CORNER))
    yield Outline("arrow", _closed(tip, 0))


def outlines_of_shape(shape: Shape) -> Iterator[Outline]:
    """The outline of a shape."""
    x, y = shape.box.middle
    match shape.kind:
        case "task":
            yield Outline("task", _closed(_corners(shape.box), TASK_CORNER))
        case "gateway":
            diamond = ((x, shape.box.y), (shape.box.right, y), (x, shape.box.bottom), (shape.box.x, y))
            yield Outline("gateway", _closed(diamond, 0))
            for turned in (-CROSS, CROSS):
                yield Outline("cross", _open(((x - CROSS, y - turned), (x + CROSS, y + turned)), 0))
        case "start" | "end":
            yield Outline(shape.kind, _closed(_corners(shape.box), shape.box.width / 2))


def _corners(box: Box) -> tuple[Point, ...]:
    return (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)


def _open(points: Sequence[Point], radius: float) -> tuple[Step, ...]:
    steps: list[Step] = [("M", (points[0],))]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        steps += _turned(before, corner, after, radius)
    return (*steps, ("L", (points[-1],)))


def _closed(points: Sequence[Point], radius: float | Sequence[float]) -> tuple[Step, ...]:
    count = len(points)
    radii = [radius] * count if isinstance(radius, int | float) else radius
    steps: list[Step] = []
    for place, corner in enumerate(points):
        steps += _turned(points[place - 1], corner, points[(place + 1) % count], radii[place])
    moved = [step for before, step in pairwise(steps) if step != ("L", before[1][-1:])]
    return ("M", steps[0][1]), *moved, ("Z", ())


def _turned(before: Point, corner: Point, after: Point, radius: float) -> list[Step]:
    """The steps to a corner and around it, no rounder than half of what lies before and behind it."""
    most = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
    if not most:
        return [("L", (corner,))]
    begin, end = _towards(corner, before, most), _towards(corner, after, most)
    handles = _towards(corner, before, most * (1 - KAPPA)), _towards(corner, after, most * (1 - KAPPA))
    return [("L", (begin,)), ("C", (*handles, end))]


def _towards(start: Point, goal: Point, length: float) -> Point:
    share = length / math.dist(start, goal)
    x, y = (a + (b - a) * share for a, b in zip(start, goal, strict=True))
    return round(x, 3), round(y, 3)
