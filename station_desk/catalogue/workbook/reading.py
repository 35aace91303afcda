"""Reads the sheets of a workbook into the tables that published files hold, and keeps where each value stood.

Nothing is judged here but the cells themselves: whether what they say may be published is for the checker.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from station_desk.catalogue.check.item_rules import ITEM_CODE
from station_desk.catalogue.fault import Place
from station_desk.catalogue.item import Category
from station_desk.catalogue.read import FIELDS, LIFE_EVENTS, MATERIALS
from station_desk.catalogue.workbook.fault import CellFaultCode, SheetFault, Spot
from station_desk.catalogue.workbook.grid import Grid, column_letters
from station_desk.catalogue.workbook.matching import HEADER_ROW, Matched, Matching
from station_desk.catalogue.workbook.plan import NAMED_BY_TABLE, Column, Table, roots
from station_desk.catalogue.workbook.values import Known, Misread, Values, text_of
from station_desk.catalogue.workbook.wording import Wording

FILES = {"material": MATERIALS, "field": FIELDS, "life_event": LIFE_EVENTS}
"""The files of the entries that are no items."""

IN_ORDER = ("material", "field", "item", "life_event")
"""Outermost tables as they are read: what others refer to comes first."""

BROKEN: Mapping[str, object] = {}
"""Stands for a value that cannot be read: it fits nowhere, so the checker builds nothing upon it."""

Codes = tuple[str, ...]


@dataclass(slots=True)
class Contents:
    """What a workbook says: the items by code, each with its category; the shared entries by their files."""

    items: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    shared: dict[str, dict[str, Any]] = field(default_factory=lambda: {file: {} for file in FILES.values()})
    faults: list[SheetFault] = field(default_factory=list)
    spots: dict[tuple[str, Place], Spot] = field(default_factory=dict)
    broken: list[tuple[str, Place]] = field(default_factory=list)
    whole: bool = True
    """Whether all sheets and columns were there, so that what is not written is really meant to be empty."""

    def spot(self, file: str, place: Place) -> Spot | None:
        """Where a place of a file stands: its own cell, else the first cell within it, else what it is in."""
        if found := self.spots.get((file, place)):
            return found
        within = (s for (name, at), s in self.spots.items() if name == file and at[: len(place)] == place)
        if place and (found := next(within, None)):
            return found
        while place:
            place = place[:-1]
            if found := self.spots.get((file, place)):
                return found
        return None

    def is_broken(self, file: str, place: Place) -> bool:
        """Whether the place, something in it, or what it is in could not be read."""
        return any(name == file and at[: len(place)] == place[: len(at)] for name, at in self.broken)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry that was read: its table, in which file, and where in it."""

    table: dict[str, Any]
    file: str
    place: Place


def item_file(category: str, code: str) -> str:
    """Where an item lies below `forms/`."""
    return f"items/{category}/{code}.toml"


def read_contents(
    grids: Sequence[Grid], categories: Sequence[Category], wordings: Sequence[Wording], known: Known
) -> Contents:
    """What the sheets say. The first of `wordings` speaks as the person does, `known` was there before.

    A row whose place cannot be known is left out, and told.
    """
    matching = Matching(wordings, roots(), categories)
    sheets = matching.sheets(grids)
    reading = _Reading(Values(wordings, known), wordings[0], matching.incomplete)
    reading.contents.faults += matching.faults
    reading.contents.whole = not matching.faults
    for sheet in sorted(sheets, key=lambda sheet: IN_ORDER.index(sheet.slot.table.name.partition(".")[0])):
        if sheet.is_complete():
            reading.sheet(sheet)
    return reading.contents


class _Reading:
    """Reads sheet by sheet; the sheets of owners come before those of their parts."""

    def __init__(self, values: Values, wording: Wording, incomplete: set[str]) -> None:
        self.contents = Contents()
        self._values = values
        self._wording = wording
        self._incomplete = incomplete
        self._entries: dict[tuple[str, Codes], _Entry] = {}
        self._first: dict[tuple[str, Codes], Spot] = {}

    def sheet(self, sheet: Matched) -> None:
        for row in _rows(sheet):
            owners = self._owners(sheet, row)
            if owners is not None:
                self._row(sheet, row, owners)

    def _row(self, sheet: Matched, row: int, owners: Codes) -> None:
        table = sheet.slot.table
        values = {column: self._cell(sheet, row, column) for column in table.columns}
        entry = self._place(sheet, row, owners, values)
        if entry is None:
            return
        named = sheet.spot(row, sheet.columns[table.called.key] if table.called else 0)
        self.contents.spots.setdefault((entry.file, entry.place), named)
        for column, value in values.items():
            if column.place == (NAMED_BY_TABLE,):
                continue
            place = (*entry.place, *column.place)
            self.contents.spots[entry.file, place] = sheet.spot(row, sheet.columns[column.key])
            if value is BROKEN:
                self.contents.broken.append((entry.file, place))
            if value is not None:
                _put(entry.table, column.place, value)
        name = values[table.called] if table.called else None
        if isinstance(name, str):
            self._entries.setdefault((table.name, (*owners, name)), entry)
        elif table.single:
            self._entries[table.name, owners] = entry
        else:
            self._incomplete.add(table.name)

    def _place(self, sheet: Matched, row: int, owners: Codes, values: Mapping[Column, Any]) -> _Entry | None:
        """A new empty entry where the row belongs; None where that cannot be known, which is told."""
        table = sheet.slot.table
        if table.owner is not None:
            return self._part(sheet, row, owners)
        naming = table.naming()
        spot, name = sheet.spot(row, sheet.columns[naming.key]), values[naming]
        if not isinstance(name, str):
            self._incomplete.add(table.name)
            if name is None:
                self._fault(spot, "row_unnamed", found=self._wording.header(table, naming))
            return None
        if self._is_twice(table, (name,), spot):
            return None
        names = [value for column, value in values.items() if column.place[0] in ("name", "label")]
        for kind in (table.name, *(("shown",) if table.name == "field" else ())):
            self._values.known.add(kind, name, filter(lambda value: isinstance(value, str), names))
        return self._item(sheet, spot, name) if table.name == "item" else self._shared(table, name)

    def _shared(self, table: Table, name: str) -> _Entry:
        file = FILES[table.name]
        holder = self.contents.shared[file]
        if table.name == "life_event":
            events = holder.setdefault("life_event", [])
            events.append({})
            return _Entry(events[-1], file, ("life_event", name))
        holder[name] = {}
        return _Entry(holder[name], file, (name,))

    def _item(self, sheet: Matched, spot: Spot, code: str) -> _Entry | None:
        if not ITEM_CODE.fullmatch(code):
            self._incomplete.add("item")
            self.contents.faults.append(SheetFault(spot, "code_shape", {"found": code}, rule=True))
            return None
        assert sheet.slot.category is not None
        category = sheet.slot.category.code
        table: dict[str, Any] = {"category": category, "step": []}
        self.contents.items[code] = category, table
        return _Entry(table, item_file(category, code), ())

    def _part(self, sheet: Matched, row: int, owners: Codes) -> _Entry | None:
        """A part within the entry of its owner, which was read before."""
        table = sheet.slot.table
        if table.single:
            last = table.owners()[-1]
            if self._is_twice(table, owners, sheet.spot(row, sheet.owners[last.name])):
                return None
        owner = self._owner(table, owners)
        holder = owner.table
        for key in table.place[:-1]:
            holder = holder.setdefault(key, {})
        place, last_key = (*owner.place, *table.place), table.place[-1]
        if table.single:
            return _Entry(holder.setdefault(last_key, {}), owner.file, place)
        parts = holder.setdefault(last_key, [])
        parts.append({})
        return _Entry(parts[-1], owner.file, (*place, len(parts) - 1))

    def _owner(self, table: Table, owners: Codes) -> _Entry:
        """The entry to which a row of the table belongs; a part that exists once is made when needed."""
        assert table.owner is not None
        at = (table.owner.name, owners)
        if at not in self._entries:
            outer = self._owner(table.owner, owners)
            part = outer.table.setdefault(table.owner.place[-1], {})
            self._entries[at] = _Entry(part, outer.file, (*outer.place, *table.owner.place))
        return self._entries[at]

    def _owners(self, sheet: Matched, row: int) -> Codes | None:
        """The codes of the entries that the row belongs to; None when one is missing or not there."""
        codes: Codes = ()
        for owner in sheet.slot.table.owners():
            spot = sheet.spot(row, sheet.owners[owner.name])
            what = self._wording.texts(f"workbook.owner.{owner.name}")
            cell = sheet.grid.cells.get((row, spot.column))
            if cell is None:
                self._fault(spot, "owner_missing", what=what)
                return None
            try:
                text = text_of(cell)
            except Misread as misread:
                self._fault(spot, misread.code, **misread.values)
                return None
            codes = (*codes, self._owner_code(owner, codes, text))
            if (owner.name, codes) not in self._entries:
                self._left_out(owner, codes[:-1])
                if owner.name not in self._incomplete:
                    near = self._near(owner, codes)
                    self._fault(spot, "owner_unknown", found=codes[-1], what=what, near=near)
                return None
        return codes

    def _left_out(self, owner: Table, outer: Codes) -> None:
        """A row is missing somewhere below an entry that is known: nothing is built upon what is there."""
        if owner.owner is not None and (entry := self._entries.get((owner.owner.name, outer))):
            self.contents.broken.append((entry.file, (*entry.place, *owner.place)))

    def _owner_code(self, owner: Table, before: Codes, text: str) -> str:
        first = text.split(None, 1)[0]
        there = (owner.name, (*before, first)) in self._entries
        return first if there else self._values.known.code(text, owner.name)

    def _near(self, owner: Table, codes: Codes) -> str:
        known = [at[-1] for name, at in self._entries if name == owner.name and at[:-1] == codes[:-1]]
        return ", ".join(difflib.get_close_matches(codes[-1], known, cutoff=0))

    def _cell(self, sheet: Matched, row: int, column: Column) -> Any:
        """What a cell says; None when it is empty, BROKEN when it cannot be read, which is told."""
        at = sheet.columns[column.key]
        cell = sheet.grid.cells.get((row, at))
        if cell is None:
            return None
        try:
            return self._values.value(cell, sheet.slot.table, column)
        except Misread as misread:
            self._fault(sheet.spot(row, at), misread.code, **misread.values)
            return BROKEN

    def _is_twice(self, table: Table, codes: Codes, spot: Spot) -> bool:
        """Whether the same was met before, which is told with the place of the first."""
        first = self._first.setdefault((table.name, codes), spot)
        if first is not spot:
            where = f"“{first.sheet}” {column_letters(first.column)}{first.row}"
            self._fault(spot, "row_twice", found=codes[-1], first=where)
        return first is not spot

    def _fault(self, spot: Spot, code: CellFaultCode, **values: object) -> None:
        self.contents.faults.append(SheetFault(spot, code, values))


def _rows(sheet: Matched) -> Iterator[int]:
    """The rows below the headings that hold something in a column that is read."""
    read = {*sheet.owners.values(), *sheet.columns.values()}
    yield from sorted({row for row, column in sheet.grid.cells if row > HEADER_ROW and column in read})


def _put(table: dict[str, Any], place: Codes, value: Any) -> None:
    for key in place[:-1]:
        table = table.setdefault(key, {})
    table[place[-1]] = value
