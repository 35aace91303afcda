"""What a cell of a known column means: a text, a number, a code out of a few, several of them, or a fault."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from station_desk.catalogue.workbook.cells import lines_of
from station_desk.catalogue.workbook.fault import CellFaultCode
from station_desk.catalogue.workbook.grid import Cell
from station_desk.catalogue.workbook.plan import Column, Table
from station_desk.catalogue.workbook.wording import Wording, matching

LONGEST_QUOTE = 60
"""Characters of a wrong value that are repeated in the fault."""

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
MOST = 10**12
"""The largest number that is read; none of the published ones comes near it."""

_FIRST_DAY = date(1899, 12, 30)
"""What Excel counts days from (ECMA-376, part 1, 18.17.4)."""

_LAST_DAY = 2_958_465


class Misread(Exception):
    """A cell that means nothing in its column."""

    def __init__(self, code: CellFaultCode, values: Mapping[str, object]) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Known:
    """What may be called by its code, kind by kind, with all its names."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, set[str]]] = {}

    def add(self, kind: str, code: str, names: Iterable[str]) -> None:
        self._names.setdefault(kind, {}).setdefault(code, set()).update(names)

    def code(self, text: str, kind: str) -> str:
        """The code that a text begins with, or that has the text for its name; else the text itself."""
        known = self._names.get(kind, {})
        first = text.split(None, 1)[0]
        if first in known or not known:
            return first
        named = [code for code, names in known.items() if text in names]
        return named[0] if len(named) == 1 else text


class Values:
    """Reads cells by the words of all languages; `known` grows while entries are read."""

    def __init__(self, wordings: Sequence[Wording], known: Known) -> None:
        self.known = known
        self._wordings = wordings
        self._codes = cache(self._codes_of)

    def value(self, cell: Cell, table: Table, column: Column) -> Any:
        """What the cell says, as the file will say it. Raises Misread."""
        if column.listed:
            return [self._one(line, table, column) for line in lines_of(text_of(cell))]
        if column.type is int:
            return _integer(cell)
        if column.type is bool:
            return self._yes_no(cell)
        if column.type is date:
            return _day(cell)
        return self._one(text_of(cell), table, column)

    def _one(self, text: str, table: Table, column: Column) -> Any:
        if column.refers:
            return self.known.code(text, column.refers)
        if not column.codes:
            return text
        known = self._codes(table.name, column)
        found = matching(text, known)
        if found is None:
            allowed = self._wordings[0].listed(word for _, word in known[: len(column.codes)])
            raise Misread("not_one_of", {"found": _quoted(text), "allowed": allowed})
        return next(code for code in column.codes if str(code) == found)

    def _codes_of(self, name: str, column: Column) -> list[tuple[str, str]]:
        """The codes with their words, those of the person's own language first, then the codes themselves."""
        table = Table(name, (), None)
        worded = [(str(c), w.value(table, column, c)) for w in self._wordings for c in column.codes]
        return [*worded, *((str(code), str(code)) for code in column.codes)]

    def _yes_no(self, cell: Cell) -> bool:
        if cell.kind == "yes_no":
            return cell.text == "1"
        text = cell.text if cell.kind == "number" else text_of(cell)
        words = [("1", w.yes_no(True)) for w in self._wordings] + [
            ("0", w.yes_no(False)) for w in self._wordings
        ]
        found = matching(text, [*words, ("1", "true"), ("0", "false")])
        if found is None:
            yes, no = self._wordings[0].yes_no(True), self._wordings[0].yes_no(False)
            raise Misread("not_yes_no", {"found": _quoted(cell.text), "yes": yes, "no": no})
        return found == "1"


def text_of(cell: Cell) -> str:
    """The text of a cell without blanks around it. Raises Misread for what is no text."""
    _require_value(cell)
    if cell.kind != "text":
        raise Misread("not_text", {"found": cell.text})
    text = cell.text.strip()
    for at, sign in enumerate(text, 1):
        if unicodedata.category(sign) == "Cc" and sign not in "\n\t":
            raise Misread("control_character", {"position": at})
    return text


def _integer(cell: Cell) -> int:
    _require_value(cell)
    typed = cell.text if cell.kind == "number" else unicodedata.normalize("NFKC", cell.text).strip()
    number = float(typed) if cell.kind in ("number", "text") and _NUMBER.fullmatch(typed) else math.nan
    if not number.is_integer() or abs(number) > MOST:
        raise Misread("not_integer", {"found": _quoted(cell.text)})
    return int(number)


def _day(cell: Cell) -> date:
    _require_value(cell)
    try:
        if cell.kind == "number" and 0 < (count := float(cell.text)) <= _LAST_DAY:
            return _FIRST_DAY + timedelta(days=int(count))
        return date.fromisoformat(text_of(cell))
    except ValueError as error:
        raise Misread("not_date", {"found": _quoted(cell.text)}) from error


def _require_value(cell: Cell) -> None:
    if cell.kind == "formula":
        raise Misread("formula", {})
    if cell.kind == "error":
        raise Misread("error_value", {"found": cell.text[:LONGEST_QUOTE]})


def _quoted(text: str) -> str:
    return text[:LONGEST_QUOTE]
