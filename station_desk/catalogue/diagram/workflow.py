"""What a diagram shows of a workflow: tasks in words, the ways between them, one start and one end.

The words come in one language and are told by whoever asks for a diagram; here nothing is translated.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from station_desk.catalogue.flow import END, followers, reached_from, way_back
from station_desk.core.errors import RuleError

Kind = Literal["start", "task", "gateway", "end"]


class WorkflowBroken(RuleError):
    """The steps run in a circle, lead nowhere or are not reached: nothing that can be drawn or run."""

    code = "item.workflow_broken"


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a task: the id of the task it leads to, or `end`, and when it is taken."""

    to: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One step: its name, the role that does it, within what time, the ways out of it; `limit` is in words.

    `next` left empty leads to the task written after it.
    """

    id: str
    name: str
    role: str
    limit: str
    next: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """All that a diagram says. `roles` names the roles; `start` and `end` are the captions of the events.

    `description` tells the same as a text, for those who do not see the diagram. `language` is BCP 47.
    """

    title: str
    description: str
    language: str
    start: str
    end: str
    roles: Mapping[str, str]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that stands in the diagram; tasks and gateways know the place of their task."""

    kind: Kind
    task: int = -1


@dataclass(frozen=True, slots=True)
class Link:
    """A flow from one node to another, both by their place in the graph, with its label; `to` as in `Way`."""

    source: int
    target: int
    label: str = ""
    to: str = END


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes in an order in which every link leads forward, the links in the order of their sources."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def graph_of(workflow: Workflow) -> Graph:
    """The nodes and links of a workflow: a gateway behind each task that has several ways out.

    Raises WorkflowBroken where the checker of the catalogue would not let the steps pass.
    """
    tasks = workflow.tasks
    ways = _ways(tasks)
    nodes = [Node("start")]
    of_task: dict[str, tuple[int, int]] = {}
    for place in _in_order(tasks, {task: [way.to for way in out] for task, out in ways.items()}):
        entry = len(nodes)
        nodes.append(Node("task", place))
        if len(ways[tasks[place].id]) > 1:
            nodes.append(Node("gateway", place))
        of_task[tasks[place].id] = (entry, len(nodes) - 1)
    nodes.append(Node("end"))
    entries = {task: entry for task, (entry, _) in of_task.items()} | {END: len(nodes) - 1}
    links = [Link(0, entries[tasks[0].id], to=tasks[0].id)]
    for task, (entry, exit_) in of_task.items():
        if exit_ > entry:
            links.append(Link(entry, exit_, to=task))
        labelled = exit_ > entry
        links += [Link(exit_, entries[way.to], way.when if labelled else "", way.to) for way in ways[task]]
    return Graph(tuple(nodes), tuple(links))


def _ways(tasks: Sequence[Task]) -> dict[str, tuple[Way, ...]]:
    """The ways out of each task, the unwritten ones too. Raises WorkflowBroken where one leads nowhere."""
    ids = [task.id for task in tasks]
    if not tasks or END in ids or len(set(ids)) < len(ids):
        raise WorkflowBroken(steps=", ".join(ids))
    straight = followers(tasks)
    ways = {task.id: task.next or (Way(straight[task.id][0]),) for task in tasks}
    next_of = {task: [way.to for way in out] for task, out in ways.items()}
    known = {*ids, END}
    lost = {to for out in next_of.values() for to in out} - known
    if lost or way_back(next_of) or reached_from(ids[0], next_of) != known:
        raise WorkflowBroken(steps=", ".join(ids))
    return ways


def _in_order(tasks: Sequence[Task], next_of: Mapping[str, Sequence[str]]) -> list[int]:
    """The places of the tasks so that each comes after all that may lead to it; else as they are written."""
    place = {task.id: number for number, task in enumerate(tasks)}
    waits = dict.fromkeys(place, 0)
    for out in next_of.values():
        for to in out:
            waits[to] = waits.get(to, 0) + 1
    ready = deque([tasks[0].id])
    order = []
    while ready:
        here = ready.popleft()
        order.append(place[here])
        for to in next_of[here]:
            waits[to] -= 1
            if to != END and not waits[to]:
                ready.append(to)
    return order
