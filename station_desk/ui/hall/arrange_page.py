"""A page of the hall display: the workflow of an item step by step, and what to bring for it.

Short workflows are set larger, up to the room there is; long ones are shown in parts, one after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from station_desk.counter.hall.pages import HallStep
from station_desk.ui.hall.drawing import (
    LEADING,
    LEAST,
    Area,
    Badge,
    Colour,
    Frame,
    Ground,
    Part,
    Placed,
    Qr,
    Text,
)
from station_desk.ui.hall.showing import Showing

GROWTH = (1.5, 1.35, 1.2, 1.1, 1.0, 0.92)
TITLE, SUB = 5.6, 3.2
NAME, DETAIL, WAY = 3.7, 3.1, 3.05
BRING = 3.4
CONTACT = 3.0
BADGE = 4.6
QR = 14.6
STEPS_SHARE = 0.54


@dataclass(frozen=True, slots=True)
class Column:
    """Blocks below each other, at a growth: each is a height and the parts of a step or a paper."""

    blocks: tuple[tuple[float, tuple[Part, ...]], ...]

    @property
    def height(self) -> float:
        return sum(height for height, _ in self.blocks)


def page_panel(frame: Frame, area: Area, showing: Showing) -> Iterator[Part]:
    """The page that has its turn, with the QR of all guides at the bottom."""
    u = frame.unit
    yield Ground(area, "panel", 1.2 * u, "line")
    inner = area.inside(2.8 * u)
    floor = yield from _invitation(frame, inner, showing)
    if showing.page is None:
        return
    top = yield from _title(frame, inner, showing)
    parts = parts_of(frame, Area(inner.x, top, inner.w, inner.bottom - top), floor, showing)
    if parts:
        yield from parts[showing.part % len(parts)]


def count_of_parts(frame: Frame, area: Area, showing: Showing) -> int:
    """In how many parts the page is shown on this screen."""
    if showing.page is None:
        return 1
    inner = area.inside(2.8 * frame.unit)
    floor = _ends(_invitation(frame, inner, showing))
    top = _ends(_title(frame, inner, showing))
    body = Area(inner.x, top, inner.w, inner.bottom - top)
    return len(parts_of(frame, body, floor, showing)) or 1


def parts_of(frame: Frame, body: Area, floor: float, showing: Showing) -> list[list[Part]]:
    """The page in as many parts as it needs, at the largest growth at which it needs one; else at the least.

    The steps end at the floor, above the QR; the papers beside them may go on to the bottom.
    """
    page = showing.page
    assert page is not None
    u = frame.unit
    gap = 4 * u
    left = (body.w - gap) * STEPS_SHARE
    right = body.w - left - gap
    label = 3.1 * u * LEADING + 0.7 * u
    rooms = (floor - body.y - label, body.h - label)
    steps = bring = Column(())
    for growth in GROWTH:
        steps = _steps(frame, page.steps, left, growth)
        bring = _bring(frame, page.bring, right, growth)
        if steps.height <= rooms[0] and bring.height <= rooms[1]:
            break
    halves = (_sheets(steps, rooms[0]), _sheets(bring, rooms[1]))
    count = max(map(len, halves))
    made: list[list[Part]] = []
    for place in range(count):
        parts: list[Part] = []
        for (x, width, name), sheets in zip(
            ((body.x, left, "steps"), (body.x + left + gap, right, "bring")), halves, strict=True
        ):
            blocks = sheets[min(place, len(sheets) - 1)] if sheets else ()
            mark = f"{place + 1}/{count}" if count > 1 and len(sheets) > 1 else ""
            parts.append(frame.line(x, body.y, width, f"{showing.words[name]}  {mark}".strip(), 3.1, "muted"))
            y = body.y + label
            for height, block in blocks:
                parts += (_moved(part, x, y) for part in block)
                y += height
        made.append(parts)
    return made


def _sheets(column: Column, room: float) -> list[tuple[tuple[float, tuple[Part, ...]], ...]]:
    sheets: list[list[tuple[float, tuple[Part, ...]]]] = [[]]
    used = 0.0
    for block in column.blocks:
        if sheets[-1] and used + block[0] > room:
            sheets.append([])
            used = 0.0
        sheets[-1].append(block)
        used += block[0]
    return [tuple(sheet) for sheet in sheets]


def _title(frame: Frame, inner: Area, showing: Showing) -> Placed:
    assert showing.page is not None
    u, y = frame.unit, inner.y - 0.8 * frame.unit
    size = TITLE
    lines = frame.wrapped(showing.page.title, size * u, inner.w, bold=True)
    if len(lines) > 1:
        size = 4.6
        lines = frame.wrapped(showing.page.title, size * u, inner.w, bold=True)
    for line in lines[:2]:
        yield frame.line(inner.x, y, inner.w, line, size, "ink", bold=True)
        y += size * u * 1.26
    for line in frame.wrapped(showing.page.sub, SUB * u, inner.w):
        yield frame.line(inner.x, y, inner.w, line, SUB, "muted")
        y += SUB * u * LEADING
    return y + 2.2 * u


def _invitation(frame: Frame, inner: Area, showing: Showing) -> Placed:
    """The QR with its words, and the phones; answers where it begins."""
    u = frame.unit
    told = ((showing.words["scan"],) if showing.has_qr else ()) + showing.turning.contact
    side = QR * u if showing.has_qr else 0.0
    aside = side + 2.2 * u if side else 0.0
    room = (inner.w - 4 * u) * STEPS_SHARE - aside
    lines = [line for text in told for line in _in_room(frame, text, room)]
    high = len(lines) * CONTACT * u * LEADING
    if not lines:
        return inner.bottom
    top = inner.bottom + 1.2 * u - max(side, high)
    if side:
        yield Qr(Area(inner.x, inner.bottom + 1.2 * u - side, side, side))
    y = inner.bottom + 1.2 * u - high - max(0.0, side - high) / 2
    for line in lines:
        yield frame.line(inner.x + aside, y, room, line, CONTACT, "muted")
        y += CONTACT * u * LEADING
    return top - 1.3 * u


def _in_room(frame: Frame, text: str, room: float) -> list[str]:
    """One line where the text fits, made a little smaller if need be; else broken at its spaces."""
    if frame.measure(text, LEAST * frame.unit, False) <= room:
        return [text]
    return frame.wrapped(text, CONTACT * frame.unit, room)


def _steps(frame: Frame, steps: Sequence[HallStep], width: float, growth: float) -> Column:
    u = frame.unit * growth
    indent = (BADGE + 2.2) * u
    blocks: list[tuple[float, tuple[Part, ...]]] = []
    for number, step in enumerate(steps, start=1):
        parts: list[Part] = []
        y = (BADGE - NAME * LEADING) * u / 2
        name = frame.measure(step.name, NAME * u, True) + 1.8 * u
        detail = frame.measure(step.detail, DETAIL * u, False)
        if name + detail <= width - indent:
            beside = Area(indent + name, y + (NAME - DETAIL) * LEADING * u * 0.6, width - indent - name, 0)
            _lines(frame, parts, step.detail, beside, DETAIL * u, "muted")
            y = _lines(frame, parts, step.name, Area(indent, y, name, 0), NAME * u, "ink", bold=True)
        else:
            y = _lines(
                frame, parts, step.name, Area(indent, y, width - indent, 0), NAME * u, "ink", bold=True
            )
            y = _lines(frame, parts, step.detail, Area(indent, y, width - indent, 0), DETAIL * u, "muted")
        for way in step.ways:
            y = _lines(frame, parts, "· " + way, Area(indent, y, width - indent, 0), WAY * u, "ink")
        height = max(y, BADGE * u) + 1.4 * u
        disc = Area(0, 0, BADGE * u, BADGE * u)
        figure = Text(disc, str(number), 2.9 * u, True, "badge_ink", "middle")
        if number < len(steps):
            stem = Area(BADGE * u / 2 - 0.15 * u, BADGE * u, 0.3 * u, height - BADGE * u)
            parts.append(Ground(stem, "badge"))
        parts.append(Badge(disc, figure))
        blocks.append((height, tuple(parts)))
    return Column(tuple(blocks))


def _bring(frame: Frame, bring: Sequence[str], width: float, growth: float) -> Column:
    u = frame.unit * growth
    indent = 2.4 * u
    blocks: list[tuple[float, tuple[Part, ...]]] = []
    for paper in bring:
        parts: list[Part] = []
        y = _lines(frame, parts, paper, Area(indent, 0, width - indent, 0), BRING * u, "ink")
        dot = 0.8 * u
        parts.append(Ground(Area(0.3 * u, BRING * u * LEADING / 2 - dot / 2, dot, dot), "number", dot / 2))
        blocks.append((y + 1.1 * u, tuple(parts)))
    return Column(tuple(blocks))


def _lines(
    frame: Frame,
    parts: list[Part],
    text: str,
    place: Area,
    size: float,
    colour: Colour,
    *,
    bold: bool = False,
) -> float:
    y = place.y
    for line in frame.wrapped(text, size, place.w, bold=bold):
        fitted = frame.fitting(line, size, place.w, bold=bold)
        parts.append(Text(Area(place.x, y, place.w, size * LEADING), line, fitted, bold, colour))
        y += size * LEADING
    return y


def _moved(part: Part, x: float, y: float) -> Part:
    area = Area(part.area.x + x, part.area.y + y, part.area.w, part.area.h)
    match part:
        case Text():
            return Text(area, part.text, part.size, part.bold, part.colour, part.align)
        case Ground():
            return Ground(area, part.colour, part.radius, part.edge)
        case Badge():
            figure = part.number
            return Badge(area, Text(area, figure.text, figure.size, True, figure.colour, "middle"))
        case Qr():
            return Qr(area)


def _ends(parts: Placed) -> float:
    """What a generator of parts answers at its end."""
    while True:
        try:
            next(parts)
        except StopIteration as end:
            return float(end.value)
