"""What a counter remembers of the printer of one kind of paper: where it stands, copies, sides, size."""

from typing import Literal, get_args

import msgspec

Sides = Literal["one", "long", "short"]
"""One side of the sheet; both, turned over the long edge; both, turned over the short edge."""

Size = Literal["", "A3", "A4", "A5", "80mm", "58mm"]
"""The sheet or roll in the printer; empty: the size of the paper itself, 80 mm for tickets."""

Letters = Literal["gb18030", "gb2312", "none"]
"""The Chinese characters that a thermal printer has; all others are sent to it as pictures."""

SIDES: tuple[Sides, ...] = get_args(Sides)
SHEETS: tuple[Size, ...] = ("", "A3", "A4", "A5")
ROLLS: tuple[Size, ...] = ("", "80mm", "58mm")
LETTERS: tuple[Letters, ...] = get_args(Letters)
MOST_COPIES = 9


class PrinterSetting(msgspec.Struct, frozen=True):
    """The printer of a kind of paper. `letters` and `answers` are of thermal printers only.

    `answers`: the printer says when it has printed all it got. Cheap ones do not; then nothing better is
    known than that its network card took every byte.
    """

    address: str = "folder"
    copies: int = 1
    sides: Sides = "one"
    size: Size = ""
    letters: Letters = "gb18030"
    answers: bool = True
