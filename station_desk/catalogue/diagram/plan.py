"""How much room everything in a diagram asks for: boxes fitted to their words, cells to what stands in them.

Lengths along the flow are called along, across it before and behind the middle line.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from station_desk.catalogue.diagram.channels import Tracks, tracks_of
from station_desk.catalogue.diagram.grid import Cell, Grid, grid_of
from station_desk.catalogue.diagram.lettering import Lettering, Measure, clean, wrapped
from station_desk.catalogue.diagram.shapes import LABEL, NAME, ROLE, UNDER, Direction
from station_desk.catalogue.diagram.workflow import Graph, Node, Workflow, graph_of

TEXT_WIDTH, LEAST_WIDTH, LEAST_HEIGHT = 150, 72, 52
PADDING_X, PADDING_Y = 12, 9
EVENT, GATEWAY = 28, 38
CAPTION_GAP, CAPTION_WIDTH = 4, 84
LABEL_GAP = 5
LABEL_WIDTH = {"wide": 96, "tall": 66}
ROLE_WIDTH, ROLE_PADDING = 90, 9


@dataclass(frozen=True, slots=True)
class Size:
    """What stands in a cell: its length along the flow, its reach to both sides of the middle line."""

    along: float
    before: float
    behind: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A workflow on its grid, every text in lines. `box` is the size of all tasks, `roles` have lanes."""

    workflow: Workflow
    direction: Direction
    roles: tuple[str, ...]
    graph: Graph
    grid: Grid
    tracks: Tracks
    box: tuple[float, float]
    lines: dict[int, tuple[tuple[str, Lettering], ...]]
    labels: dict[int, tuple[str, ...]]
    lanes: tuple[tuple[str, ...], ...]
    measure: Measure


def plan_of(workflow: Workflow, direction: Direction, measure: Measure) -> Plan:
    """The plan of a workflow. Raises WorkflowBroken."""
    graph = graph_of(workflow)
    roles = tuple(dict.fromkeys(task.role for task in workflow.tasks)) if direction == "wide" else ("",)
    bands = [_band(node, workflow, roles) for node in graph.nodes]
    grid = grid_of(graph, bands, len(roles))
    unders = _unders(workflow, direction, measure)
    lines = {place: tuple(_lines(node, workflow, unders, measure)) for place, node in enumerate(graph.nodes)}
    named = [workflow.roles.get(role, role) for role in roles] if direction == "wide" else []
    return Plan(
        workflow, direction, roles, graph, grid, tracks_of(grid, graph), _box(graph, lines, measure), lines,
        {
            number: wrapped(link.label, LABEL, LABEL_WIDTH[direction], measure)
            for number, link in enumerate(graph.links) if link.label
        },
        tuple(wrapped(name, ROLE, ROLE_WIDTH, measure) for name in named), measure,
    )  # fmt: skip


def sizes(plan: Plan) -> Iterator[tuple[Cell, Size]]:
    """What stands in the cells, and how large it is."""
    for place in range(len(plan.graph.nodes)):
        yield (plan.grid.column[place], plan.grid.row[place]), node_size(plan, place)
    for number in plan.labels:
        yield label_cell(plan, number), label_size(plan, number)


def node_size(plan: Plan, place: int) -> Size:
    """The room of an event with its caption, of a task or of a gateway."""
    match plan.graph.nodes[place].kind:
        case "task":
            along, across = plan.box if plan.direction == "wide" else reversed(plan.box)
            return Size(along, across / 2, across / 2)
        case "gateway":
            return Size(GATEWAY, GATEWAY / 2, GATEWAY / 2)
        case "start" | "end":
            width, height = caption_size(plan, place)
            along, beside = (width, height) if plan.direction == "wide" else (height, width)
            return Size(max(EVENT, along), EVENT / 2, EVENT / 2 + CAPTION_GAP + beside)


def caption_size(plan: Plan, place: int) -> tuple[float, float]:
    """The size of the words beside an event."""
    return _words_size([line for line, _ in plan.lines[place]], UNDER, plan.measure)


def label_words_size(plan: Plan, number: int) -> tuple[float, float]:
    """The size of the words beside a flow."""
    return _words_size(plan.labels[number], LABEL, plan.measure)


def label_size(plan: Plan, number: int) -> Size:
    """The room of a label: above its flow in a wide diagram, right of it in a tall one."""
    width, height = label_words_size(plan, number)
    if plan.direction == "wide":
        return Size(width + 8, height + LABEL_GAP, LABEL_GAP)
    return Size(height + 8, LABEL_GAP, width + LABEL_GAP + 2)


def label_cell(plan: Plan, number: int) -> Cell:
    """Where the label of a link stands: in its first cell behind the column of its source."""
    source = plan.grid.column[plan.graph.links[number].source]
    return next(cell for cell in plan.grid.way[number] if cell[0] > source)


def even(length: float) -> float:
    """The next even number, so that middles lie on whole units."""
    return math.ceil(length / 2) * 2.0


def _band(node: Node, workflow: Workflow, roles: Sequence[str]) -> int:
    return roles.index(workflow.tasks[max(node.task, 0)].role) if len(roles) > 1 else 0


def _unders(workflow: Workflow, direction: Direction, measure: Measure) -> list[tuple[str, ...]]:
    """What stands under the name of each task: its limit; where no lane names the role, the role too."""
    limits = [wrapped(task.limit, UNDER, TEXT_WIDTH, measure) for task in workflow.tasks]
    if direction == "wide":
        return limits
    roles = [workflow.roles.get(task.role, task.role) for task in workflow.tasks]
    both = [f"{clean(role)} · {clean(task.limit)}" for role, task in zip(roles, workflow.tasks, strict=True)]
    if all(measure(line, UNDER) <= TEXT_WIDTH for line in both):
        return [(line,) for line in both]
    named = [wrapped(role, UNDER, TEXT_WIDTH, measure) for role in roles]
    return [(*role, *limit) for role, limit in zip(named, limits, strict=True)]


def _lines(
    node: Node, workflow: Workflow, unders: Sequence[tuple[str, ...]], measure: Measure
) -> Iterator[tuple[str, Lettering]]:
    match node.kind:
        case "task":
            name = workflow.tasks[node.task].name
            yield from ((line, NAME) for line in wrapped(name, NAME, TEXT_WIDTH, measure))
            yield from ((line, UNDER) for line in unders[node.task])
        case "start" | "end":
            caption = workflow.start if node.kind == "start" else workflow.end
            yield from ((line, UNDER) for line in wrapped(caption, UNDER, CAPTION_WIDTH, measure))
        case "gateway":
            pass


def _box(
    graph: Graph, lines: dict[int, tuple[tuple[str, Lettering], ...]], measure: Measure
) -> tuple[float, float]:
    tasks = [lines[place] for place, node in enumerate(graph.nodes) if node.kind == "task"]
    widths = [measure(line, lettering) for task in tasks for line, lettering in task]
    heights = [sum(lettering.leading for _, lettering in task) for task in tasks]
    width, height = max((*widths, LEAST_WIDTH)), max(heights)
    return even(width + 2 * PADDING_X), max(even(height + 2 * PADDING_Y), LEAST_HEIGHT)


def _words_size(lines: Sequence[str], lettering: Lettering, measure: Measure) -> tuple[float, float]:
    return even(max((measure(line, lettering) for line in lines), default=0)), len(lines) * lettering.leading
