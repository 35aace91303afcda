"""What stands on the hall display, ready to be painted: texts, grounds, lines, badges and the QR, in pixels.

A unit is one hundredth of the short side of the screen, so that type is as large on every screen and when it
is turned upright. Nothing is ever cut off: a text is wrapped, made smaller down to the least size, or moved
on.
"""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Literal

Colour = Literal[
    "ground", "panel", "line", "ink", "muted", "number", "strong", "strong_ink", "strong_number", "badge",
    "badge_ink", "warn",
]  # fmt: skip
Align = Literal["left", "right", "middle"]
Measure = Callable[[str, float, bool], float]
"""The width of a text in pixels, by its size in pixels and whether it is bold."""

LEAST = 2.8
"""The smallest type in units. On a screen of 55 inches that is 19 mm: read from six metres."""

LEADING = 1.32
SQUAREST = 1.5
"""A screen that is more nearly square than 3 : 2 gets smaller type, else nothing would stand side by side."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def inside(self, pad: float) -> "Area":
        """What is left within a pad."""
        return Area(self.x + pad, self.y + pad, self.w - 2 * pad, self.h - 2 * pad)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of type; it is as wide as its area or narrower."""

    area: Area
    text: str
    size: float
    bold: bool
    colour: Colour
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled rectangle with round corners, or a thin line."""

    area: Area
    colour: Colour
    radius: float = 0
    edge: Colour | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A disc with the number of a step."""

    area: Area
    number: Text


@dataclass(frozen=True, slots=True)
class Qr:
    """The QR with its white margin."""

    area: Area


Part = Text | Ground | Badge | Qr
Placed = Generator[Part, None, float]
"""Parts below each other; answers where the next may begin."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The screen: its size, its unit in pixels, and how its type measures."""

    width: float
    height: float
    measure: Measure

    @property
    def unit(self) -> float:
        long, short = max(self.width, self.height), min(self.width, self.height)
        return min(short, long / SQUAREST) / 100

    @property
    def upright(self) -> bool:
        return self.height > self.width

    def line(
        self, x: float, y: float, w: float, text: str, units: float, colour: Colour, *,
        bold: bool = False, align: Align = "left",
    ) -> Text:  # fmt: skip
        """A line of type at a place, made smaller where it is too long for its width."""
        size = self.fitting(text, units * self.unit, w, bold=bold)
        return Text(Area(x, y, w, size * LEADING), text, size, bold, colour, align)

    def fitting(self, text: str, size: float, width: float, *, bold: bool) -> float:
        """The size, or the largest below it at which the text fits."""
        wide = self.measure(text, size, bold)
        while wide > width and size > 1:
            size = min(size * width / wide, size - 0.25)
            wide = self.measure(text, size, bold)
        return size

    def wrapped(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """The text in lines that fit, broken between Chinese characters and at spaces."""
        lines = [""]
        for piece in _pieces(text):
            if lines[-1] and self.measure((lines[-1] + piece).rstrip(), size, bold) > width:
                lines.append("")
            lines[-1] += piece if lines[-1] else piece.lstrip()
        return [line.rstrip() for line in lines if line.strip()]


CLOSING = "，。、；：！？）》」』”’％%"
_PIECE = re.compile(r"[\x21-\x7e\u00a0-\u024f–…]+ *|[（《「『“‘]*.[，。、；：！？）》」』”’％%]*", re.DOTALL)


def _pieces(text: str) -> Iterator[str]:
    """What may not be torn apart: a word, a character with the sign that closes or opens beside it."""
    pieces = _PIECE.findall(text)
    for place, piece in enumerate(pieces):
        if place and piece[0] in CLOSING:
            continue
        following = pieces[place + 1] if place + 1 < len(pieces) else ""
        yield piece + (following if following and following[0] in CLOSING else "")
