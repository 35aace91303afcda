"""The geometry of a diagram: boxes, lines of words and flows in units that each medium scales as it likes.

A unit is a pixel of a page at its natural size. All lengths are counted from the top left corner.
"""

from dataclasses import dataclass
from typing import Literal

from station_desk.catalogue.diagram.lettering import Lettering
from station_desk.catalogue.diagram.workflow import Kind

Direction = Literal["wide", "tall"]
"""From left to right in lanes, for screens; from top to bottom without lanes, for phones and paper."""

Point = tuple[float, float]

NAME = Lettering(14, 20, bold=True)
UNDER = Lettering(12, 17)
LABEL = Lettering(12, 16)
ROLE = Lettering(12, 17, bold=True)


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the diagram."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words on a baseline; x is its middle or its start."""

    x: float
    baseline: float
    anchor: Literal["middle", "start"]
    text: str
    lettering: Lettering


@dataclass(frozen=True, slots=True)
class Lane:
    """The band of a role, and the part of it in which the role is named."""

    role: str
    box: Box
    header: Box
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An event, a task or a gateway; `task` is the id of its task, `role` the role of its lane.

    `caption` is the place of words that stand outside the box, as they do at events.
    """

    kind: Kind
    task: str
    role: str
    box: Box
    words: tuple[Words, ...]
    caption: Box | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A line from one shape to another (their places in `shapes`), with its label; `to` as in `Way`.

    Where it does not end, but goes on on another sheet, it has no tip.
    """

    source: int
    target: int
    to: str
    points: tuple[Point, ...]
    when: str
    label: Box | None
    words: tuple[Words, ...]
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Diagram:
    """All that is drawn; `wide` diagrams have lanes, `tall` ones have none."""

    direction: Direction
    width: float
    height: float
    lanes: tuple[Lane, ...]
    shapes: tuple[Shape, ...]
    flows: tuple[Flow, ...]
