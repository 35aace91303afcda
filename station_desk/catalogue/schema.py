"""Whether a table has the shape of its type: every fault at once, and the rest of the table readable.

`msgspec.convert` stops at the first fault. The checker wants all of them and then still wants to look at the
rest of the file, so this puts an empty value in the place of each faulty one.
"""

import types
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from station_desk.catalogue.fault import Fault, FaultCode, Place
from station_desk.catalogue.item import LANGUAGES

T = TypeVar("T")

_WRONG_KIND: dict[object, FaultCode] = {
    str: "not_text",
    int: "not_integer",
    bool: "not_yes_no",
    date: "not_date",
    tuple: "not_list",
    dict: "not_table",
}
LONGEST_QUOTE = 60
"""Characters of a wrong value that are repeated in the finding."""
_EMPTY: dict[object, object] = {str: "", int: 0, bool: False, date: date.min}


def read_on(table: Mapping[str, object], type_: type[T]) -> tuple[T, list[Fault]]:
    """The content of a table, its faulty values left empty, and the faults of its shape."""
    faults: list[Fault] = []
    mended = _value(table, type_, (), faults)
    return msgspec.convert(mended, type_), faults


def _value(value: object, type_: Any, place: Place, faults: list[Fault]) -> object:
    if get_origin(type_) in (types.UnionType, Union):
        type_ = next(part for part in get_args(type_) if part is not types.NoneType)
    origin = get_origin(type_) or type_
    if origin is Literal:
        return _choice(value, get_args(type_), place, faults)
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return _struct(value, origin, place, faults)
    if origin is tuple:
        return _list(value, get_args(type_)[0], place, faults)
    if origin is dict:
        return _tables(value, get_args(type_)[1], place, faults)
    return _plain(value, origin, place, faults)


def _choice(value: object, allowed: tuple[Any, ...], place: Place, faults: list[Fault]) -> object:
    if value in allowed and type(value) is type(allowed[0]):
        return value
    values = {
        "key": _key(place),
        "found": str(value)[:LONGEST_QUOTE],
        "allowed": ", ".join(map(str, allowed)),
    }
    faults.append(Fault(place, "not_one_of", values))
    return allowed[0]


def _struct(value: object, type_: type[msgspec.Struct], place: Place, faults: list[Fault]) -> object:
    if not isinstance(value, dict):
        faults.append(_wrong_kind(dict, value, place))
        return _empty(type_)
    known = {field.encode_name: field for field in msgspec.structs.fields(type_)}
    for key in sorted(value.keys() - known.keys()):
        values = {"key": key, "known": ", ".join(known)}
        faults.append(Fault((*place, key), "unknown_key", values))
    mended: dict[str, object] = {}
    for key, field in known.items():
        if key in value and not field.required and value[key] == field.default:
            mended[key] = value[key]
        elif key in value:
            mended[key] = _value(value[key], field.type, (*place, key), faults)
        elif field.required:
            code: FaultCode = "language_missing" if key in LANGUAGES else "missing_key"
            faults.append(Fault((*place, key), code, {"key": key, "where": _key(place)}))
            mended[key] = _empty(field.type)
    return mended


def _list(value: object, type_: Any, place: Place, faults: list[Fault]) -> object:
    if not isinstance(value, list):
        faults.append(_wrong_kind(tuple, value, place))
        return []
    return [_value(part, type_, (*place, index), faults) for index, part in enumerate(value)]


def _tables(value: object, type_: Any, place: Place, faults: list[Fault]) -> object:
    if not isinstance(value, dict):
        faults.append(_wrong_kind(dict, value, place))
        return {}
    return {key: _value(part, type_, (*place, key), faults) for key, part in value.items()}


def _plain(value: object, type_: type, place: Place, faults: list[Fault]) -> object:
    right = isinstance(value, type_)
    if right and not (type_ is int and isinstance(value, bool)) and not isinstance(value, datetime):
        if isinstance(value, str):
            faults.extend(_text_faults(value, place))
        return value
    faults.append(_wrong_kind(type_, value, place))
    return _EMPTY[type_]


def _text_faults(text: str, place: Place) -> list[Fault]:
    """A text that is there must say something; to leave it out, the key is left out."""
    if not text.strip():
        code: FaultCode = "language_missing" if place[-1] in LANGUAGES else "empty_text"
        return [Fault(place, code, {"key": _key(place), "where": _key(place[:-1])})]
    if text != text.strip():
        return [Fault(place, "stray_space", {"key": _key(place)})]
    return []


def _wrong_kind(type_: object, value: object, place: Place) -> Fault:
    return Fault(place, _WRONG_KIND[type_], {"key": _key(place), "found": str(value)[:LONGEST_QUOTE]})


def _empty(type_: Any) -> object:
    origin = get_origin(type_) or type_
    if origin is Literal:
        return get_args(type_)[0]
    if origin is tuple:
        return []
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        fields = msgspec.structs.fields(origin)
        return {field.encode_name: _empty(field.type) for field in fields if field.required}
    return _EMPTY.get(origin, {})


def _key(place: Place) -> str:
    """The name of a place for people: the last key that is a word."""
    return next((str(part) for part in reversed(place) if isinstance(part, str)), "")
