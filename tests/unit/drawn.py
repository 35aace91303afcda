"""What the tests of diagrams share: workflows of all published items and made-up ones, and what is wrong in a
drawing.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import msgspec
from hypothesis import strategies as st

from station_desk.catalogue.diagram.shapes import Box, Diagram, Point
from station_desk.catalogue.diagram.workflow import Task, Way, Workflow
from station_desk.catalogue.flow import END
from station_desk.catalogue.item import Branch, Item, Step, StepRole
from station_desk.catalogue.item import Words as Named
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS

CATALOGUE = read_catalogue(FORMS)
HOSTILE = "<b>\"公示\" & 'x' ]]> \u202e\u0645\u0631\u062d\u0628\u0627 \x07\x00\n{x} 𠮷\uffff"
"""Text that is code, markup or nonsense to somebody: tags, quotes, controls, right-to-left, no characters."""

PLAIN = "<b>\"公示\" & 'x' ]]> \u202e\u0645\u0631\u062d\u0628\u0627 {x} 𠮷\ufffd"
"""The same as people read it."""

ROLES: tuple[StepRole, ...] = ("applicant", "clerk", "committee", "township", "county", "bank")
WORDS = st.sampled_from(
    ("收件", "入户调查", "公示", "一次性告知并收件", "Acceptance and comparison", "a", "审核确认（含公示）")
)
WHEN = st.sampled_from(("同意", "信息不一致、难以核实", "the applicant is of age", "急难情形", "否"))
TOUCH = 0.01
Segment = tuple[Point, Point]


def item_with(*steps: Step) -> Item:
    """A published item whose workflow is another one."""
    return msgspec.structs.replace(CATALOGUE.items["SA-001"], code="XX-001", step=steps)


def step_of(id_: str, role: StepRole, *ways: tuple[str, str], name: str = "审核") -> Step:
    """A step of an item; each way is where it leads to and when."""
    words = [(to, Named(when, when, when)) for to, when in ways]
    next_ = tuple(Branch(to, when if len(ways) > 1 else None) for to, when in words)
    return Step(id_, Named(name, name, name), role, "审核", 3, "wd", "run", next_)


def workflow_with(tasks: Sequence[Task]) -> Workflow:
    """A workflow of tasks, all else in simple words."""
    roles: dict[str, str] = {role: f"{role}（部门）" for role in ROLES}
    return Workflow("事项", "说明", "zh-Hans", "申请", "办结", roles, tuple(tasks))


@st.composite
def workflows(draw: st.DrawFn, most: int = 12) -> Workflow:
    """Any workflow that the checker lets pass: up to 12 steps, each reached, each with up to four ways on."""
    count = draw(st.integers(1, most))
    ids = [f"step-{chr(97 + place)}" for place in range(count)]
    targets: list[list[str]] = []
    for place in range(count):
        ahead = [*ids[place + 1 :], END]
        targets.append(draw(st.lists(st.sampled_from(ahead), min_size=1, max_size=4, unique=True)))
    for place in range(1, count):
        if not any(ids[place] in out for out in targets[:place]):
            targets[draw(st.integers(0, place - 1))].append(ids[place])
    tasks = [
        Task(
            id_,
            draw(WORDS),
            draw(st.sampled_from(ROLES)),
            draw(WORDS),
            tuple(Way(to, draw(WHEN) if len(out) > 1 else "") for to in out),
        )
        for id_, out in zip(ids, targets, strict=True)
    ]
    return workflow_with(tasks)


def blemishes(diagram: Diagram) -> list[str]:
    """All that no drawing may have: overlaps, flows through things, slanted lines, things outside."""
    return [*_overlaps(diagram), *_bad_flows(diagram), *_shared_lines(diagram), *_outside(diagram)]


def _things(diagram: Diagram) -> list[tuple[str, Box]]:
    shapes = [(f"{s.kind} {s.task}", s.box) for s in diagram.shapes]
    captions = [(f"caption of {s.kind}", s.caption) for s in diagram.shapes if s.caption]
    labels = [(f"label {f.when}", f.label) for f in diagram.flows if f.label]
    headers = [(f"lane {lane.role}", lane.header) for lane in diagram.lanes]
    return [*shapes, *captions, *labels, *headers]


def _overlaps(diagram: Diagram) -> Iterator[str]:
    for (one, a), (other, b) in combinations(_things(diagram), 2):
        if a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom:
            yield f"{one} overlaps {other}"
    for one_lane, other_lane in pairwise(diagram.lanes):
        if one_lane.box.bottom > other_lane.box.y:
            yield f"lane {one_lane.role} overlaps lane {other_lane.role}"


def _bad_flows(diagram: Diagram) -> Iterator[str]:
    for flow in diagram.flows:
        name = f"flow {flow.source}-{flow.target}"
        source, target = diagram.shapes[flow.source].box, diagram.shapes[flow.target].box
        if not (_on_edge(flow.points[0], source) and _on_edge(flow.points[-1], target)):
            yield f"{name} does not begin and end at its shapes"
        for segment in pairwise(flow.points):
            if segment[0][0] != segment[1][0] and segment[0][1] != segment[1][1]:
                yield f"{name} is slanted"
            yield from (
                f"{name} runs through {what}" for what, box in _things(diagram) if _meets(segment, box)
            )


def _shared_lines(diagram: Diagram) -> Iterator[str]:
    for one, other in combinations(diagram.flows, 2):
        if one.source == other.source or one.target == other.target:
            continue
        for a in pairwise(one.points):
            if any(_on_one_line(a, b) for b in pairwise(other.points)):
                yield f"flows {one.source}-{one.target} and {other.source}-{other.target} share a line"


def _outside(diagram: Diagram) -> Iterator[str]:
    for name, box in _things(diagram):
        if min(box.x, box.y) < 0 or box.right > diagram.width or box.bottom > diagram.height:
            yield f"{name} sticks out"
    for flow in diagram.flows:
        if any(not (0 < x < diagram.width and 0 < y < diagram.height) for x, y in flow.points):
            yield f"flow {flow.source}-{flow.target} sticks out"
    for lane in diagram.lanes:
        inside = [s for s in diagram.shapes if s.role == lane.role]
        if any(s.box.y <= lane.box.y or s.box.bottom >= lane.box.bottom for s in inside):
            yield f"a shape sticks out of lane {lane.role}"


def _on_edge(point: Point, box: Box) -> bool:
    """On the outline of a task, or within the box of a round or pointed shape, never beyond its edge."""
    x, y = point
    near = box.x - TOUCH <= x <= box.right + TOUCH and box.y - TOUCH <= y <= box.bottom + TOUCH
    return near and (x, y) != box.middle


def _meets(segment: Segment, box: Box) -> bool:
    """Whether a line passes through the inside of a box; the last bit into a round shape is no harm."""
    (x1, y1), (x2, y2) = segment
    slack = 5.0 if box.width == box.height else TOUCH
    low_x, high_x, low_y, high_y = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    return (
        low_x < box.right - slack and high_x > box.x + slack and low_y < box.bottom - slack
        and high_y > box.y + slack
    )  # fmt: skip


def _on_one_line(one: Segment, other: Segment) -> bool:
    """Whether two lines run on each other over some length."""
    for axis in (0, 1):
        across = 1 - axis
        level = one[0][across]
        if one[1][across] == level == other[0][across] == other[1][across]:
            a, b = sorted((one[0][axis], one[1][axis])), sorted((other[0][axis], other[1][axis]))
            return min(a[1], b[1]) - max(a[0], b[0]) > TOUCH
    return False


THREE_WAYS = item_with(
    step_of("intake", "clerk"),
    step_of("review", "township", ("simple", "简单"), ("survey", "须入户"), ("expert", "须专家评议")),
    step_of("simple", "township", ("decision", "")),
    step_of("survey", "committee"),
    step_of("notice", "committee", ("decision", "无异议"), ("hearing", "有异议"), name="公示"),
    step_of("hearing", "committee", ("decision", "")),
    step_of("expert", "dept", ("decision", "通过"), ("end", "不予通过")),
    step_of("decision", "county"),
    step_of("payment", "bank"),
)
"""A made-up item whose steps part in three ways, part again and join."""
