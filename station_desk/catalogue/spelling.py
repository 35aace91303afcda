"""How we write a published file: TOML in one spelling, so that the same content is the same bytes.

The keys stand in the order of their struct, and what equals its default is left out: a new key of the model
needs nothing here. Codes of a list stand on one line, sentences and tables on a line each.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from station_desk.catalogue.edition.written import quoted
from station_desk.catalogue.fault import Place
from station_desk.catalogue.shape import element, fields_of, is_default, is_part, is_struct, plain

OPENING_KEYS = ("accepted_by",)
"""Keys at the top of a file before which a blank line stands."""

MOST_KEYS_ON_A_LINE = 3
"""An entry of a list with more keys than these gets a block of its own."""

_CODE = re.compile(r"[A-Za-z0-9_.-]+")
_PATTERN = re.compile(r"(?=[^'\x00-\x1f\x7f]+\Z)[^\\\[]*[\\\[].*")


class Line(NamedTuple):
    """A line of a file and what stands in it; `place` is None for a closing bracket and a blank line."""

    place: Place | None
    text: str


class _Block(NamedTuple):
    """A table with a header of its own."""

    place: Place
    header: str
    table: Mapping[str, Any]
    type: Any


def spelled(content: object, type_: Any) -> list[Line]:
    """The lines of a file. `content` is a struct, a table of structs, or the same as plain tables and lists.

    Plain tables may hold values that do not fit the type; they are written as they are.
    """
    paragraphs = _paragraphs(msgspec.to_builtins(content, builtin_types=(date,)), type_)
    return [line for paragraph in paragraphs for line in (Line(None, ""), *paragraph)][1:]


def text_of(lines: Sequence[Line]) -> str:
    """The text of the lines."""
    return "".join(f"{line.text}\n" for line in lines)


def _paragraphs(table: Mapping[str, Any], type_: Any) -> list[list[Line]]:
    """What blank lines part: groups of plain keys, lists of tables, and the tables at the top of the file."""
    keys: list[list[Line]] = []
    tables: list[list[Line]] = []
    apart = True
    for key, value, of in _entries(table, type_):
        if blocks := _blocks(key, value, of):
            tables += ([Line(block.place, block.header), *_body(block)] for block in blocks)
            continue
        alone = _holds_tables(value)
        if apart or alone or key in OPENING_KEYS:
            keys.append([])
        keys[-1] += _pair((key,), value, of)
        apart = alone
    return [*keys, *tables]


def _body(block: _Block) -> Iterator[Line]:
    for key, value, of in _entries(block.table, block.type):
        yield from _pair((*block.place, key), value, of)


def _entries(table: Mapping[str, Any], type_: Any) -> Iterator[tuple[str, Any, Any]]:
    """What is written of a table: the keys in the order of its type, each with its value and type."""
    if not is_struct(type_):
        yield from ((key, value, element(type_)) for key, value in table.items())
        return
    for field in fields_of(type_):
        key = field.encode_name
        if key in table and not is_default(table[key], field):
            yield key, table[key], plain(field.type)


def _blocks(key: str, value: Any, type_: Any) -> list[_Block]:
    """The tables at the top of a file that get headers of their own; none for a plain key."""
    name = _key(key)
    if is_part(type_) and isinstance(value, Mapping):
        return [_Block((key,), f"[{name}]", value, type_)]
    part = element(type_)
    long = is_part(part) and len(fields_of(part)) > MOST_KEYS_ON_A_LINE
    if long and _holds_tables(value):
        return [_Block((key, at), f"[[{name}]]", entry, part) for at, entry in enumerate(value)]
    return []


def _pair(place: Place, value: Any, type_: Any) -> Iterator[Line]:
    key = _key(str(place[-1]))
    if not isinstance(value, list | tuple) or len(value) == 0 or not _is_long(value):
        yield Line(place, f"{key} = {_value(value, type_)}")
        return
    yield Line(place, f"{key} = [")
    for at, entry in enumerate(value):
        yield Line((*place, at), f"  {_value(entry, element(type_))},")
    yield Line(None, "]")


def _is_long(entries: Sequence[Any]) -> bool:
    """Whether a list takes several lines: tables always, texts unless there is one or all are codes."""
    if _holds_tables(entries):
        return True
    codes = all(not isinstance(entry, str) or _CODE.fullmatch(entry) for entry in entries)
    return len(entries) > 1 and not codes


def _holds_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _value(value: Any, type_: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case list() | tuple():
            return f"[{', '.join(_value(entry, element(type_)) for entry in value)}]"
        case Mapping():
            pairs = (f"{_key(key)} = {_value(part, of)}" for key, part, of in _entries(value, type_))
            return f"{{ {', '.join(pairs)} }}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _text(text: str) -> str:
    """Patterns, with their backslashes and brackets, stand as they are meant; other texts between quotes."""
    return f"'{text}'" if _PATTERN.fullmatch(text) else quoted(text)


def _key(key: str) -> str:
    return key if _CODE.fullmatch(key) and "." not in key else quoted(key)
