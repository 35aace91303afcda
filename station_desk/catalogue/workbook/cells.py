"""How a value stands in a cell, and what a cell means: several values one a line, codes with their names."""

from collections.abc import Mapping, Sequence
from typing import Any

from station_desk.catalogue.workbook.plan import Column, Table
from station_desk.catalogue.workbook.wording import Wording

Names = Mapping[str, Mapping[str, str]]


def shown(value: Any, table: Table, column: Column, wording: Wording, names: Names, item: str) -> str | int:
    """What stands in the cell of a value; `item` is the item whose step is meant."""
    if column.listed:
        return "\n".join(one_line(str(_one(v, table, column, wording, names, item))) for v in value)
    return _one(value, table, column, wording, names, item)


def referred(code: str, kind: str, names: Names, item: str = "") -> str:
    """A code with the name of what it calls, so that a person knows it: `id_card 居民身份证`."""
    name = names.get(kind, {}).get(f"{item}/{code}" if kind == "step" else code, "")
    return f"{code} {name}".rstrip()


def one_line(text: str) -> str:
    """A value among several: a line break in it is written as backslash n, a backslash as two."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def lines_of(text: str) -> Sequence[str]:
    """The values of a cell, without empty lines."""
    return [_unescaped(line.strip()) for line in text.split("\n") if line.strip()]


def _one(value: Any, table: Table, column: Column, wording: Wording, names: Names, item: str) -> str | int:
    if column.refers:
        return referred(str(value), column.refers, names, item)
    if column.codes:
        return wording.value(table, column, value)
    if isinstance(value, bool):
        return wording.yes_no(value)
    return value if isinstance(value, int) else str(value)


def _unescaped(line: str) -> str:
    pieces = line.split("\\\\")
    return "\\".join(piece.replace("\\n", "\n") for piece in pieces)
