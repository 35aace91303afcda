"""Which sheets a workbook has and which columns: worked out from the types of what is published.

An entry is a row. A list of tables within it (its papers, its steps) stands on a sheet of its own, whose
rows say first to which entry they belong; so does a part with very many keys (the guide). A new key of the
model is a new column, a new list a new sheet, without a word here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

from station_desk.catalogue.item import FieldKindOf, Item, LifeEvent, MaterialKind
from station_desk.catalogue.shape import element, fields_of, is_part, is_struct, plain

Keys = tuple[str, ...]

MOST_COLUMNS_OF_A_PART = 8
"""A part of an entry with more columns than these gets a sheet of its own."""

NAMES = ("code", "id", "key")
"""The keys by which an entry is called."""

NAMED_BY_TABLE = "*"
"""The place of the name that an entry has in a table of entries, outside of its own keys."""

REFERS = {
    "item.material.key": "material",
    "item.field.key": "field",
    "item.field.when.field": "field",
    "item.notice": "shown",
    "item.step.next.to": "step",
    "life_event.items": "item",
    "life_event.together": "item",
}
"""Columns that call other entries by their codes, and what these are."""


@dataclass(frozen=True, slots=True)
class Column:
    """A key of an entry: `place` are the keys on the way to it, `listed` tells of several values, one a line.

    `refers` names what it calls by its code; `fills` is what it means to leave it empty.
    """

    place: Keys
    type: Any
    listed: bool = False
    required: bool = False
    fills: object = None
    refers: str = ""

    @property
    def key(self) -> str:
        """The name of the column in the published file, with dots."""
        return ".".join(self.place)

    @property
    def codes(self) -> tuple[Any, ...]:
        """The values out of which one is chosen; empty where anything may be written."""
        return get_args(self.type) if self.type not in (str, int, bool) else ()


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row. `place` are the keys from the entry of `owner` to it; `single`: it has one of them.

    `called` is the column whose value calls a row; None where rows are counted only.
    """

    name: str
    columns: tuple[Column, ...]
    called: Column | None
    place: Keys = ()
    owner: "Table | None" = None
    single: bool = False
    parts: list["Table"] = field(default_factory=list, compare=False)

    def owners(self) -> tuple["Table", ...]:
        """The tables whose entries a row must name, outermost first."""
        if self.owner is None:
            return ()
        return (*self.owner.owners(), *(() if self.owner.single else (self.owner,)))

    def naming(self) -> Column:
        """The column by which a row of an outermost table is called."""
        assert self.called is not None
        return self.called

    def below(self) -> Iterator["Table"]:
        """This table and all its parts, as their sheets stand in a workbook."""
        yield self
        for part in self.parts:
            yield from part.below()


@dataclass(frozen=True, slots=True)
class Root:
    """A kind of entry that is published for itself."""

    table: Table
    named_by_table: bool


def roots() -> tuple[Root, ...]:
    """All that a workbook holds; the category of an item is told by its sheet."""
    return (
        Root(_table("item", Item, without=("category",)), named_by_table=False),
        Root(_table("material", MaterialKind, named_by_table=True), named_by_table=True),
        Root(_table("field", FieldKindOf, named_by_table=True), named_by_table=True),
        Root(_table("life_event", LifeEvent), named_by_table=False),
    )


def _table(
    name: str,
    type_: Any,
    place: Keys = (),
    owner: Table | None = None,
    *,
    single: bool = False,
    named_by_table: bool = False,
    without: Keys = (),
) -> Table:
    columns = [c for c in _columns(name, type_) if c.place[0] not in without]
    if named_by_table:
        columns.insert(0, Column((NAMED_BY_TABLE,), str, required=True))
    called = next((c for c in columns if c.place in {(n,) for n in (*NAMES, NAMED_BY_TABLE)}), None)
    table = Table(name, tuple(columns), called, place, owner, single)
    for at, of in _parts(type_):
        table.parts.append(
            _table(f"{name}.{'.'.join(at)}", element(of) or of, at, table, single=element(of) is None)
        )
    return table


def _columns(name: str, type_: Any, above: Keys = (), *, needed: bool = True) -> Iterator[Column]:
    for key in fields_of(type_):
        place = (*above, key.encode_name)
        of = plain(key.type)
        required = needed and key.required
        if _stands_apart(of):
            continue
        if is_struct(of):
            yield from _columns(name, of, place, needed=required)
        else:
            part = element(of)
            fills = None if key.required or key.default in ("", (), None) else key.default
            refers = REFERS.get(f"{name}.{'.'.join(place)}", "")
            yield Column(place, part or of, part is not None, required, fills, refers)


def _parts(type_: Any, above: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """The places of what gets a sheet of its own."""
    for key in fields_of(type_):
        place, of = (*above, key.encode_name), plain(key.type)
        if _stands_apart(of):
            yield place, of
        elif is_part(of):
            yield from _parts(of, place)


def _stands_apart(type_: Any) -> bool:
    part = element(type_)
    if part is not None:
        return is_struct(part)
    return is_part(type_) and _width(type_) > MOST_COLUMNS_OF_A_PART


def _width(type_: Any) -> int:
    return sum(_width(plain(key.type)) if is_struct(plain(key.type)) else 1 for key in fields_of(type_))
