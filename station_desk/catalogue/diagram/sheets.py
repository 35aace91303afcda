"""Cuts a tall diagram between its shapes where one sheet of paper is not long enough for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from station_desk.catalogue.diagram.outlines import (
    Outline,
    outlines_of_flow,
    outlines_of_lanes,
    outlines_of_shape,
)
from station_desk.catalogue.diagram.shapes import Box, Diagram, Flow, Lane, Point, Shape, Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one sheet, between two heights of the diagram."""

    top: float
    bottom: float
    outlines: tuple[Outline, ...]
    words: tuple[Words, ...]


def sheets_of(diagram: Diagram, length: float) -> list[Sheet]:
    """The sheets of a diagram, none longer than `length` unless a shape is; a short diagram is one sheet."""
    cuts = [0.0]
    while diagram.height - cuts[-1] > length:
        gaps = [gap for gap in _gaps(diagram) if cuts[-1] < gap]
        cuts.append(max((gap for gap in gaps if gap - cuts[-1] <= length), default=min(gaps)))
    return [_sheet(diagram, top, bottom) for top, bottom in pairwise([*cuts, diagram.height])]


def _gaps(diagram: Diagram) -> list[float]:
    """The heights at which nothing but flows would be cut."""
    boxes = sorted(_boxes(diagram), key=lambda box: box.y)
    gaps: list[float] = []
    reached = 0.0
    for box in boxes:
        if box.y > reached:
            gaps.append((reached + box.y) / 2)
        reached = max(reached, box.bottom)
    return [*gaps[1:], diagram.height]


def _boxes(diagram: Diagram) -> Iterator[Box]:
    for shape in diagram.shapes:
        yield shape.box
        yield from [shape.caption] if shape.caption else []
    for flow in diagram.flows:
        yield from [flow.label] if flow.label else []


def _sheet(diagram: Diagram, top: float, bottom: float) -> Sheet:
    shapes = [shape for shape in diagram.shapes if top <= shape.box.middle[1] < bottom]
    labelled = [f for f in diagram.flows if f.label and top <= f.label.middle[1] < bottom]
    lanes = outlines_of_lanes(diagram)
    flows = [outline for flow in diagram.flows for outline in _within(flow, top, bottom)]
    return Sheet(
        top, bottom,
        (*lanes, *flows, *(outline for shape in shapes for outline in outlines_of_shape(shape))),
        tuple(_words(diagram, shapes, labelled)),
    )  # fmt: skip


def _words(diagram: Diagram, shapes: list[Shape], labelled: list[Flow]) -> Iterator[Words]:
    things: tuple[Lane | Flow | Shape, ...] = (*diagram.lanes, *labelled, *shapes)
    for thing in things:
        yield from thing.words


def _within(flow: Flow, top: float, bottom: float) -> Iterator[Outline]:
    """The parts of a flow between two heights; only the last part of it has a tip."""
    piece: list[Point] = []
    for start, end in pairwise(flow.points):
        low, high = sorted((start[1], end[1]))
        if high < top or low > bottom:
            yield from _piece(flow, piece)
            piece = []
            continue
        (x, y), (x_end, y_end) = start, end
        begin, stop = (x, min(max(y, top), bottom)), (x_end, min(max(y_end, top), bottom))
        piece = [*(piece or [begin]), stop]
        if stop != end:
            yield from _piece(flow, piece)
            piece = []
    yield from _piece(flow, piece)


def _piece(flow: Flow, points: list[Point]) -> Iterator[Outline]:
    if len(points) > 1 and points[0] != points[-1]:
        yield from outlines_of_flow(replace(flow, points=tuple(points), ends=points[-1] == flow.points[-1]))
