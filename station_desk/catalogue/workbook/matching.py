"""Which sheet of a workbook is which, and which of its columns: by their names, in any of our languages."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from station_desk.catalogue.item import Category
from station_desk.catalogue.workbook.fault import CellFaultCode, SheetFault, Spot
from station_desk.catalogue.workbook.grid import Grid, column_letters
from station_desk.catalogue.workbook.plan import Root, Table
from station_desk.catalogue.workbook.sheets import category_sheet
from station_desk.catalogue.workbook.wording import REQUIRED_SIGN, Wording, plain_form

NOT_READ = "#"
"""How the names of sheets and columns begin that are somebody's own."""

HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A sheet that a workbook must have: a kind of row, for items of one type."""

    table: Table
    title: str
    category: Category | None = None


@dataclass(slots=True)
class Matched:
    """A sheet with its columns: to which entry of which table a row belongs, and its keys."""

    slot: Slot
    grid: Grid
    owners: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    headers: dict[int, str] = field(default_factory=dict)

    def is_complete(self) -> bool:
        """Whether all its columns were found, and each of its cells is one cell."""
        table = self.slot.table
        return (
            not self.grid.merged
            and len(self.owners) == len(table.owners())
            and len(self.columns) == len(table.columns)
        )

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        return Spot(self.grid.name, row, column, self.headers.get(column, ""))


class Matching:
    """Goes through the sheets of a workbook; `faults` are those of its sheets and columns."""

    def __init__(
        self, wordings: Sequence[Wording], of: Sequence[Root], categories: Sequence[Category]
    ) -> None:
        self._wordings = wordings
        self._slots = [*_slots(wordings[0], of, categories)]
        self.faults: list[SheetFault] = []
        self.incomplete: set[str] = set()
        """Tables whose sheets, or columns of them, are missing."""

    def sheets(self, grids: Sequence[Grid]) -> list[Matched]:
        """The sheets that were found, in the order in which they are to be read."""
        found: dict[int, Matched] = {}
        strangers: list[Grid] = []
        for grid in grids:
            if grid.name.startswith(NOT_READ) or self._is_ours(grid.name):
                continue
            at = next((n for n, slot in enumerate(self._slots) if self._is(grid.name, slot)), None)
            if at is None:
                strangers += [grid] if grid.cells else []
            elif at in found:
                self._fault(Spot(grid.name), "sheet_twice", first=found[at].grid.name)
            else:
                found[at] = self._columns(Matched(self._slots[at], grid))
        missing = [slot.title for at, slot in enumerate(self._slots) if at not in found]
        self.incomplete |= {slot.table.name for at, slot in enumerate(self._slots) if at not in found}
        for grid in strangers:
            near = ", ".join(difflib.get_close_matches(grid.name, missing or self._titles(), 3, cutoff=0))
            self._fault(Spot(grid.name), "sheet_unknown", near=near)
        for title in missing:
            self._fault(Spot(title), "sheet_missing")
        return [found[at] for at in sorted(found)]

    def _titles(self) -> list[str]:
        return [slot.title for slot in self._slots]

    def _is_ours(self, name: str) -> bool:
        """Whether it is a sheet that is only looked at."""
        asked = plain_form(name)
        return any(asked == plain_form(w.sheet(key)) for w in self._wordings for key in ("about", "lists"))

    def _is(self, name: str, slot: Slot) -> bool:
        if slot.category is not None:
            return name.split(None, 1)[:1] == [slot.category.prefix]
        return any(plain_form(name) == plain_form(w.sheet(slot.table.name)) for w in self._wordings)

    def _columns(self, matched: Matched) -> Matched:
        grid, table = matched.grid, matched.slot.table
        for found in grid.merged:
            self.incomplete.add(table.name)
            self._fault(Spot(grid.name), "merged", found=found)
        heads = {column: cell for (row, column), cell in sorted(grid.cells.items()) if row == HEADER_ROW}
        matched.headers = {column: cell.text.strip().rstrip(REQUIRED_SIGN) for column, cell in heads.items()}
        if not heads:
            self.incomplete.add(table.name)
            self._fault(Spot(grid.name), "header_missing")
            return matched
        known = self._headers(table)
        unknown: list[int] = []
        for column, cell in heads.items():
            key = known.get(plain_form(cell.text)) if cell.kind == "text" else None
            if cell.kind == "text" and cell.text.strip().startswith(NOT_READ):
                continue
            if key is None:
                unknown.append(column)
            else:
                self._take(matched, column, key)
        missing = [header for key, header in self._own_headers(table) if not self._has(matched, key)]
        for column in unknown:
            near = ", ".join(difflib.get_close_matches(matched.headers[column], missing, 3, cutoff=0))
            self._fault(
                matched.spot(HEADER_ROW, column), "column_unknown", found=matched.headers[column], near=near
            )
        for header in missing:
            self.incomplete.add(table.name)
            self._fault(Spot(grid.name), "column_missing", found=header)
        self._unnamed(matched)
        return matched

    def _take(self, matched: Matched, column: int, key: tuple[str, str]) -> None:
        kind, name = key
        into = matched.owners if kind == "owner" else matched.columns
        if name in into:
            first = f"{column_letters(into[name])}{HEADER_ROW}"
            values = {"found": matched.headers[column], "first": first}
            self._fault(matched.spot(HEADER_ROW, column), "column_twice", **values)
        else:
            into[name] = column

    def _unnamed(self, matched: Matched) -> None:
        """Columns that hold something below no heading, each told once, at its first cell."""
        seen: set[int] = set()
        for row, column in sorted(matched.grid.cells):
            if column not in matched.headers and column not in seen:
                seen.add(column)
                self._fault(matched.spot(row, column), "column_unnamed")

    def _headers(self, table: Table) -> Mapping[str, tuple[str, str]]:
        """What each heading means, in any language; the key in the file is understood too."""
        return {
            **{
                plain_form(key): (kind, key)
                for kind, key, _ in _keys(table, self._wordings[0])
                if kind == "column"
            },
            **{
                plain_form(header): (kind, key)
                for w in self._wordings
                for kind, key, header in _keys(table, w)
            },
        }

    def _own_headers(self, table: Table) -> Iterator[tuple[tuple[str, str], str]]:
        yield from (((kind, key), header) for kind, key, header in _keys(table, self._wordings[0]))

    def _has(self, matched: Matched, key: tuple[str, str]) -> bool:
        kind, name = key
        return name in (matched.owners if kind == "owner" else matched.columns)

    def _fault(self, spot: Spot, code: CellFaultCode, **values: object) -> None:
        self.faults.append(SheetFault(spot, code, values))


def _slots(wording: Wording, of: Sequence[Root], categories: Sequence[Category]) -> Iterator[Slot]:
    for root in of:
        for table in root.table.below():
            if table.name == "item":
                yield from (Slot(table, category_sheet(c, wording), c) for c in categories)
            else:
                yield Slot(table, wording.sheet(table.name))


def _keys(table: Table, wording: Wording) -> Iterator[tuple[str, str, str]]:
    """The columns of a table: whether it names an owner, its key, its heading."""
    for owner in table.owners():
        yield "owner", owner.name, wording.texts(f"workbook.owner.{owner.name}")
    for column in table.columns:
        yield "column", column.key, wording.header(table, column)
