"""Values of the published types in which every key says something: what a new key of the model must pass."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, get_args, get_origin

from station_desk.catalogue.shape import element, fields_of, is_struct, plain

CODES = {"code", "id", "key", "to", "field", "notice", "items", "together"}
"""Keys whose texts are codes: a word without blanks."""


def filled(type_: Any, key: str = "", nth: str = "") -> Any:
    """A value of the type in which each key says something that is not its default; the nth of its kind."""
    type_ = plain(type_)
    if is_struct(type_):
        values = {
            field.name: another(field.type, field.default, field.name, nth) for field in fields_of(type_)
        }
        return type_(**values)
    if get_origin(type_) is tuple:
        return tuple(filled(element(type_), key, f"{nth}-{name}") for name in ("one", "two"))
    if get_origin(type_) is Literal:
        return get_args(type_)[-1]
    text = f"{key}{nth}" if key in CODES else f"{key}{nth} “句” \\ 'a' [b]"
    return {str: text, int: 7, bool: True, date: date(2026, 11, 20)}[type_]


def another(type_: Any, default: object, key: str, nth: str) -> Any:
    """A value that differs from the default."""
    if get_origin(plain(type_)) is Literal:
        return next(value for value in get_args(plain(type_)) if value != default)
    return filled(type_, key, nth)


def keys_of(type_: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of a type, with the keys on the way to it."""
    for field in fields_of(type_):
        of = plain(field.type)
        yield (*above, field.encode_name)
        inner = element(of) or of
        if is_struct(inner):
            yield from keys_of(inner, (*above, field.encode_name))


def keys_in(table: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key of a plain table, with the keys on the way to it."""
    if isinstance(table, list):
        for part in table:
            yield from keys_in(part, above)
    elif isinstance(table, dict):
        for key, part in table.items():
            yield (*above, key)
            yield from keys_in(part, (*above, key))
