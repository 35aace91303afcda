"""How large everything on a paper is: as on the receipt, as in a letter, or large for weak eyes.

Nothing in large print is smaller than 18 points, the foot of the page included.
"""

from dataclasses import dataclass

from station_desk.catalogue.paper import Format
from station_desk.printing.page import A4_PORTRAIT, A5_LANDSCAPE, MM, MUTED
from station_desk.printing.page import Format as Sheet
from station_desk.printing.wrapping import Lettering

LARGE_POINTS = 18.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sheet and its type. Heights are millimetres; `leading` is that of running text."""

    sheet: Sheet
    large: bool
    station: Lettering
    title: Lettering
    heading: Lettering
    number: Lettering
    label: Lettering
    body: Lettering
    strong: Lettering
    cell: Lettering
    small: Lettering
    small_strong: Lettering
    leading: float
    small_leading: float
    sign_leading: float
    title_height: float
    code_column: float


def sizes_of(format_: Format, *, large: bool) -> Sizes:
    """The sizes of a paper; large print is on A4 whatever the paper is otherwise."""
    if large:
        return LARGE
    return A5 if format_ == "a5" else A4


def leading_of(lettering: Lettering) -> float:
    """The height of a line that stands by itself in this lettering."""
    return lettering.size * 1.45 / MM


A5 = Sizes(
    sheet=A5_LANDSCAPE, large=False, station=Lettering(12.5, "bold"),
    title=Lettering(17, "bold", spacing=2.6), heading=Lettering(10.5, "bold"), number=Lettering(13, "bold"),
    label=Lettering(9, grey=MUTED), body=Lettering(9.5), strong=Lettering(9.5, "bold"), cell=Lettering(9.5),
    small=Lettering(8, grey=MUTED), small_strong=Lettering(8, "bold"), leading=5.7, small_leading=4.0,
    sign_leading=7.0, title_height=9.0, code_column=48.0,
)  # fmt: skip
A4 = Sizes(
    sheet=A4_PORTRAIT, large=False, station=Lettering(12.5, "bold"), title=Lettering(19, "bold", spacing=3.0),
    heading=Lettering(11.5, "bold"), number=Lettering(13, "bold"), label=Lettering(9.5, grey=MUTED),
    body=Lettering(10.5), strong=Lettering(10.5, "bold"), cell=Lettering(9.5), small=Lettering(8, grey=MUTED),
    small_strong=Lettering(8, "bold"), leading=6.0, small_leading=4.2, sign_leading=9.5, title_height=11.0,
    code_column=48.0,
)  # fmt: skip
LARGE = Sizes(
    sheet=A4_PORTRAIT, large=True, station=Lettering(20, "bold"), title=Lettering(28, "bold", spacing=3.0),
    heading=Lettering(20, "bold"), number=Lettering(20, "bold"), label=Lettering(LARGE_POINTS, grey=MUTED),
    body=Lettering(LARGE_POINTS), strong=Lettering(LARGE_POINTS, "bold"), cell=Lettering(LARGE_POINTS),
    small=Lettering(LARGE_POINTS, grey=MUTED), small_strong=Lettering(LARGE_POINTS, "bold"),
    leading=10.2, small_leading=8.6, sign_leading=14.0, title_height=15.0, code_column=54.0,
)  # fmt: skip
