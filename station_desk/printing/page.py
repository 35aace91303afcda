"""The sheets of a paper while it is being set: words, rules and codes, from top to bottom, page after page.

Lengths are millimetres from the top left corner of a page; type sizes are points. Nothing is drawn here: the
pages are lists of marks, which `pdf.py` draws. So a paper can be measured before there is any PDF.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from station_desk.printing.codes import DOT, Symbol
from station_desk.printing.wrapping import Lettering, Line, Run, Unit, next_line

MM = 72 / 25.4
"""Points in a millimetre."""

MUTED, PALE = 0.36, 0.62
"""Greys of labels and of hairlines; all else is black, which a mono printer sets without dots."""

HAIRLINE, FIRM = 0.15, 0.35
"""Thickness of rules in millimetres."""

MIDDLE_OF_EM = 0.38
"""How far the middle of a Chinese character lies above the baseline, in em."""


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet and the white at its edges, in millimetres."""

    width: float
    height: float
    side: float
    top: float
    bottom: float


A5_LANDSCAPE = Format(210, 148, side=10, top=9, bottom=8)
A4_PORTRAIT = Format(210, 297, side=15, top=14, bottom=12)


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words that begins at x on a baseline."""

    x: float
    baseline: float
    line: Line


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, as a filled box."""

    x: float
    y: float
    width: float
    height: float
    grey: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR or barcode whose dark part begins at (x, y)."""

    x: float
    y: float
    module: float
    module_height: float
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of straight and curved steps, named as in SVG (M, L, C, Z); without thickness it is only filled.

    `filled` is a grey from 0 (black) to 1 (white), or None where the ground shows through.
    """

    steps: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    thickness: float
    grey: float
    filled: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """A coloured box; `colour` is red, green and blue from 0 to 1."""

    x: float
    y: float
    width: float
    height: float
    colour: tuple[float, float, float]


Mark = Words | Rule | Code | Outline | Band


@dataclass(frozen=True, slots=True)
class Free:
    """A place at the right edge that running text goes around."""

    left: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class State:
    """Pages as they were at some moment of their setting."""

    marks: list[list[Mark]]
    y: float
    free: tuple[Free, ...]


class Pages:
    """The pages set so far; `y` is where the next line begins on the last one.

    `case` is the number of the case they belong to, if they belong to one.
    `head` and `foot` are kept free for what stands on every page: the head from the second page on.
    """

    def __init__(self, sheet: Format, head: float, foot: float) -> None:
        self.sheet = sheet
        self.case = ""
        self.left = sheet.side
        self.right = sheet.width - sheet.side
        self.bottom = sheet.height - sheet.bottom - foot
        self.next_top = sheet.top + head
        self.y = sheet.top
        self.marks: list[list[Mark]] = [[]]
        self._free: list[Free] = []

    @property
    def room(self) -> float:
        """The height left on this page."""
        return self.bottom - self.y

    def next_page(self) -> None:
        """Go on at the top of a new page."""
        self.marks.append([])
        self._free = []
        self.y = self.next_top

    def state(self) -> State:
        """What is set so far, to come back to."""
        return State([list(marks) for marks in self.marks], self.y, tuple(self._free))

    def back_to(self, state: State) -> None:
        """Take away all that was set since."""
        self.marks = [list(marks) for marks in state.marks]
        self.y = state.y
        self._free = list(state.free)

    def need(self, height: float) -> None:
        """Go to a new page unless so much height is left on this one."""
        if height > self.room:
            self.next_page()

    def keep_free(self, left: float, top: float, bottom: float) -> None:
        """Let running text of this page end before a place at its right edge."""
        self._free.append(Free(left, top, bottom))

    def go_below(self) -> None:
        """Go on below all places kept free."""
        self.y = max((self.y, *(place.bottom for place in self._free)))

    def flow(self, x: float, waiting: deque[Unit], leading: float) -> None:
        """Set running text from x to the right edge, going on at the next page when this one is full."""
        while waiting:
            self.need(leading)
            self.put(x, self.y, next_line(waiting, (self._right_at(leading) - x) * MM), leading)
            self.y += leading

    def put(self, x: float, y: float, line: Iterable[Run], height: float) -> None:
        """Place one line at x, in the middle of a strip of that height below y."""
        line = tuple(line)
        if line:
            size = max(run.lettering.size for run in line)
            self._add(Words(x, y + height / 2 + MIDDLE_OF_EM * size / MM, line))

    def put_centred(self, x: float, y: float, line: Iterable[Run], height: float) -> None:
        """Place one line so that its middle is at x."""
        line = tuple(line)
        self.put(x - width_of(line) / 2, y, line, height)

    def put_right(self, x: float, y: float, line: Iterable[Run], height: float) -> None:
        """Place one line so that it ends at x."""
        line = tuple(line)
        self.put(x - width_of(line), y, line, height)

    def across(
        self, x: float, y: float, length: float, thickness: float = HAIRLINE, grey: float = PALE
    ) -> None:
        """Draw a rule to the right from (x, y)."""
        self._add(Rule(x, y - thickness / 2, length, thickness, grey))

    def down(
        self, x: float, y: float, length: float, thickness: float = HAIRLINE, grey: float = PALE
    ) -> None:
        """Draw a rule downwards from (x, y)."""
        self._add(Rule(x - thickness / 2, y, thickness, length, grey))

    def band(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a box with a colour, `#RRGGBB`, below what is set later."""
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        self._add(Band(x, y, width, height, (red, green, blue)))

    def code(self, symbol: Symbol, x: float, y: float, module: float, height: float) -> None:
        """Draw the dark part of a code at (x, y), moved onto the dots of the printer."""
        self._add(Code(_on_dot(x), _on_dot(y), module, height / symbol.rows, symbol))

    def draw(self, outline: Outline) -> None:
        """Draw a line on this page; words always stand above it."""
        self._add(outline)

    def write(self, x: float, baseline: float, line: Iterable[Run]) -> None:
        """Place one line that begins at x on a baseline."""
        self._add(Words(x, baseline, tuple(line)))

    def _add(self, mark: Mark) -> None:
        self.marks[-1].append(mark)

    def _right_at(self, leading: float) -> float:
        beside = [f.left for f in self._free if f.top < self.y + leading and self.y < f.bottom]
        return min((self.right, *beside))


def width_of(line: Iterable[Run]) -> float:
    """The width of a line in millimetres."""
    return sum(run.width for run in line) / MM


def plain(text: str, lettering: Lettering) -> tuple[Run]:
    """A text in one lettering."""
    return (Run(text, lettering),)


def _on_dot(length: float) -> float:
    return round(length / DOT) * DOT
