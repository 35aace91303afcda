"""What the types of published entries are made of: structs of values, of lists, and of other structs."""

import types
from collections.abc import Mapping
from typing import Any, TypeGuard, Union, get_args, get_origin

import msgspec

from station_desk.catalogue.item import Words

StructType = type[msgspec.Struct]


def plain(type_: Any) -> Any:
    """The type of a value that may also be None; every other type as it is."""
    if get_origin(type_) in (types.UnionType, Union):
        return next(part for part in get_args(type_) if part is not types.NoneType)
    return type_


def is_struct(type_: Any) -> TypeGuard[StructType]:
    return isinstance(type_, type) and issubclass(type_, msgspec.Struct)


def is_part(type_: Any) -> TypeGuard[StructType]:
    """Whether the type is a struct with keys of its own, beyond one text in three languages."""
    return is_struct(type_) and type_ is not Words


def element(type_: Any) -> Any:
    """The type of the entries of a list or of a table of entries; None when the type is neither."""
    match get_origin(type_):
        case origin if origin is tuple:
            return get_args(type_)[0]
        case origin if origin is dict:
            return get_args(type_)[1]
        case _:
            return None


def fields_of(type_: StructType) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The keys of a struct in their order."""
    return msgspec.structs.fields(type_)


def is_default(value: Any, field: msgspec.structs.FieldInfo) -> bool:
    """Whether a key may be left out with this value. The value may be plain: a table for a struct."""
    if field.required:
        return False
    of = plain(field.type)
    if is_struct(of) and isinstance(value, Mapping):
        return field.default is not None and all(
            part.encode_name not in value or is_default(value[part.encode_name], part)
            for part in fields_of(of)
        )
    default = field.default
    return same_kind(value, default) and (
        list(value) == list(default) if isinstance(value, list | tuple) else bool(value == default)
    )


def same_kind(value: object, other: object) -> bool:
    """Whether two values would be written alike: true is no 1, but a list is as good as a tuple."""
    lists = (list, tuple)
    return type(value) is type(other) or (isinstance(value, lists) and isinstance(other, lists))
