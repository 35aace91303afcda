"""How a workbook looks: quiet colours, columns as wide as what stands in them, long texts wrapped."""

import math
import unicodedata
from collections.abc import Sequence
from typing import Any

FONT = "Microsoft YaHei"
"""On every office PC with Windows; other systems take their own font for Chinese."""

SIZE = 10
HEAD, HEAD_REQUIRED, OWNER, LINE, MISSING = "#EEF1F4", "#DDE6EE", "#F6F7F8", "#D5DAE0", "#FFF3D6"
INK, QUIET, FAINT = "#1F2933", "#66727F", "#A9B4BF"
NARROWEST, WIDEST = 8, 40
WIDEST_HEAD = 16
"""In characters of the narrow kind; a Chinese character takes two."""

SHARE_THAT_FITS = 0.9
"""Of the cells of a column, how many are to fit without being wrapped."""

SIGNS_TO_A_UNIT = 1.1
"""Narrow characters of our font to a unit of width, which goes by a wider one."""


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top"}
        cell = {**base, "text_wrap": True, "bottom": 1, "bottom_color": LINE}
        head = {
            **base, "bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bottom_color": QUIET,
            "right": 1, "right_color": LINE,
        }  # fmt: skip
        self.head = book.add_format({**head, "bg_color": HEAD})
        self.head_required = book.add_format({**head, "bg_color": HEAD_REQUIRED})
        self.text = book.add_format({**cell, "num_format": "@"})
        self.owner = book.add_format({**cell, "num_format": "@", "bg_color": OWNER})
        self.number = book.add_format({**cell, "num_format": "0", "align": "center"})
        self.title = book.add_format({**base, "font_size": 16, "bold": True})
        self.prose = book.add_format({**base, "text_wrap": True, "font_size": 11})
        self.plain = book.add_format(base)
        self.missing = book.add_format({"bg_color": MISSING})
        self.first = book.add_format({"top": 1, "top_color": FAINT})


def columns_wide(title: str, texts: Sequence[str]) -> float:
    """The width of a column in which nearly all of its texts fit, long ones on several lines."""
    lines = sorted(wide(line) for text in texts for line in text.split("\n"))
    most = lines[min(len(lines) - 1, int(len(lines) * SHARE_THAT_FITS))] if lines else 0
    head = min(max(map(wide, title.split())), WIDEST_HEAD) + 3
    return min(max(head, most + 1, NARROWEST), WIDEST)


def lines_high(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width."""
    return sum(max(1, math.ceil(wide(line) / (width * SIGNS_TO_A_UNIT))) for line in text.split("\n"))


def wide(text: str) -> int:
    """The width of a text in characters of the narrow kind."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
