"""On which tracks flows change rows between two columns, so that no two of them run on one line.

Flows from one shape, or to one shape, may share a line: there they part or join.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from station_desk.catalogue.diagram.grid import Cell, Grid, Row
from station_desk.catalogue.diagram.workflow import Graph


@dataclass(frozen=True, slots=True)
class _Turn:
    """A link that goes from one row to another in the channel behind a column."""

    link: int
    source: int
    target: int
    leaves: int
    enters: int
    into_node: bool


@dataclass(slots=True)
class Tracks:
    """The track of each turn by (column, link), how many tracks each column needs behind it, and which links
    enter their target beside its middle, because another flow leaves on that line.
    """

    track: dict[tuple[int, int], int] = field(default_factory=dict)
    count: dict[int, int] = field(default_factory=dict)
    aside: set[int] = field(default_factory=set)


def cells_of(grid: Grid, graph: Graph, number: int) -> list[Cell]:
    """All cells of a link: its source (unless it leaves sideways), those between, its target."""
    link = graph.links[number]
    way = grid.way[number]
    source = (grid.column[link.source], grid.row[link.source])
    sideways = bool(way) and way[0][0] == source[0]
    return [*([] if sideways else [source]), *way, (grid.column[link.target], grid.row[link.target])]


def tracks_of(grid: Grid, graph: Graph) -> Tracks:
    """The tracks of all links."""
    tracks = Tracks()
    for column in range(max(grid.column)):
        turns = list(_turns(grid, graph, column))
        if turns:
            _settle(turns, tracks, column)
    return tracks


def _turns(grid: Grid, graph: Graph, column: int) -> Iterator[_Turn]:
    rank: dict[Row, int] = {row: place for place, row in enumerate(grid.rows)}
    for number, link in enumerate(graph.links):
        for (here, leaves), (there, enters) in pairwise(cells_of(grid, graph, number)):
            if here == column and leaves != enters:
                into = there == grid.column[link.target]
                yield _Turn(number, link.source, link.target, rank[leaves], rank[enters], into)


def _settle(turns: Sequence[_Turn], tracks: Tracks, column: int) -> None:
    """Gives each net the first track on which it disturbs none before it."""
    nets = _nets(turns)
    aside: set[int] = set()
    before = _constraints(nets, aside)
    order: list[int] = []
    while len(order) < len(nets):
        ready = [n for n in range(len(nets)) if n not in order and before[n] <= set(order)]
        if ready:
            order.append(min(ready, key=lambda n: _reach(nets[n])))
            continue
        stuck = [t for n, net in enumerate(nets) if n not in order for t in net if t.into_node]
        aside.add(next(t.link for t in stuck if t.link not in aside))
        before = _constraints(nets, aside)
    track: dict[int, int] = {}
    for net in order:
        least = max((track[other] + 1 for other in before[net]), default=0)
        used = {track[other] for other in track if _overlap(nets[net], nets[other])}
        track[net] = next(t for t in range(least, least + len(nets) + 1) if t not in used)
        tracks.track.update({(column, turn.link): track[net] for turn in nets[net]})
    tracks.count[column] = max(track.values()) + 1
    tracks.aside |= aside


def _nets(turns: Sequence[_Turn]) -> list[list[_Turn]]:
    """Turns that share a track: those into one target, else those from one source."""
    joined: dict[tuple[str, int], list[_Turn]] = {}
    for turn in turns:
        joins = sum(other.target == turn.target and other.into_node for other in turns) > 1
        key = ("to", turn.target) if joins and turn.into_node else ("from", turn.source)
        joined.setdefault(key, []).append(turn)
    return list(joined.values())


def _constraints(nets: Sequence[Sequence[_Turn]], aside: set[int]) -> list[set[int]]:
    """For each net those that must turn before it, because they leave on the line on which it enters."""
    before: list[set[int]] = [set() for _ in nets]
    for later, net in enumerate(nets):
        for first, other in enumerate(nets):
            if first != later and any(
                a.leaves == b.enters and a.target != b.target and b.link not in aside
                for a in other
                for b in net
            ):
                before[later].add(first)
    return before


def _reach(net: Sequence[_Turn]) -> tuple[int, int, int]:
    """Short turns first; those that go up before those that go down."""
    rows = [row for turn in net for row in (turn.leaves, turn.enters)]
    return max(rows) - min(rows), net[0].enters - net[0].leaves, net[0].link


def _overlap(one: Sequence[_Turn], other: Sequence[_Turn]) -> bool:
    rows = [row for turn in one for row in (turn.leaves, turn.enters)]
    others = [row for turn in other for row in (turn.leaves, turn.enters)]
    return min(rows) <= max(others) and min(others) <= max(rows)
