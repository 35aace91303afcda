"""How wide words are in a diagram and where their lines break: the same on paper, screens and web pages.

The widths are those of no font but an upper bound for those that draw our diagrams, so that one geometry
serves all: words never leave their box, whichever font a browser takes.
"""

import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

NO_LINE_BEGINS_WITH = frozenset("，。、；：？！）》」』】〕〗〉”’…—·％,.;:?!)]}%/")
NO_LINE_ENDS_WITH = frozenset("（《「『【〔〖〈“‘([{")
WIDE_FROM = 0x2190
"""From the arrows on characters stand in a square, and lines may break between them."""

EVEN_STEP = 2

_NARROW, _MIDDLE, _BROAD = frozenset("ijlI|!.,:;' "), frozenset('frt()[]{}/\\-"`*1'), frozenset("mwMW@%—…")


@dataclass(frozen=True, slots=True)
class Lettering:
    """A size of type, and from one line to the next."""

    size: int
    leading: int
    bold: bool = False


Measure = Callable[[str, Lettering], float]
"""The width of a text on one line."""


def widest(text: str, lettering: Lettering) -> float:
    """The width that a text has at most in the usual fonts without serifs."""
    return sum(map(_em, text)) * lettering.size * (1.06 if lettering.bold else 1.0)


def clean(text: str) -> str:
    """The text on one line without controls, and with only what may stand in XML."""
    return " ".join("".join(map(_clean, text)).split())


def wrapped(text: str, lettering: Lettering, width: float, measure: Measure) -> tuple[str, ...]:
    """The lines of a text: as few as the width allows, and of much the same length."""
    pieces = list(_pieces(clean(text)))
    lines = _lines(pieces, lettering, width, measure)
    words = [found for piece in pieces if (found := measure(piece.rstrip(), lettering)) <= width]
    narrow = max((*words, sum(measure(line, lettering) for line in lines) / max(len(lines), 1)))
    while len(lines) > 1 and narrow < width:
        even = _lines(pieces, lettering, narrow, measure)
        if len(even) == len(lines):
            return tuple(even)
        narrow += EVEN_STEP
    return tuple(lines)


def _lines(pieces: list[str], lettering: Lettering, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line = ""
    waiting = deque(pieces)
    while waiting:
        piece = waiting.popleft()
        if measure((line + piece).rstrip(), lettering) <= width:
            line += piece
        elif line:
            lines.append(line.rstrip())
            line = ""
            waiting.appendleft(piece)
        else:
            count = _count_that_fits(piece, lettering, width, measure)
            line = piece[:count]
            waiting.extendleft([piece[count:]] if piece[count:] else [])
    return [*lines, line.rstrip()] if line.strip() else lines


def _count_that_fits(text: str, lettering: Lettering, width: float, measure: Measure) -> int:
    """How many characters of a text fill a line; one at least, however narrow the line."""
    fitting = (count for count in range(len(text), 1, -1) if measure(text[:count], lettering) <= width)
    return next(fitting, 1)


def _pieces(text: str) -> Iterator[str]:
    """The text cut at every place where a line may end."""
    piece = ""
    for char in text:
        if piece and _may_part(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _may_part(before: str, after: str) -> bool:
    if after == " " or after in NO_LINE_BEGINS_WITH or before in NO_LINE_ENDS_WITH:
        return False
    if unicodedata.combining(after) or unicodedata.category(after) in ("Mn", "Me", "Cf"):
        return False
    return before == " " or ord(before) >= WIDE_FROM or ord(after) >= WIDE_FROM


@cache
def _em(char: str) -> float:
    if char in _NARROW:
        return 0.34
    if char in _MIDDLE:
        return 0.5
    if char in _BROAD or ord(char) >= WIDE_FROM:
        return 1.0
    if char.isascii():
        return 0.74 if char.isupper() else 0.63
    return 0.0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1.0


def _clean(char: str) -> str:
    match unicodedata.category(char):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cs":
            return "\ufffd"
        case "Cn" if ord(char) & 0xFFFE == 0xFFFE:
            return "\ufffd"
        case _:
            return char
