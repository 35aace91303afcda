"""Where the nodes of a workflow stand: a column for each layer, rows within the bands of the roles.

Every cell of the grid belongs to one node, to one flow that passes through it, or to the label of one flow.
So shapes and labels cannot meet, and a flow that keeps to its cells runs through no shape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from station_desk.catalogue.diagram.workflow import Graph, Link

Row = tuple[int, int]
"""The band of a row, and its place in the band."""

Cell = tuple[int, Row]
"""A column and a row."""

NEAR = 2
"""A flow takes a way around by so many rows; where there is none, it gets a row of its own."""


@dataclass(slots=True)
class Grid:
    """Where each node stands, and through which cells each link runs between its two nodes.

    The first cell of a labelled link that is not in the column of its source holds the label. A link whose
    first cell stands in the column of its source leaves it sideways.
    """

    bands: int
    column: list[int]
    row: dict[int, Row] = field(default_factory=dict)
    way: dict[int, list[Cell]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    taken: set[Cell] = field(default_factory=set)

    def are_free(self, row: Row, first: int, last: int) -> bool:
        """Whether nothing stands in a row between two columns, both included."""
        return all((column, row) not in self.taken for column in range(first, last + 1))

    def take(self, row: Row, first: int, last: int) -> None:
        """Keeps the cells of a row for one node or flow."""
        self.taken.update((column, row) for column in range(first, last + 1))

    def rows_of(self, band: int) -> list[Row]:
        """The rows of a band, first to last."""
        return [row for row in self.rows if row[0] == band]

    def new_row(self, band: int) -> Row:
        """One more row at the end of a band."""
        made = (band, len(self.rows_of(band)))
        self.rows = sorted([*self.rows, made])
        return made

    def distance(self, one: Row, other: Row) -> int:
        """How many rows lie from one to the other."""
        return abs(self.rows.index(one) - self.rows.index(other))


@dataclass(frozen=True, slots=True)
class _Run:
    """Nodes of one band that follow each other, and the columns in which its flows begin and end."""

    nodes: tuple[int, ...]
    after: int
    before: int


def grid_of(graph: Graph, band_of: Sequence[int], bands: int) -> Grid:
    """The grid of a graph, its nodes in the bands `band_of`; the end stands with what leads there first."""
    grid = Grid(bands, _columns(graph))
    grid.rows = [(band, 0) for band in range(bands)]
    band = list(band_of)
    for path in _paths(graph):
        if path[-1] == len(graph.nodes) - 1 and len(path) > 1:
            band[path[-1]] = band[path[-2]]
        for run in _runs(path, band, graph, grid.column):
            _place(grid, run, band[run.nodes[0]], graph)
        _lead_through(grid, graph)
    _leave_sideways(grid, graph)
    return grid


def _columns(graph: Graph) -> list[int]:
    """The layer of each node: one behind all that lead to it, two where a label stands between."""
    column = [0] * len(graph.nodes)
    for place in range(len(graph.nodes)):
        for link in graph.links:
            if link.source == place:
                behind = column[place] + (2 if link.label else 1)
                column[link.target] = max(column[link.target], behind)
    return column


def _paths(graph: Graph) -> Iterator[list[int]]:
    """The nodes in rows to be kept straight: from each node along the first way to one not met before."""
    met: set[int] = set()
    for place in range(len(graph.nodes)):
        path: list[int] = []
        here: int | None = place if place not in met else None
        while here is not None:
            path.append(here)
            met.add(here)
            ways = (link.target for link in graph.links if link.source == path[-1])
            here = next((target for target in ways if target not in met), None)
        if path:
            yield path


def _runs(path: Sequence[int], band: Sequence[int], graph: Graph, column: Sequence[int]) -> Iterator[_Run]:
    before = next((link.source for link in graph.links if link.target == path[0]), path[0])
    behind = next((link.target for link in graph.links if link.source == path[-1]), path[-1])
    led = (before, *path, behind)
    start = 1
    for end in range(2, len(led)):
        if end == len(led) - 1 or band[led[end]] != band[led[start]]:
            yield _Run(led[start:end], column[led[start - 1]], column[led[end]])
            start = end


def _place(grid: Grid, run: _Run, band: int, graph: Graph) -> None:
    """Stands a run in a row of its band: with its flows where there is room for them, else by itself."""
    first, last = grid.column[run.nodes[0]], grid.column[run.nodes[-1]]
    rows = grid.rows_of(band)
    roomy = [r for r in rows if grid.are_free(r, min(run.after + 1, first), max(run.before - 1, last))]
    tight = [r for r in rows if grid.are_free(r, first, last)] if grid.bands > 1 else []
    row = next(iter((*roomy, *tight)), None) or grid.new_row(band)
    grid.take(row, first, last)
    grid.row.update(dict.fromkeys(run.nodes, row))
    for pair in pairwise(run.nodes):
        number = next(n for n, link in enumerate(graph.links) if (link.source, link.target) == pair)
        grid.way[number] = [(c, row) for c in range(grid.column[pair[0]] + 1, grid.column[pair[1]])]


def _lead_through(grid: Grid, graph: Graph) -> None:
    """Finds the cells of the links whose nodes are placed by now, short ones before long ones.

    A way out of a gateway turns at once, any other flow turns as late as it can.
    """

    def length(numbered: tuple[int, Link]) -> tuple[int, int]:
        number, link = numbered
        return grid.column[link.target] - grid.column[link.source], number

    placed = [
        (n, link) for n, link in enumerate(graph.links) if {link.source, link.target} <= grid.row.keys()
    ]
    for number, link in sorted(placed, key=length):
        if number not in grid.way:
            turns_early = graph.nodes[link.source].kind == "gateway"
            wish = grid.row[link.target if turns_early else link.source]
            grid.way[number] = _cells(grid, link, wish)


def _cells(grid: Grid, link: Link, wish: Row) -> list[Cell]:
    first, last = grid.column[link.source] + 1, grid.column[link.target] - 1
    if first > last:
        return []
    row = _row_for(grid, link, first, last, wish)
    grid.take(row, first, last)
    return [(column, row) for column in range(first, last + 1)]


def _row_for(grid: Grid, link: Link, first: int, last: int, wish: Row) -> Row:
    """A row that is free all the way, and where no other flow leaves or enters beside this one."""
    source, target = grid.row[link.source], grid.row[link.target]
    least = grid.distance(source, target)

    def fits(row: Row) -> bool:
        begins = first if row == source else first - 1
        ends = last if row == target else last + 1
        return grid.are_free(row, begins, ends)

    def cost(row: Row) -> tuple[int, int, Row]:
        return grid.distance(row, source) + grid.distance(row, target), grid.distance(row, wish), row

    near = (row for row in sorted(grid.rows, key=cost) if cost(row)[0] <= least + NEAR)
    return next(filter(fits, near), None) or grid.new_row(source[0])


def _leave_sideways(grid: Grid, graph: Graph) -> None:
    """Lets the bent ways out of a gateway leave by its side, where nothing stands beside it in its column."""
    sides: dict[Cell, int] = {}
    for number, link in enumerate(graph.links):
        column, row = grid.column[link.source], grid.row[link.source]
        after = grid.way[number][0][1] if grid.way[number] else grid.row[link.target]
        if graph.nodes[link.source].kind != "gateway" or after == row:
            continue
        low, high = sorted((grid.rows.index(row), grid.rows.index(after)))
        beside = [(column, between) for between in grid.rows[low : high + 1] if between != row]
        if all(c not in grid.taken and sides.get(c, link.source) == link.source for c in beside):
            sides.update(dict.fromkeys(beside, link.source))
            grid.way[number] = [(column, after), *grid.way[number]]
