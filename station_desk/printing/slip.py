"""A slip of paper from a roll, as a list of what stands on it, from top to bottom.

The same list becomes bytes for a thermal printer (`escpos/`) or a PDF (`slip_pdf.py`), so that both say the
same.
"""

from dataclasses import dataclass

from station_desk.printing.escpos.commands import Align

DOTS_A_MM = 8
"""Of a thermal printer (203 dpi)."""

LETTER = 24
"""The height of a letter of size 1, and the width of a Chinese one, in dots."""


@dataclass(frozen=True, slots=True)
class Roll:
    """The paper of a thermal printer: how wide it is, and how many dots can be printed across it."""

    millimetres: int
    dots: int

    @property
    def columns(self) -> int:
        """How many letters of the Latin script stand on a line; a Chinese one takes two places."""
        return self.dots * 2 // LETTER


ROLLS: dict[str, Roll] = {"80mm": Roll(80, 576), "58mm": Roll(58, 384)}


@dataclass(frozen=True, slots=True)
class Words:
    """A text. With `fit` it is on one line and as large as fits, at most `size`; else it wraps."""

    text: str
    size: int = 1
    bold: bool = False
    align: Align = "centre"
    fit: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label at the left, what it says at the right."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Qr:
    """What a phone reads."""

    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """What the counter's scanner reads: printable ASCII."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A rule from edge to edge."""


@dataclass(frozen=True, slots=True)
class Space:
    """White, in millimetres."""

    height: int


Part = Words | Fact | Qr | Bars | Line | Space
