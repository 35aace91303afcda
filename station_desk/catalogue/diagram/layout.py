"""Lays out the workflow of an item: the one place where the geometry of its diagram is reckoned.

The same workflow and direction give the same geometry, whoever draws it. Lengths along the flow are called u,
across it v; at the end a wide diagram takes u as x, a tall one as y.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from station_desk.catalogue.diagram.channels import cells_of
from station_desk.catalogue.diagram.lettering import Lettering, Measure, widest
from station_desk.catalogue.diagram.plan import (
    CAPTION_GAP,
    EVENT,
    GATEWAY,
    LABEL_GAP,
    Plan,
    caption_size,
    label_cell,
    label_words_size,
    plan_of,
)
from station_desk.catalogue.diagram.rulers import Rulers, rulers_of
from station_desk.catalogue.diagram.shapes import (
    LABEL,
    ROLE,
    Box,
    Diagram,
    Direction,
    Flow,
    Lane,
    Point,
    Shape,
    Words,
)
from station_desk.catalogue.diagram.workflow import Workflow

ASIDE = 9
"""How far beside its middle a shape is entered where another flow leaves on the middle line."""

MIDDLE_OF_EM = 0.36
"""How far the middle of a character lies above its baseline, in em."""


def laid_out(workflow: Workflow, direction: Direction, measure: Measure = widest) -> Diagram:
    """The diagram of a workflow. Raises WorkflowBroken where its steps cannot be drawn."""
    plan = plan_of(workflow, direction, measure)
    rulers = rulers_of(plan)
    shapes = tuple(_shape(plan, rulers, place) for place in range(len(plan.graph.nodes)))
    flows = tuple(_flow(plan, rulers, number) for number in range(len(plan.graph.links)))
    across = rulers.bands[-1][1]
    if direction == "wide":
        return Diagram("wide", rulers.end, across, tuple(_lanes(plan, rulers)), shapes, flows)
    return Diagram("tall", across, rulers.end, (), shapes, flows)


def _lanes(plan: Plan, rulers: Rulers) -> Iterator[Lane]:
    for role, lines, (top, bottom) in zip(plan.roles, plan.lanes, rulers.bands, strict=True):
        header = Box(0, top, rulers.header, bottom - top)
        words = _block([(line, ROLE) for line in lines], header)
        yield Lane(role, Box(0, top, rulers.end, bottom - top), header, words)


def _shape(plan: Plan, rulers: Rulers, place: int) -> Shape:
    node = plan.graph.nodes[place]
    u, v = rulers.centre(plan.grid.column[place]), rulers.middles[plan.grid.row[place]]
    x, y = (u, v) if plan.direction == "wide" else (v, u)
    width, height = _drawn_size(plan, place)
    box = Box(x - width / 2, y - height / 2, width, height)
    task = plan.workflow.tasks[node.task].id if node.task >= 0 else ""
    role = plan.roles[plan.grid.row[place][0]]
    lines = plan.lines[place]
    if node.kind in ("task", "gateway"):
        return Shape(node.kind, task, role, box, _block(lines, box))
    caption = _caption(plan, place, box)
    words = _block(lines, caption) if plan.direction == "wide" else _beside(lines, caption)
    return Shape(node.kind, task, role, box, words, caption if lines else None)


def _caption(plan: Plan, place: int, box: Box) -> Box:
    width, height = caption_size(plan, place)
    if plan.direction == "wide":
        return Box(box.middle[0] - width / 2, box.bottom + CAPTION_GAP, width, height)
    return Box(box.right + CAPTION_GAP, box.middle[1] - height / 2, width, height)


def _drawn_size(plan: Plan, place: int) -> tuple[float, float]:
    match plan.graph.nodes[place].kind:
        case "task":
            return plan.box
        case "gateway":
            return GATEWAY, GATEWAY
        case "start" | "end":
            return EVENT, EVENT


def _flow(plan: Plan, rulers: Rulers, number: int) -> Flow:
    link = plan.graph.links[number]
    points = _straightened(list(_points(plan, rulers, number)))
    if plan.direction == "tall":
        points = tuple((v, u) for u, v in points)
    label = _label(plan, rulers, number) if number in plan.labels else None
    lines = [(line, LABEL) for line in plan.labels.get(number, ())]
    words: tuple[Words, ...] = ()
    if label:
        words = _block(lines, label) if plan.direction == "wide" else _beside(lines, label)
    return Flow(link.source, link.target, link.to, points, link.label, label, words)


def _points(plan: Plan, rulers: Rulers, number: int) -> Iterator[Point]:
    """The corners of a link as (u, v), from the edge of its source to the edge of its target."""
    link, grid = plan.graph.links[number], plan.grid
    cells = cells_of(grid, plan.graph, number)
    u, v = rulers.centre(grid.column[link.source]), rulers.middles[grid.row[link.source]]
    if cells[0] == (grid.column[link.source], grid.row[link.source]):
        yield u + _half(plan, link.source), v
    else:
        v_out = rulers.middles[cells[0][1]]
        yield u, v + math.copysign(GATEWAY / 2, v_out - v)
        yield u, v_out
    enters = rulers.middles[grid.row[link.target]]
    for (column, before), (behind_column, after) in pairwise(cells):
        if before != after:
            track = rulers.track(column, plan.tracks.track[column, number])
            v_from, v_to = rulers.middles[before], rulers.middles[after]
            if behind_column == grid.column[link.target] and number in plan.tracks.aside:
                v_to = enters = v_to - math.copysign(ASIDE, v_to - v_from)
            yield track, v_from
            yield track, v_to
    middle = rulers.middles[grid.row[link.target]]
    yield rulers.centre(grid.column[link.target]) - _reach(plan, link.target, enters - middle), enters


def _half(plan: Plan, place: int) -> float:
    width, height = _drawn_size(plan, place)
    return (width if plan.direction == "wide" else height) / 2


def _reach(plan: Plan, place: int, aside: float) -> float:
    """How far a shape reaches towards a flow that enters so far beside its middle."""
    half = _half(plan, place)
    match plan.graph.nodes[place].kind:
        case "task":
            return half
        case "gateway":
            return half - abs(aside)
        case "start" | "end":
            return math.sqrt(half * half - aside * aside)


def _label(plan: Plan, rulers: Rulers, number: int) -> Box:
    column, row = label_cell(plan, number)
    width, height = label_words_size(plan, number)
    u, v = rulers.centre(column), rulers.middles[row]
    if plan.direction == "wide":
        return Box(u - width / 2, v - LABEL_GAP - height, width, height)
    return Box(v + LABEL_GAP + 2, u - height / 2, width, height)


def _straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """The corners without those on a straight line."""
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return (*kept, points[-1])


def _block(lines: Sequence[tuple[str, Lettering]], box: Box) -> tuple[Words, ...]:
    """Lines one below the other in the middle of a box."""
    return tuple(
        Words(box.middle[0], baseline, "middle", text, lettering)
        for text, lettering, baseline in _stacked(lines, box)
    )


def _beside(lines: Sequence[tuple[str, Lettering]], box: Box) -> tuple[Words, ...]:
    """Lines one below the other that begin at the left edge of a box."""
    return tuple(
        Words(box.x, baseline, "start", text, lettering) for text, lettering, baseline in _stacked(lines, box)
    )


def _stacked(lines: Sequence[tuple[str, Lettering]], box: Box) -> Iterator[tuple[str, Lettering, float]]:
    y = box.middle[1] - sum(lettering.leading for _, lettering in lines) / 2
    for text, lettering in lines:
        yield text, lettering, round(y + lettering.leading / 2 + MIDDLE_OF_EM * lettering.size, 2)
        y += lettering.leading
