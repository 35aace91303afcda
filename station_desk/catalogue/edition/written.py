"""How signed texts are written: TOML in exactly one spelling, so that the same content is the same bytes."""

import json
from datetime import date

from station_desk.catalogue.item import Words


def line(key: str, value: str | int | date | Words) -> str:
    """`key = value` with the line end."""
    return f"{key} = {_value(value)}\n"


def quoted(text: str) -> str:
    """A TOML basic string; JSON escapes the same way, but lets DEL stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _value(value: str | int | date | Words) -> str:
    match value:
        case str():
            return quoted(value)
        case Words(hans=hans, hant=hant, en=en):
            return f"{{ zh-Hans = {quoted(hans)}, zh-Hant = {quoted(hant)}, en = {quoted(en)} }}"
        case date():
            return value.isoformat()
        case int():
            return str(value)
