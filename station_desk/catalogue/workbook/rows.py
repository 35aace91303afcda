"""The entries of the catalogue as rows: what stands in which column, and to which entry a row belongs."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from station_desk.catalogue.item import Catalogue, Language
from station_desk.catalogue.notice import ALWAYS_SHOWABLE
from station_desk.catalogue.workbook.plan import NAMED_BY_TABLE, Column, Table

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """The codes of the entries it belongs to, outermost first, and its values by column."""

    owners: tuple[str, ...]
    values: tuple[Any, ...]


def entries(catalogue: Catalogue) -> dict[str, list[Entry]]:
    """All that a workbook holds, by the name of its kind, as plain tables in their order."""
    return {
        "item": [plain_entry(item) for _, item in sorted(catalogue.items.items())],
        "material": [plain_entry(known, key) for key, known in catalogue.materials.items()],
        "field": [plain_entry(known, key) for key, known in catalogue.fields.items()],
        "life_event": [plain_entry(event) for event in catalogue.life_events.values()],
    }


def plain_entry(entry: msgspec.Struct, key: str = "") -> Entry:
    """An entry as a plain table, with its key in a table of entries where it has one."""
    table: dict[str, Any] = msgspec.to_builtins(entry)
    return {NAMED_BY_TABLE: key, **table} if key else table


def content_digest(catalogue: Catalogue) -> str:
    """What a workbook holds, as a SHA-256: another one means that something was edited in the meantime."""
    return hashlib.sha256(msgspec.json.encode(entries(catalogue))).hexdigest()


def rows(table: Table, of: Iterable[Entry]) -> list[Row]:
    """The rows of a sheet; `of` are the entries of the outermost table."""
    return [
        Row(owners, tuple(_shown(at(entry, column.place), column) for column in table.columns))
        for owners, entry in _records(table, of)
    ]


def at(entry: Any, place: Iterable[str]) -> Any:
    """What stands at a place of an entry; None where nothing does."""
    for key in place:
        if not isinstance(entry, Mapping):
            return None
        entry = entry.get(key)
    return entry


def names(catalogue: Catalogue, language: Language, shown: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What those are called that columns refer to; steps by `item/step`; any notice may show `shown`."""
    fields = {key: known.label.in_language(language) for key, known in catalogue.fields.items()}
    return {
        "item": {code: item.name.in_language(language) for code, item in catalogue.items.items()},
        "material": {key: known.name.in_language(language) for key, known in catalogue.materials.items()},
        "field": fields,
        "shown": {**fields, **{key: shown[key] for key in ALWAYS_SHOWABLE}},
        "step": {
            f"{item.code}/{step.id}": step.name.in_language(language)
            for item in catalogue.items.values()
            for step in item.step
        },
    }


def _records(table: Table, of: Iterable[Entry]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    if table.owner is None:
        yield from (((), entry) for entry in of)
        return
    for owners, entry in _records(table.owner, of):
        called = table.owner.called
        codes = owners if called is None or table.owner.single else (*owners, at(entry, called.place))
        found = at(entry, table.place)
        if table.single:
            yield codes, found or {}
        else:
            yield from ((codes, part) for part in found or ())


def _shown(value: Any, column: Column) -> Any:
    """The value for a cell; None leaves it empty, as all that need not be written."""
    return None if value in (None, "", [], ()) or value == column.fills else value
