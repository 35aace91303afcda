"""The strip at the foot of the hall display: the community in figures and the station's own lines."""

from collections.abc import Iterator, Sequence

from station_desk.ui.hall.drawing import LEADING, Area, Frame, Ground, Part
from station_desk.ui.hall.showing import Showing

SIZE = 3.3
BETWEEN = "   •   "


def foot_strip(frame: Frame, area: Area, showing: Showing) -> Iterator[Part]:
    """One line of what there is to tell; trouble takes the place of all others. Empty, it is not drawn."""
    u = frame.unit
    y = area.y + (area.h - SIZE * u * LEADING) / 2
    right = area.right - 2.4 * u
    width = right - area.x - 2.4 * u
    lines = foot_lines(frame, width, showing)
    if showing.trouble or lines:
        yield Ground(area, "panel", 1.2 * u, "line")
    if showing.trouble:
        pieces = frame.wrapped(showing.trouble, SIZE * u, width)
        told = pieces[showing.turn % len(pieces)]
        yield frame.line(area.x + 2.4 * u, y, width, told, SIZE, "warn")
    elif lines:
        label, text = lines[showing.turn % len(lines)]
        wide = frame.measure(label, 3.1 * u, False) + 2.2 * u
        yield frame.line(area.x + 2.4 * u, y + 0.2 * u, wide, label, 3.1, "muted")
        yield frame.line(area.x + 2.4 * u + wide, y, width - wide, text, SIZE, "ink")


def foot_lines(frame: Frame, width: float, showing: Showing) -> list[tuple[str, str]]:
    """All lines of the foot, each with its label, none wider than the strip."""
    words = showing.words
    made: list[tuple[str, str]] = []
    for label, texts, between in (
        (words["notice"], showing.turning.notices, ""),
        (words["basics"], showing.turning.facts, BETWEEN),
    ):
        room = width - frame.measure(label, 3.1 * frame.unit, False) - 2.2 * frame.unit
        made += ((label, line) for line in _gathered(frame, texts, between, room))
    return made


def _gathered(frame: Frame, texts: Sequence[str], between: str, room: float) -> Iterator[str]:
    """As many texts on a line as fit; one that is too long for a line goes on on the next."""
    size = SIZE * frame.unit
    line = ""
    for text in texts:
        for piece in frame.wrapped(text, size, room):
            joined = f"{line}{between}{piece}" if line and between else piece
            if line and (not between or frame.measure(joined, size, False) > room):
                yield line
                line = piece
            else:
                line = joined
    if line:
        yield line
