"""The calls and the waiting on the hall display, and the call that was just made, over the pages."""

from collections.abc import Iterator, Mapping, Sequence

from station_desk.counter.hall.board import Board, Call, Group
from station_desk.ui.hall.drawing import LEADING, Area, Colour, Frame, Ground, Part, Placed, Text
from station_desk.ui.hall.showing import Showing

NEWEST = 17.0
WHERE, BESIDE = 6.8, 5.4
"""The counter below the number, or beside it where there is room."""

OTHER = 4.8
ROW = 3.3
ROW_HEIGHT = 5.2
LABEL = 3.1


def calls_panel(frame: Frame, area: Area, showing: Showing) -> Iterator[Part]:
    """The newest call largest, the others below it, who waits and who was missed at the bottom."""
    u = frame.unit
    yield Ground(area, "panel", 1.2 * u, "line")
    inner = area.inside(2.6 * u)
    words, board = showing.words, showing.board
    label = frame.measure(words["calling"], LABEL * u, False) + u
    yield frame.line(inner.x, inner.y - 0.6 * u, label, words["calling"], LABEL, "muted")
    if showing.sound:
        room = inner.w - label - 2 * u
        x = inner.right - room
        yield frame.line(x, inner.y - 0.6 * u, room, showing.sound, 2.9, "muted", align="right")
    y: float = inner.y + 4.0 * u
    if not board.calls:
        for line in frame.wrapped(words["nobody_called"], 5.0 * u, inner.w, bold=True):
            yield frame.line(inner.x, y, inner.w, line, 5.0, "ink", bold=True)
            y += 5.0 * u * LEADING
        y += 1.5 * u
    else:
        y = yield from _newest(frame, inner, y, board.calls[0])
        y = yield from _others(frame, inner, y, board.calls[1:5])
    floor = yield from _missed(frame, inner, board, words)
    yield from _waiting(frame, Area(inner.x, y, inner.w, floor - y), showing)


def prominent_call(frame: Frame, area: Area, call: Call, words: Mapping[str, str]) -> Iterator[Part]:
    """The call alone, as large as the page has room, for some seconds."""
    u = frame.unit
    yield Ground(area, "strong", 1.2 * u, "line")
    inner = area.inside(4 * u)
    size = frame.fitting(call.number, 40 * u, inner.w, bold=True)
    please = f"{words['please']} {call.where}" if call.where else words["calling"]
    second = frame.fitting(please, 11.5 * u, inner.w, bold=True)
    y = inner.y + (inner.h - size * 1.15 - second * LEADING - 2 * u) / 2
    yield Text(Area(inner.x, y, inner.w, size * 1.15), call.number, size, True, "strong_number", "middle")
    y += size * 1.15 + 2 * u
    yield Text(Area(inner.x, y, inner.w, second * LEADING), please, second, True, "strong_ink", "middle")


def _newest(frame: Frame, inner: Area, y: float, call: Call) -> Placed:
    u = frame.unit
    number = frame.line(inner.x, y, inner.w, call.number, NEWEST, "number", bold=True)
    wide = frame.measure(call.number, number.size, True)
    where = frame.measure(call.where, BESIDE * u, True)
    height = number.size * 1.16
    if wide + 2.4 * u + where <= inner.w:
        yield Text(Area(inner.x, y, wide + 0.2 * u, height), call.number, number.size, True, "number")
        x = inner.x + wide + 2.4 * u
        place = y + height - BESIDE * u * LEADING - 2.6 * u
        yield frame.line(x, place, inner.right - x, call.where, BESIDE, "ink", bold=True)
        y += height
    else:
        yield Text(Area(inner.x, y, inner.w, height), call.number, number.size, True, "number")
        y += height
        yield frame.line(inner.x, y, inner.w, call.where, WHERE, "ink", bold=True)
        y += WHERE * u * LEADING + 1.4 * u
    yield Ground(Area(inner.x, y, inner.w, max(1.0, 0.16 * u)), "line")
    return y + 1.6 * u


def _others(frame: Frame, inner: Area, y: float, calls: Sequence[Call]) -> Placed:
    """Two beside each other where both fit, else one below the other, at most two lines."""
    u = frame.unit
    number_width = max((frame.measure(call.number, OTHER * u, True) for call in calls), default=0) + 1.6 * u
    where_width = max((frame.measure(call.where, 4.0 * u, False) for call in calls), default=0) + u
    columns = 2 if 2 * (number_width + where_width) <= inner.w else 1
    for place, call in enumerate(calls[: 2 * columns]):
        if place and place % columns == 0:
            y += OTHER * u * 1.42
        x = inner.x + (place % columns) * inner.w / columns
        room = min(where_width, inner.w / columns - number_width)
        colour: Colour = "muted" if call.serving else "ink"
        # Who is being served already stands back by weight too, not by colour alone.
        yield frame.line(x, y, number_width, call.number, OTHER, colour, bold=not call.serving)
        yield frame.line(x + number_width, y + 0.7 * u, room, call.where, 4.0, colour)
    return y + OTHER * u * 1.42 + u if calls else y


def _missed(frame: Frame, inner: Area, board: Board, words: Mapping[str, str]) -> Placed:
    """From the bottom up; answers where it begins."""
    if not board.missed:
        return inner.bottom + 0.8 * frame.unit
    u = frame.unit
    label = frame.measure(words["missed"], ROW * u, False) + 1.8 * u
    numbers = list(board.missed)
    while len(numbers) > 1 and frame.measure("  ".join(numbers), ROW * u, True) > inner.w - label:
        numbers.pop()
    told = label + frame.measure("  ".join(numbers), ROW * u, True) + 2 * u
    beside = inner.w - told >= frame.measure(words["missed_what"], 2.9 * u, False)
    y = inner.bottom - ROW * u * LEADING * (1 if beside else 2) + 0.8 * u
    yield Ground(Area(inner.x, y - 1.2 * u, inner.w, max(1.0, 0.16 * u)), "line")
    yield frame.line(inner.x, y, label, words["missed"], ROW, "muted")
    width = (told if beside else inner.w) - label
    yield frame.line(inner.x + label, y, width, "  ".join(numbers), ROW, "ink", bold=True)
    x, below = (inner.x + told, y + 0.3 * u) if beside else (inner.x, y + ROW * u * LEADING)
    yield frame.line(x, below, inner.right - x, words["missed_what"], 2.9, "muted")
    return y - 2.0 * u


def _waiting(frame: Frame, area: Area, showing: Showing) -> Iterator[Part]:
    """The item types for which people wait; when there are more than fit, they are shown in turn."""
    u = frame.unit
    groups, words = showing.board.groups, showing.words
    rows = int((area.h - LABEL * u * LEADING) // (ROW_HEIGHT * u))
    if rows < 1:
        return
    columns = 2 if frame.upright and len(groups) > rows else 1
    fits = rows * columns
    sheets = max(1, -(-len(groups) // fits))
    sheet = showing.turn % sheets
    shown = groups[sheet * fits : (sheet + 1) * fits]
    lines = -(-len(shown) // columns) if shown else 1
    y = area.bottom - lines * ROW_HEIGHT * u - LABEL * u * LEADING - 0.6 * u
    label = words["waiting"] if groups else words["nobody_waits"]
    if sheets > 1:
        label += "  " + f"{sheet + 1}/{sheets}"
    yield frame.line(area.x, y, area.w, label, LABEL, "muted")
    y += LABEL * u * LEADING + 0.6 * u
    width = (area.w - (columns - 1) * 3 * u) / columns
    for place, group in enumerate(shown):
        x = area.x + (place % columns) * (width + 3 * u)
        yield from _group(frame, Area(x, y + (place // columns) * ROW_HEIGHT * u, width, 0), group, shown)


def _group(frame: Frame, row: Area, group: Group, beside: Sequence[Group]) -> Iterator[Part]:
    u = frame.unit
    wait = max(frame.measure(other.wait, 3.0 * u, False) for other in beside) + 0.5 * u
    people = max(frame.measure(other.people, ROW * u, True) for other in beside) + 0.5 * u
    name = row.w - wait - people - 3 * u
    yield frame.line(row.x, row.y, name, group.name, ROW, "ink")
    yield frame.line(row.x + name + u, row.y, people, group.people, ROW, "ink", bold=True, align="right")
    if group.wait:
        yield frame.line(row.right - wait, row.y + 0.2 * u, wait, group.wait, 3.0, "muted", align="right")
