"""Sheets and type of the papers of the catalogue: a wall is read from three metres, a booklet from near."""

from collections.abc import Mapping
from dataclasses import dataclass

from station_desk.catalogue.public_paper import WallSize
from station_desk.printing.page import MUTED, Format
from station_desk.printing.wrapping import Lettering

SHEETS: Mapping[WallSize, Format] = {
    "a4": Format(210, 297, side=15, top=14, bottom=12),
    "a3": Format(297, 420, side=20, top=18, bottom=14),
    "a2": Format(420, 594, side=28, top=25, bottom=20),
}
WALL_SCALE: Mapping[WallSize, float] = {"a4": 0.71, "a3": 1.0, "a2": 1.41}
"""Type grows with the sheet: an A2 poster is an A3 poster enlarged."""

WHITE = 1.0
LARGE_POINTS = 18.0


@dataclass(frozen=True, slots=True)
class WallSizes:
    """The type of a poster in points, and its leadings in millimetres."""

    title: Lettering
    band: Lettering
    figure: Lettering
    label: Lettering
    heading: Lettering
    body: Lettering
    strong: Lettering
    small: Lettering
    leading: float
    gap: float


def wall_sizes(scale: float) -> WallSizes:
    """The type of a poster of A3, made larger or smaller by `scale`."""
    body = 17 * scale
    return WallSizes(
        title=Lettering(46 * scale, "bold", WHITE),
        band=Lettering(16 * scale, "bold", WHITE),
        figure=Lettering(30 * scale, "bold"),
        label=Lettering(15 * scale, grey=MUTED),
        heading=Lettering(22 * scale, "bold"),
        body=Lettering(body),
        strong=Lettering(body, "bold"),
        small=Lettering(12 * scale, grey=MUTED),
        leading=8.6 * scale,
        gap=4.0 * scale,
    )


@dataclass(frozen=True, slots=True)
class SheetSizes:
    """The type of a guide sheet or of the booklet in points, leadings in millimetres."""

    title: Lettering
    heading: Lettering
    label: Lettering
    body: Lettering
    strong: Lettering
    small: Lettering
    leading: float
    title_leading: float
    heading_leading: float
    small_leading: float


ORDINARY = SheetSizes(
    Lettering(20, "bold"), Lettering(12.5, "bold"), Lettering(10, grey=MUTED), Lettering(10.5),
    Lettering(10.5, "bold"), Lettering(8.5, grey=MUTED), 5.8, 10.0, 7.2, 4.4,
)  # fmt: skip
LARGE = SheetSizes(
    Lettering(28, "bold"), Lettering(21, "bold"), Lettering(LARGE_POINTS, grey=MUTED),
    Lettering(LARGE_POINTS), Lettering(LARGE_POINTS, "bold"), Lettering(LARGE_POINTS, grey=MUTED),
    9.8, 14.0, 12.0, 9.0,
)  # fmt: skip
"""Nothing in large print is smaller than 18 points."""
