"""Breaks text into lines as Chinese and Latin are broken: anywhere between characters, or between words.

No line begins with a closing mark or ends with an opening one (`line_breaks.py`). A word longer than a line
is broken where the line is full: nothing sticks out of the page.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, takewhile

from station_desk.printing import fonts
from station_desk.printing.line_breaks import SPACES, may_part

EVEN_STEP = 2.0
"""In points: how finely `wrap_evenly` looks for the length of its lines."""

KEPT = 64
"""How many results of `wrap_evenly` are kept: words that stand alone are those of the house, ever again."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """How words are set: type size and letter spacing in points, `grey` from 0 (black) to 1 (white)."""

    size: float
    weight: fonts.Weight = "regular"
    grey: float = 0.0
    spacing: float = 0.0

    def width(self, text: str) -> float:
        """The width of a text in points."""
        letters = fonts.width(text, self.weight, self.size)
        if not self.spacing:
            return letters
        return letters + self.spacing * max(0, fonts.letters(text, self.weight) - 1)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one lettering."""

    text: str
    lettering: Lettering

    @property
    def width(self) -> float:
        """The width in points."""
        return self.lettering.width(self.text)


Line = tuple[Run, ...]
Letter = tuple[str, Lettering]


@dataclass(frozen=True, slots=True)
class Unit:
    """Letters that are not parted unless they are wider than a line; `ends`: the line ends behind them.

    Widths in points; `solid` is without the spaces at the end, which may hang over the edge.
    """

    letters: tuple[Letter, ...]
    width: float
    solid: float
    ends: bool = False


def wrap(runs: Iterable[Run], width: float) -> list[Line]:
    """All lines of the words at one width in points; words that are empty give one empty line."""
    runs = tuple(run for run in runs if run.text)
    if _is_one_line(runs, width):
        return [runs]
    waiting = units(runs)
    lines = []
    while waiting:
        lines.append(next_line(waiting, width))
    return lines


def wrap_evenly(runs: Iterable[Run], width: float) -> list[Line]:
    """As few lines as `wrap` needs, but of much the same length: for a few words that stand by themselves."""
    return list(_evenly(tuple(runs), width))


def units(runs: Iterable[Run]) -> deque[Unit]:
    """The words cut at every place where a line may end."""
    found: deque[Unit] = deque()
    letters: list[Letter] = []
    for letter in ((char, run.lettering) for run in runs for char in run.text):
        if letter[0] == "\n":
            found.append(_unit(letters, ends=True))
            letters = []
            continue
        if letters and may_part(letters[-1][0], letter[0]):
            found.append(_unit(letters))
            letters = []
        letters.append(letter)
    if letters:
        found.append(_unit(letters))
    return found


def whole(runs: Iterable[Run]) -> Unit:
    """Words that stay on one line when they can."""
    return _unit([(char, run.lettering) for run in runs for char in run.text])


def next_line(waiting: deque[Unit], width: float) -> Line:
    """Take from the waiting units what fits into one line of that width in points."""
    letters: list[Letter] = []
    used = 0.0
    while waiting:
        if used + waiting[0].solid > width:
            if letters:
                break
            waiting.extendleft(reversed(_parted(waiting.popleft(), width)))
        unit = waiting.popleft()
        letters.extend(unit.letters)
        used += unit.width
        if unit.ends:
            break
    while letters and letters[-1][0] in SPACES:
        letters.pop()
    grouped = groupby(letters, key=lambda letter: letter[1])
    return tuple(Run("".join(char for char, _ in group), lettering) for lettering, group in grouped)


def shortened(text: str, lettering: Lettering, width: float) -> str:
    """The text cut with an ellipsis to a width in points, for places that have one line only."""
    if lettering.width(text) <= width:
        return text
    kept = _count_that_fits([(char, lettering) for char in text], width - _width(("…", lettering)))
    return text[:kept].rstrip() + "…"


@lru_cache(maxsize=KEPT)
def _evenly(runs: Line, width: float) -> tuple[Line, ...]:
    lines = wrap(runs, width)
    count = len(lines)
    narrow = sum(run.width for run in runs) / count
    while count > 1 and narrow < width:
        if len(even := wrap(runs, narrow)) == count:
            return tuple(even)
        narrow += EVEN_STEP
    return tuple(lines)


def _is_one_line(runs: Line, width: float) -> bool:
    """Most texts of a paper are short: these need not be cut at all."""
    return sum(run.width for run in runs) <= width and not any("\n" in run.text for run in runs)


def _unit(letters: Sequence[Letter], *, ends: bool = False) -> Unit:
    total = sum(map(_width, letters))
    solid = total
    for letter in reversed(letters):
        if letter[0] not in SPACES:
            break
        solid -= _width(letter)
    return Unit(tuple(letters), total, solid, ends)


def _width(letter: Letter) -> float:
    char, lettering = letter
    glyph = fonts.glyph(char, lettering.weight)
    width = glyph.advance * lettering.size / 1000
    return width + glyph.letters * lettering.spacing if lettering.spacing else width


def _parted(unit: Unit, width: float) -> list[Unit]:
    """A unit wider than a line as a first part that fills it (one character at least) and the rest."""
    count = max(1, _count_that_fits(unit.letters, width))
    first, rest = unit.letters[:count], unit.letters[count:]
    if not rest:
        return [unit]
    return [_unit(first), _unit(rest, ends=unit.ends)]


def _count_that_fits(letters: Sequence[Letter], width: float) -> int:
    used = accumulate(map(_width, letters))
    return sum(1 for _ in takewhile(lambda total: total <= width, used))
