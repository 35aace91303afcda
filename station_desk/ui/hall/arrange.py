"""Where everything stands on the hall display: side by side on a wide screen, stacked on an upright one."""

from collections.abc import Iterator
from dataclasses import dataclass

from station_desk.ui.hall.arrange_calls import calls_panel, prominent_call
from station_desk.ui.hall.arrange_foot import foot_strip
from station_desk.ui.hall.arrange_page import page_panel
from station_desk.ui.hall.drawing import Area, Frame, Part
from station_desk.ui.hall.showing import Showing

MARGIN = 2.6
GAP = 2.2
FOOT = 7.4
LEFT_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Rooms:
    """The areas of a screen."""

    head: Area
    calls: Area
    page: Area
    foot: Area


def arranged(frame: Frame, showing: Showing) -> list[Part]:
    """All parts in the order in which they are painted, but for the prominent call."""
    rooms = rooms_for(frame, showing)
    return [
        *_head(frame, rooms.head, showing),
        *calls_panel(frame, rooms.calls, showing),
        *page_panel(frame, rooms.page, showing),
        *foot_strip(frame, rooms.foot, showing),
    ]


def arranged_over(frame: Frame, showing: Showing) -> list[Part]:
    """The prominent call, which is painted over the pages while it is new."""
    if showing.prominent is None:
        return []
    return list(prominent_call(frame, rooms_for(frame, showing).page, showing.prominent, showing.words))


def rooms_for(frame: Frame, showing: Showing) -> Rooms:
    """The areas of a screen; where nothing is told at the foot, the others reach down to the edge."""
    told = showing.trouble or showing.turning.notices or showing.turning.facts
    return rooms_of(frame, FOOT if told else -GAP)


def rooms_of(frame: Frame, foot_height: float = FOOT) -> Rooms:
    """The areas of a screen of this size."""
    u = frame.unit
    m, gap, foot = MARGIN * u, GAP * u, foot_height * u
    inner = frame.width - 2 * m
    top = (15.5 if frame.upright else 10.4) * u
    strip = Area(m, frame.height - m - foot, inner, foot)
    height = strip.y - gap - top
    if frame.upright:
        upper = height * 0.47
        return Rooms(
            Area(m, 0, inner, top), Area(m, top, inner, upper),
            Area(m, top + upper + gap, inner, height - upper - gap), strip,
        )  # fmt: skip
    left = inner * LEFT_SHARE
    return Rooms(
        Area(m, 0, inner, top), Area(m, top, left, height),
        Area(m + left + gap, top, inner - left - gap, height), strip,
    )  # fmt: skip


def _head(frame: Frame, area: Area, showing: Showing) -> Iterator[Part]:
    """The station at the left; day, hours and clock at the right, on a line of their own when upright."""
    u = frame.unit
    hours = showing.turning.hours
    told = f"{showing.words['hours']} {hours}" if hours else ""
    clock = frame.measure("00:00", 5.2 * u, True) + u
    if frame.upright:
        yield frame.line(area.x, 2.4 * u, area.w, showing.turning.station, 5.0, "ink", bold=True)
        second = 9.0 * u
        yield frame.line(area.x, second - u, clock, showing.time, 5.2, "ink", bold=True)
        rest = area.w - clock - 2 * u
        for text in filter(None, (showing.date, told)):
            width = frame.measure(text, 3.0 * u, False) + u
            if width <= rest:
                x = area.right - rest
                yield frame.line(x, second + 0.6 * u, width, text, 3.0, "muted")
                rest -= width + 2 * u
        return
    x = area.right - clock
    yield frame.line(x, 1.9 * u, clock, showing.time, 5.2, "ink", bold=True, align="right")
    for text in filter(None, (showing.date, told)):
        width = frame.measure(text, 3.0 * u, False) + u
        x -= width + 2.2 * u
        if x < area.x + area.w * 0.34:
            break
        yield frame.line(x, 3.5 * u, width, text, 3.0, "muted", align="right")
    else:
        x -= 2 * u
    yield frame.line(
        area.x, 2.2 * u, max(x, area.w * 0.3) - area.x, showing.turning.station, 4.6, "ink", bold=True
    )
