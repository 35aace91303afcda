"""Bars as a drawing inside a page: two for each day or week, with a scale, told in words beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 960, 240
LEFT, TOP, BOTTOM = 40, 28, 24
MOST_LABELS = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """What happened in one span of time."""

    label: str
    first: int
    second: int


def bars(pairs: Sequence[Pair], names: tuple[str, str], told: str) -> Markup:
    """The drawing; `told` is read to those who do not see it."""
    top = _round_up(max((max(pair.first, pair.second) for pair in pairs), default=0))
    parts = [*_scale(top), *_legend(names), *_all_bars(pairs, top)]
    return Markup(
        '<svg class="bars" role="img" viewBox="0 0 {width} {height}" aria-label="{told}">{parts}</svg>'
    ).format(width=WIDTH, height=HEIGHT, told=told, parts=Markup("").join(parts))


def _scale(top: int) -> Iterator[Markup]:
    for share in (0.0, 0.5, 1.0):
        y = _y(top * share, top)
        yield Markup(
            '<path class="axis" d="M{left} {y}H{right}"/><text x="{x}" y="{ty}" text-anchor="end">{n}</text>'
        ).format(left=LEFT, right=WIDTH, y=y, x=LEFT - 6, ty=y + 4, n=f"{top * share:g}")


def _legend(names: tuple[str, str]) -> Iterator[Markup]:
    x = LEFT
    for kind, name in zip(("first", "second"), names, strict=True):
        yield Markup(
            '<rect class="{kind}" x="{x}" y="4" width="11" height="11"/><text x="{tx}" y="14">{name}</text>'
        ).format(kind=kind, x=x, tx=x + 16, name=name)
        x += 40 + 12 * len(name)


def _all_bars(pairs: Sequence[Pair], top: int) -> Iterator[Markup]:
    room = (WIDTH - LEFT) / max(1, len(pairs))
    wide = min(room * 0.4, 28)
    every = max(1, -(-len(pairs) // MOST_LABELS))
    for at, pair in enumerate(pairs):
        middle = LEFT + room * (at + 0.5)
        for kind, value, x in (("first", pair.first, middle - wide), ("second", pair.second, middle)):
            if value:
                y = _y(value, top)
                yield Markup(
                    '<rect class="{kind}" x="{x:.1f}" y="{y}" width="{w:.1f}" height="{h:.1f}"/>'
                ).format(kind=kind, x=x, y=y, w=wide * 0.94, h=HEIGHT - BOTTOM - y)
        if at % every == 0:
            yield Markup('<text x="{x:.1f}" y="{y}" text-anchor="middle">{label}</text>').format(
                x=middle, y=HEIGHT - 6, label=escape(pair.label)
            )


def _y(value: float, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _round_up(most: int) -> int:
    """The next of 2, 4, 10, 20, 40, 100… so that the half is whole too."""
    size = 1
    while True:
        for step in (2, 4, 10):
            if most <= step * size:
                return step * size
        size *= 10
