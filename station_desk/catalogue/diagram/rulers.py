"""Where the columns, rows and bands of a diagram lie, once it is known how much room everything asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from station_desk.catalogue.diagram.grid import Row
from station_desk.catalogue.diagram.plan import ROLE_PADDING, ROLE_WIDTH, Plan, Size, even, sizes
from station_desk.catalogue.diagram.shapes import ROLE

EDGE = 12
"""White around a tall diagram, and between a lane and what stands in it."""

ROW_GAP = 18
BEFORE_TRACKS, TRACK_GAP, BEHIND_TRACKS = 12, 10, 18
"""In a channel: from the column to the first track, between tracks, and room for the tip of an arrow."""


@dataclass(frozen=True, slots=True)
class Rulers:
    """Columns along the flow, rows and bands across it; `end` is where the last column and its white end."""

    starts: list[float]
    lengths: list[float]
    middles: dict[Row, float]
    bands: list[tuple[float, float]]
    header: float
    end: float

    def centre(self, column: int) -> float:
        """The middle of a column."""
        return self.starts[column] + self.lengths[column] / 2

    def track(self, column: int, number: int) -> float:
        """Where a track lies in the channel behind a column."""
        return self.starts[column] + self.lengths[column] + BEFORE_TRACKS + number * TRACK_GAP


def rulers_of(plan: Plan) -> Rulers:
    """The rulers of a plan."""
    asked = list(sizes(plan))
    header = ROLE_WIDTH + 2.0 * ROLE_PADDING if plan.direction == "wide" else 0.0
    columns = range(max(plan.grid.column) + 1)
    lengths = [even(max((s.along for (c, _), s in asked if c == column), default=0)) for column in columns]
    steps = [length + _channel(plan.tracks.count.get(c, 1)) for c, length in enumerate(lengths)]
    starts = list(accumulate(steps[:-1], initial=header + EDGE))
    middles, bands = _across(plan, [(row, size) for (_, row), size in asked])
    return Rulers(starts, lengths, middles, bands, header, starts[-1] + lengths[-1] + EDGE)


def _across(
    plan: Plan, asked: Iterable[tuple[Row, Size]]
) -> tuple[dict[Row, float], list[tuple[float, float]]]:
    before: dict[Row, float] = {}
    behind: dict[Row, float] = {}
    for row, size in asked:
        before[row] = max(before.get(row, 0), size.before)
        behind[row] = max(behind.get(row, 0), size.behind)
    middles: dict[Row, float] = {}
    bands: list[tuple[float, float]] = []
    v = 0.0
    for band in range(plan.grid.bands):
        top, v = v, v + EDGE
        for row in plan.grid.rows_of(band):
            middles[row] = v + even(before.get(row, 0))
            v = middles[row] + even(behind.get(row, 0)) + ROW_GAP
        bottom = max(v - ROW_GAP + EDGE, top + _least(plan, band))
        spare = (bottom - (v - ROW_GAP + EDGE)) // 2
        middles.update({row: middles[row] + spare for row in plan.grid.rows_of(band)})
        bands.append((top, bottom))
        v = bottom
    return middles, bands


def _least(plan: Plan, band: int) -> float:
    """The height that the name of a role asks for."""
    return len(plan.lanes[band]) * ROLE.leading + 2.0 * EDGE if plan.lanes else 0.0


def _channel(tracks: int) -> float:
    return BEFORE_TRACKS + max(tracks - 1, 0) * TRACK_GAP + BEHIND_TRACKS
