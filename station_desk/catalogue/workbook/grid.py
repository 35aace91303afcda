"""The sheets of a workbook as cells, each with what it holds and what kind of thing that is.

Only cells that hold something are kept, by row and column: a cell far down the sheet costs no more than one
at the top. Format: ECMA-376, part 1, 18.3 (worksheets) and 18.4 (shared strings).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from station_desk.catalogue.workbook.markup import Element, Reader, read_xml
from station_desk.catalogue.workbook.package import Package
from station_desk.catalogue.workbook.trouble import NotAWorkbook, WorkbookBlownUp, WorkbookDamaged
from station_desk.core.errors import Term

CellKind = Literal["text", "number", "yes_no", "error", "formula"]

MOST_CELLS = 100_000
MOST_TEXT = 8_000_000
"""Characters in all cells together; the same long text may stand in many cells."""

LONGEST_TEXT = 32_767
"""Characters of a cell, as in Excel."""

MOST_SHEETS = 100
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_", re.ASCII)
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: for a number the digits as they are stored, for a formula nothing that counts."""

    kind: CellKind
    text: str


@dataclass(slots=True)
class Grid:
    """One sheet: its cells by row and column (from 1), and the ranges that were merged."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def read_grids(raw: bytes, file: str) -> list[Grid]:
    """The sheets of a workbook in their order. Raises what `trouble.py` names."""
    package = Package(raw, file)
    main = _main_part(package)
    book = _Book()
    read_xml(package.part(main), book, main, file)
    targets = package.relations(main)
    if len(book.sheets) > MOST_SHEETS:
        raise WorkbookBlownUp(file=file, limit=MOST_SHEETS)
    strings = _strings(package, [path for kind, path in targets.values() if kind == "sharedStrings"])
    room = _Room(file)
    grids: list[Grid] = []
    for name, relation in book.sheets:
        kind, path = targets.get(relation, ("", ""))
        grid = Grid(name)
        if kind == "worksheet":
            read_xml(package.part(path), _Sheet(grid, strings, room, path), path, file)
        grids.append(grid)
    return grids


def column_letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _main_part(package: Package) -> str:
    path = next((path for kind, path in package.relations("").values() if kind == "officeDocument"), "")
    if path.endswith(".bin"):
        raise NotAWorkbook(file=package.file, why=Term("workbook.why.binary"))
    if not path.endswith("workbook.xml"):
        raise NotAWorkbook(file=package.file, why=Term("workbook.why.no_parts"))
    return path


def _strings(package: Package, paths: Sequence[str]) -> list[str]:
    reader = _Strings()
    for path in paths[:1]:
        read_xml(package.part(path), reader, path, package.file)
    return reader.found


class _Room:
    """How much more may be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._cells = MOST_CELLS
        self._text = MOST_TEXT

    def take(self, text: str) -> None:
        self._cells -= 1
        self._text -= len(text)
        if self._cells < 0 or self._text < 0:
            raise WorkbookBlownUp(file=self.file, limit=MOST_CELLS)


class _Book(Reader):
    """The names of the sheets and by which relation each is found."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []

    def start(self, element: Element) -> None:
        if element.name == "sheet":
            self.sheets.append((element.attributes.get("name", ""), element.attributes.get("id", "")))


class _Texts(Reader):
    """Gathers the `t` elements of rich text, without the reading aids (`rPh`) that stand between."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open = False
        self._aside = False

    def start(self, element: Element) -> None:
        self._aside |= element.name == "rPh"
        self._open = element.name == "t" and not self._aside

    def end(self, name: str) -> None:
        self._open = False
        self._aside &= name != "rPh"

    def text(self, text: str) -> None:
        if self._open:
            self._pieces.append(text)

    def taken(self) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        return text


class _Strings(_Texts):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(_as_typed(self.taken()))


class _Sheet(_Texts):
    """Puts the cells of one sheet into its grid."""

    def __init__(self, grid: Grid, strings: Sequence[str], room: _Room, part: str) -> None:
        super().__init__()
        self._grid = grid
        self._strings = strings
        self._room = room
        self._part = part
        self._row = self._column = 0
        self._type = "n"
        self._formula: str | None = None
        self._value: list[str] | None = None
        self._seen = ""

    def start(self, element: Element) -> None:
        super().start(element)
        name, attributes = element
        match name:
            case "row":
                row = attributes.get("r", "")
                self._row = int(row) if row.isdecimal() and len(row) < 8 else self._row + 1
                self._column = 0
            case "c":
                self._locate(attributes.get("r", ""))
                self._type, self._formula, self._seen = attributes.get("t", "n"), None, ""
            case "f" | "v":
                self._value = []
            case "mergeCell":
                self._grid.merged.append(attributes.get("ref", "")[:20])
            case _:
                pass

    def text(self, text: str) -> None:
        super().text(text)
        if self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        super().end(name)
        if name in ("f", "v") and self._value is not None:
            text, self._value = "".join(self._value), None
            if name == "f":
                self._formula = text
            else:
                self._seen = text
        elif name == "c":
            self._put()

    def _locate(self, reference: str) -> None:
        found = _REFERENCE.fullmatch(reference)
        if found:
            self._row, self._column = int(found[2]), _column_number(found[1])
        else:
            self._column += 1
        if not (1 <= self._row <= LAST_ROW and 1 <= self._column <= LAST_COLUMN):
            self._damaged(reference)

    def _put(self) -> None:
        inline = _as_typed(self.taken())
        cell = self._cell(inline) if self._formula is None else _formula(self._formula)
        if cell is None or (cell.kind == "text" and not cell.text.strip()):
            return
        if len(cell.text) > LONGEST_TEXT:
            self._damaged(f"> {LONGEST_TEXT}")
        self._room.take(cell.text)
        self._grid.cells[self._row, self._column] = cell

    def _cell(self, inline: str) -> Cell | None:
        seen = self._seen
        match self._type:
            case "s":
                if not (seen.isdecimal() and len(seen) < 8 and int(seen) < len(self._strings)):
                    self._damaged(seen)
                return Cell("text", self._strings[int(seen)])
            case "inlineStr":
                return Cell("text", inline)
            case "str" | "d":
                return Cell("text", _as_typed(seen))
            case "b":
                return Cell("yes_no", seen.strip())
            case "e":
                return Cell("error", seen.strip())
            case _:
                return Cell("number", seen.strip()) if seen.strip() else None

    def _damaged(self, why: str) -> None:
        place = f"{self._part} {column_letters(self._column)}{self._row}"
        raise WorkbookDamaged(file=self._room.file, part=place, why=why[:40])


def _formula(text: str) -> Cell:
    """A formula; LibreOffice writes true and false as if they were some."""
    answer = {"TRUE()": "1", "FALSE()": "0"}.get(text.strip())
    return Cell("formula", "") if answer is None else Cell("yes_no", answer)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _as_typed(text: str) -> str:
    """The text as it was typed: escaped signs taken back, line breaks as one sign."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: _sign(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sign(code: int) -> str:
    return "\N{REPLACEMENT CHARACTER}" if code in _SURROGATES else chr(code)
