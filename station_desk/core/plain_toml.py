"""Reads TOML as our own files are written, a line at a time; what is written otherwise goes to `tomllib`.

The whole reader is plain Python too: to load it and to read what stands in the window with it would take a
thirtieth of the first paint.
"""

import json
from typing import Any

Table = dict[str, Any]
SCAN = json.JSONDecoder().raw_decode


class NotPlain(ValueError):
    """Something that only the whole reader understands, or refuses in its words."""


def read_toml(text: str) -> Table:
    """The tables of a file. Raises tomllib.TOMLDecodeError."""
    try:
        return read_plain(text)
    except ValueError:
        import tomllib

        return tomllib.loads(text)


def read_plain(text: str) -> Table:
    """The same where each line is a table's head, or a name with a text, a number or texts by name in braces.

    Raises ValueError for all else.
    """
    whole: Table = {}
    here = whole
    for line in map(str.strip, text.split("\n")):
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            here = _opened(whole, line)
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise NotPlain(line)
        *outer, last = _names(name)
        _put(_down(here, outer), last, _value(value.strip()))
    return whole


def _opened(whole: Table, line: str) -> Table:
    if line.startswith("[[") and line.endswith("]]"):
        (name,) = _names(line[2:-2])
        rows = whole.setdefault(name, [])
        if not isinstance(rows, list):
            raise NotPlain(line)
        row: Table = {}
        rows.append(row)
        return row
    if not line.endswith("]"):
        raise NotPlain(line)
    *outer, last = _names(line[1:-1])
    table: Table = {}
    _put(_down(whole, outer), last, table)
    return table


def _down(table: Table, names: list[str]) -> Table:
    for name in names:
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            raise NotPlain(name)
    return table


def _put(table: Table, name: str, value: Any) -> None:
    if name in table:
        raise NotPlain(name)
    table[name] = value


def _names(text: str) -> list[str]:
    text = text.strip()
    if text.count('"') == 2 and text.startswith('"') and text.endswith('"'):
        names = [text[1:-1]]
        letters = names[0].replace(".", "")
    else:
        names = [name.strip() for name in text.split(".")]
        letters = "".join(names)
    if not (all(names) and letters.isascii() and letters.replace("_", "").replace("-", "").isalnum()):
        raise NotPlain(text)
    return names


def _value(text: str) -> Any:
    if text.startswith("{") and text.endswith("}"):
        return _in_braces(text[1:-1].strip())
    if text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0"):
        return int(text)
    value, end = _text(text)
    if end != len(text):
        raise NotPlain(text)
    return value


def _in_braces(rest: str) -> Table:
    found: Table = {}
    while rest:
        name, _, rest = rest.partition("=")
        (name,) = _names(name)
        value, end = _text(rest := rest.lstrip())
        _put(found, name, value)
        rest = rest[end:].lstrip()
        if rest:
            if rest[0] != "," or not rest[1:].strip():
                raise NotPlain(rest)
            rest = rest[1:]
    return found


def _text(text: str) -> tuple[str, int]:
    # A text in double quotes is written as in JSON, whose reader is compiled; a solidus alone is not escaped.
    if not text.startswith('"') or "\\/" in text or "\\u" in text:
        raise NotPlain(text)
    value, end = SCAN(text)
    return str(value), end
